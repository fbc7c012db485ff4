import Database
import Formats
import Platform

/// What somebody answers when asked whether a text is exact and publishable.
public struct Answer: Sendable, Equatable {
    /// Endorse, endorse with a reservation that will be printed, or object.
    public enum Kind: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case endorse
        case reservation = "endorse_with_reservation"
        case object
    }

    /// Why somebody objects: something is wrong, something does harm, somebody sees it otherwise.
    public enum Objection: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case error, harm, disagreement
    }

    /// How an answer reached the officer who entered it.
    public enum Channel: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case mail, phone, paper
    }

    public var kind: Kind
    /// « C'est exact ».
    public var isExact: Bool
    /// « C'est publiable », asked apart.
    public var isPublishable: Bool
    /// The reservation or the objection.
    public var text: String
    public var objection: Objection?
    public var interests: String

    public init(kind: Kind, isExact: Bool, isPublishable: Bool, text: String, objection: Objection?, interests: String) {
        self.kind = kind
        self.isExact = isExact
        self.isPublishable = isPublishable
        self.text = text
        self.objection = objection
        self.interests = interests
    }

    /// Reads what was ticked and typed. Each question has its own answer; a reservation and an objection have a text;
    /// who endorses without reservation found the text exact; who finds it inexact says what is wrong, as a reservation
    /// or as an objection.
    /// - Throws: `Refusals`
    public static func read(_ form: Fields, of kind: TextKind) throws -> Answer {
        var refusals: [any Refusal] = []
        let exact = form["exact"].flatMap(YesNo.init)
        let publishable = form["publishable"].flatMap(YesNo.init)
        let own = kind == .grid || kind == .minutes ? ".\(kind.rawValue)" : ""
        // Minutes are approved, not published.
        let asksPublication = kind != .minutes
        let kind = form["kind"].flatMap(Kind.init)
        let objection = form["objection"].flatMap(Objection.init)
        let text = form.text("text")
        if exact == nil { refusals.append(Refused("texts.refusal.exact\(own)", field: "exact")) }
        if asksPublication, publishable == nil { refusals.append(Refused("texts.refusal.publishable\(own)", field: "publishable")) }
        if kind == nil { refusals.append(Refused("texts.refusal.answer\(asksPublication ? "" : own)", field: "kind")) }
        if kind == .reservation || kind == .object, Markdown.isBlank(text) {
            refusals.append(Refused("texts.refusal.reason.\(kind == .object ? "objection" : "reservation")\(asksPublication ? "" : own)", field: "text"))
        }
        if kind == .object, objection == nil { refusals.append(Refused("texts.refusal.objectionKind", field: "objection")) }
        if kind == .endorse, exact == .no { refusals.append(Refused("texts.refusal.endorsedInexact\(own)", field: "kind")) }
        for field in ["text", "interests"] where form.text(field).unicodeScalars.count > limit {
            refusals.append(Refused("texts.refusal.answerTooLong", ["n": limit], field: field))
        }
        guard refusals.isEmpty, let exact, let kind else { throw Refusals(refusals) }
        return Answer(
            kind: kind, isExact: exact == .yes, isPublishable: publishable == .yes,
            text: kind == .endorse ? "" : text, objection: kind == .object ? objection : nil,
            interests: form.text("interests"))
    }

    /// 20,000 code points: a reservation, an objection, a reply, the reason of a decision.
    public static let limit = 20_000

    /// Refuses what is too long to be printed beside a text.
    /// - Throws: `Refused`
    static func admit(_ text: String, field: String) throws {
        guard text.unicodeScalars.count <= limit else { throw Refused("texts.refusal.answerTooLong", ["n": limit], field: field) }
    }

    private enum YesNo: String {
        case yes, no
    }
}
