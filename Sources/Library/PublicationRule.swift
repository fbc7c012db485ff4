import Evidence
import Formats
import Texts

/// When a text may enter the commons: the rule of the programme, applied to where its validation stands. Pure.
///
/// Default (issue of the network): the host's signatory and half of the visiting group endorse and find it publishable by
/// the deadline; who did not answer is printed « sans réponse »; each objection has its outcome; every quotation is allowed.
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
            case asked, unchanged, signatory, visitors, objections, quotations, license, authors, territory
        }

        public let subject: Subject
        public let isMet: Bool
        /// Why not, as the end of a locale key (`library.rule.<subject>.<reason>`); « met » when it is.
        public let reason: String
        public let numbers: [String: Int]
        /// The people concerned, by identifier.
        public let people: [String]

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

    /// An arbitration by the steering group, when the host does not answer: it cannot silence, it may reply.
    public struct Arbitration: Sendable, Equatable {
        public let reason: String

        public init(reason: String) {
            self.reason = reason
        }
    }

    /// The whole checklist, met or not.
    public func lines(
        _ validation: Validation?, allowances: [Allowance], _ particulars: Particulars, arbitration: Arbitration?, today: Day
    ) -> [Line] {
        guard let validation else {
            return [Line(.asked, false, "never")] + own(allowances, particulars)
        }
        return [
            Line(.asked, !validation.isClosed, "reopened"),
            Line(.unchanged, !validation.hasChanged, "changed", numbers: ["revision": validation.request.revisionNumber]),
            signatory(validation, arbitration, today),
            visitors(validation),
            objections(validation),
        ] + own(allowances, particulars)
    }

    private func signatory(_ validation: Validation, _ arbitration: Arbitration?, _ today: Day) -> Line {
        guard requiresSignatory else { return Line(.signatory, true) }
        let signatories = validation.signatories
        let people = signatories.map(\.personId)
        if signatories.contains(where: { $0.answer?.finds == true }) { return Line(.signatory, true) }
        guard signatories.allSatisfy({ $0.answer == nil }) else {
            // An objection is settled by its own line; found unpublishable, the text stays among its readers.
            let isUnpublishable = signatories.contains { $0.answer?.answer.isPublishable == false }
            let isSettled = signatories.contains { $0.answer?.isSettled == true } && !isUnpublishable
            return Line(.signatory, isSettled, isUnpublishable ? "unpublishable" : "objects", people: people)
        }
        guard today > validation.request.deadline else { return Line(.signatory, false, "waiting", people: people) }
        return Line(.signatory, arbitration != nil, signatories.isEmpty ? "nobody" : "silent", people: people)
    }

    private func visitors(_ validation: Validation) -> Line {
        let needed = Int((Double(validation.visitors.count) * requiredShare).rounded(.up))
        let found = validation.visitors.filter { $0.answer?.finds == true }.count
        return Line(
            .visitors, found >= max(needed, validation.visitors.isEmpty ? 1 : needed), "few",
            numbers: ["n": found, "needed": needed, "asked": validation.visitors.count],
            people: validation.visitors.filter { $0.answer == nil }.map(\.personId))
    }

    private func objections(_ validation: Validation) -> Line {
        let open = validation.people.filter { $0.answer?.answer.kind == .object && $0.answer?.outcome == nil }
        return Line(.objections, open.isEmpty, "open", numbers: ["n": open.count], people: open.map(\.personId))
    }

    private func own(_ allowances: [Allowance], _ particulars: Particulars) -> [Line] {
        // A withdrawn quotation shows a neutral mark and binds nobody; a refused one has to leave the text.
        let waiting = allowances.filter { $0 == .pending }.count
        let refused = allowances.filter { $0 == .refused }.count
        return [
            Line(
                .quotations, waiting + refused == 0, waiting > 0 ? "pending" : "refused",
                numbers: ["n": waiting > 0 ? waiting : refused]),
            Line(.license, !particulars.license.isEmpty),
            Line(.authors, !particulars.authors.isEmpty),
            Line(.territory, particulars.territoryId != nil),
        ]
    }
}

extension Validation.Given {
    /// Endorsed, with or without reservation, and found publishable.
    var finds: Bool { answer.kind != .object && answer.isPublishable }
    /// An objection that was answered: changed, withdrawn or arbitrated.
    var isSettled: Bool { answer.kind == .object && outcome != nil }
}
