import Database
import Events
import Formats
import Platform

/// What a form says of the words to cite: which ones, how their author is to be shown, what they speak of.
struct Citation: Sendable, Equatable {
    enum Place: Sendable, Equatable {
        /// Two positions, with the words that the browser found there.
        case positions(from: Int, to: Int, words: String)
        /// The words alone, pasted; which of several places.
        case pasted(String, occurrence: Int?)
    }

    var place: Place
    var attribution: Excerpt.Attribution
    var shownAs: String
    var dimensionId: String?

    /// - Throws: `Refusals`, one for each field.
    init(_ form: Fields) throws {
        let words = form["words"] ?? ""
        if let from = form.integer("from"), let to = form.integer("to") {
            place = .positions(from: from, to: to, words: words)
        } else {
            place = .pasted(words, occurrence: form.integer("occurrence"))
        }
        (attribution, shownAs) = try Citation.attribution(form)
        dimensionId = form.optional("about_dimension")
    }

    /// The attribution of a form, checked: what is shown as a name, a function or a pseudonym is said.
    static func attribution(_ form: Fields) throws -> (Excerpt.Attribution, String) {
        guard let attribution = Excerpt.Attribution(rawValue: form.line("attribution")) else {
            throw Refused("evidence.refusal.noAttribution", field: "attribution")
        }
        guard attribution != .none else { return (.none, "") }
        let shownAs = form.line("shown_as")
        guard !shownAs.isEmpty else { throw Refused("evidence.refusal.shownAsMissing", field: "shown_as") }
        guard shownAs.unicodeScalars.count <= 200 else { throw Refused("evidence.refusal.shownAsTooLong", field: "shown_as") }
        return (attribution, shownAs)
    }

    /// Where the words stand in the text they come from.
    func stretch(of text: String) throws -> Anchor.Stretch {
        switch place {
        case .positions(let from, let to, let words): try Anchor.stretch(of: text, from: from, to: to, words: words)
        case .pasted(let words, let occurrence): try Anchor.stretch(of: text, words: words, occurrence: occurrence)
        }
    }

    /// The excerpt that this makes of a text.
    func excerpt(_ id: String, of source: CitableText, programme: String, by person: String?, at now: Instant) throws -> Excerpt {
        let stretch = try stretch(of: source.text)
        let around = CodePoints.context(source.text, stretch.start..<stretch.end)
        let salt = Secrets.token()
        return Excerpt(
            id: id, programmeId: programme, visitId: source.visitId, source: source.source, sourceId: source.id,
            sourceVersion: source.version, sectionKey: source.sectionKey, startPoint: stretch.start, endPoint: stretch.end,
            words: stretch.words, wordsBefore: around.before, wordsAfter: around.after, manner: source.manner,
            speaker: source.speaker, dimensionId: dimensionId ?? source.dimensionId, encounterId: source.encounterId, salt: salt,
            commitment: Excerpt.commitment(salt: salt, words: stretch.words), attribution: attribution, shownAs: shownAs,
            createdBy: person, createdAt: now)
    }
}

extension Excerpt {
    /// The kind of person who speaks, in words.
    static func speaker(_ speaker: String?, _ words: Words) -> String? {
        speaker.map { StakeholderKind(rawValue: $0)?.said(in: words) ?? $0 }
    }

    /// The same as a sentence of a text shows it: « une personne salariée ».
    static func function(_ speaker: String?, _ words: Words) -> String? {
        speaker.map { StakeholderKind(rawValue: $0).map { words.name("evidence.function", of: $0) } ?? $0 }
    }
}
