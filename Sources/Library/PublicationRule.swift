import Evidence
import Formats
import Texts

/// When a text may enter the commons: the rule of the programme, applied to where its validation stands. Pure.
///
/// Default (issue of the network): the host's signatory and half of the visiting group endorse and find it publishable by
/// the deadline; who did not answer is printed « sans réponse », who answered late is printed late; each objection has its
/// outcome; every quotation is allowed.
public struct PublicationRule: Sendable, Equatable {
    public var requiresSignatory: Bool
    /// Share of the visiting group, between 0 and 1.
    public var requiredShare: Double

    public init(requiresSignatory: Bool, requiredShare: Double) {
        self.requiresSignatory = requiresSignatory
        self.requiredShare = requiredShare
    }

    /// One line of the checklist shown before publishing.
    public struct Line: Sendable, Equatable {
        public enum Subject: String, Sendable, CaseIterable {
            case asked, unchanged, signatory, visitors, objections, quotations, photographs, license, authors, territory

            /// Typed by whoever publishes, on the page of the publication.
            var isTyped: Bool { self == .license || self == .authors || self == .territory }
        }

        public let subject: Subject
        public let isMet: Bool
        /// Why not, as the end of a locale key (`library.rule.<subject>.<reason>`); « met » or « arbitrated » when it is.
        public let reason: String
        public let numbers: [String: Int]
        /// The people concerned, by identifier.
        public let people: [String]

        /// The host's line, met by a decision of the steering group: the page says so.
        static let arbitrated = Line(.signatory, met: "arbitrated")

        private init(_ subject: Subject, met reason: String) {
            self.subject = subject
            isMet = true
            self.reason = reason
            numbers = [:]
            people = []
        }

        init(_ subject: Subject, _ isMet: Bool, _ reason: String = "missing", numbers: [String: Int] = [:], people: [String] = []) {
            self.subject = subject
            self.isMet = isMet
            self.reason = isMet ? "met" : reason
            self.numbers = numbers
            self.people = people
        }
    }

    /// What the publication itself says.
    public struct Particulars: Sendable, Equatable {
        public var license: String
        public var authors: [String]
        public var territoryId: String?
        public var notBefore: Day?

        public init(license: String, authors: [String], territoryId: String?, notBefore: Day?) {
            self.license = license
            self.authors = authors
            self.territoryId = territoryId
            self.notBefore = notBefore
        }
    }

    /// A decision of the steering group, when the host does not answer or holds a text back: it cannot silence, it may
    /// reply. An answer given after it counts again.
    public struct Arbitration: Sendable, Equatable, Decodable {
        public let reason: String
        public let decidedAt: Instant

        public init(reason: String, decidedAt: Instant) {
            self.reason = reason
            self.decidedAt = decidedAt
        }
    }

    /// The whole checklist, met or not.
    /// - Parameter awaited: how many images show people who can be recognised and did not agree yet.
    public func lines(
        _ validation: Validation?, allowances: [Allowance], awaited: Int = 0, _ particulars: Particulars, arbitration: Arbitration?, today: Day
    ) -> [Line] {
        guard let validation else {
            return [Line(.asked, false, "never")] + own(allowances, awaited, particulars)
        }
        return [
            Line(.asked, !validation.isClosed, validation.request.cancelledAt == nil ? "reopened" : "cancelled"),
            Line(.unchanged, !validation.hasChanged, "changed", numbers: ["revision": validation.request.revisionNumber]),
            signatory(validation, arbitration, today),
            visitors(validation, today),
            objections(validation),
        ] + own(allowances, awaited, particulars)
    }

    /// The host's line: the answer of the one person who signs for it, or a decision of the steering group, which can be
    /// neither about a person who was not asked and reminded nor before the deadline. No other person of the host counts.
    private func signatory(_ validation: Validation, _ arbitration: Arbitration?, _ today: Day) -> Line {
        guard requiresSignatory else { return Line(.signatory, true) }
        guard let signatory = validation.signatory else { return Line(.signatory, false, "nobody") }
        func line(_ isMet: Bool, _ reason: String) -> Line { Line(.signatory, isMet, reason, people: [signatory.personId]) }
        if validation.isCounted(signatory, \.finds) { return Line(.signatory, true) }
        guard let given = signatory.answer else {
            guard today > validation.request.deadline else { return line(false, "waiting") }
            guard signatory.wasReminded else { return line(false, "unreminded") }
            return arbitration == nil ? line(false, "silent") : .arbitrated
        }
        if given.answer.kind == .object {
            // Settled by the text or by its author, an objection says nothing of publishing; the steering group does.
            guard let outcome = given.outcome else { return line(false, given.answer.isPublishable ? "objects" : "unpublishable") }
            if outcome.outcome == .arbitrated { return .arbitrated }
            return given.answer.isPublishable ? Line(.signatory, true) : line(false, "unpublishable")
        }
        if let arbitration, arbitration.decidedAt >= given.answeredAt { return .arbitrated }
        return line(false, given.answer.isPublishable ? "late" : "unpublishable")
    }

    /// Enough of the whole visiting group, whoever of it was asked; never before everybody had the time to object.
    private func visitors(_ validation: Validation, _ today: Day) -> Line {
        let group = validation.groupSize
        let needed = max(group == 0 ? 1 : 0, Int((Double(group) * requiredShare).rounded(.up)))
        let found = validation.visitors.filter { validation.isCounted($0, \.finds) }.count
        let numbers = ["n": found, "needed": needed, "group": group, "unasked": validation.unasked]
        guard found >= needed else {
            return Line(.visitors, false, validation.unasked > 0 ? "unasked" : "few", numbers: numbers, people: validation.visitors.filter { $0.answer == nil }.map(\.personId))
        }
        return Line(
            .visitors, validation.hasHadTime(on: today), "early", numbers: numbers, people: validation.silent.map(\.personId))
    }

    private func objections(_ validation: Validation) -> Line {
        let open = validation.people.filter { $0.answer?.answer.kind == .object && $0.answer?.outcome == nil }
        return Line(.objections, open.isEmpty, "open", numbers: ["n": open.count], people: open.map(\.personId))
    }

    private func own(_ allowances: [Allowance], _ awaited: Int, _ particulars: Particulars) -> [Line] {
        // A withdrawn quotation shows a neutral mark and binds nobody; a refused one has to leave the text.
        let waiting = allowances.filter { $0 == .pending }.count
        let refused = allowances.filter { $0 == .refused }.count
        return [
            Line(
                .quotations, waiting + refused == 0, waiting > 0 ? "pending" : "refused",
                numbers: ["n": waiting > 0 ? waiting : refused]),
            Line(.photographs, awaited == 0, "pending", numbers: ["n": awaited]),
            Line(.license, !particulars.license.isEmpty),
            Line(.authors, !particulars.authors.isEmpty),
            Line(.territory, particulars.territoryId != nil),
        ]
    }
}

extension Answer {
    /// Endorsed, with or without reservation, and found publishable.
    var finds: Bool { kind != .object && isPublishable }
}
