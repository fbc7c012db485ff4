import Database
import Events
import Formats
import Grids
import Platform
import Visits

/// Everything that the page of an excerpt shows to one person.
struct ExcerptFacts: Sendable {
    let excerpt: Excerpt
    let thing: Protection
    let visit: Visit
    let allowance: Allowance
    let dimension: String?
    let encounter: Encounter?
    let halfDay: HalfDay?
    /// The text the words come from; nil for whoever may not read it.
    let source: CitableText?
    let quotedIn: [QuotingText]
    let consents: [Answered]
    let collectors: [(id: String, name: String)]
    let recognition: [Recognition]
    /// Other excerpts that show some of the same words: they leave with it.
    let sharing: [Excerpt]
    let license: String
    let mayRecord: Bool
    /// Nothing was built on it, and this person may take it off.
    let isLoose: Bool

    /// An answer with the names to show.
    struct Answered: Sendable {
        let consent: Consent
        let collector: String?
        /// Given on these words with this attribution, and not taken back.
        let counts: Bool
    }

    /// - Throws: `NotFound`
    static func load(_ id: String, _ reader: any Reader, _ request: Request) throws -> ExcerptFacts {
        let (excerpt, thing) = try Excerpts.open(id, request, reader)
        let policy = request.site.policy
        let visit = try VisitQueries.load(id: excerpt.visitId, reader)
        let consents = try ExcerptQueries.consents(of: [id], reader)[id] ?? []
        let allowance = Allowance.of(excerpt, consents: consents)
        let isStaff = policy.allows(.recordConsent, request.viewer, on: thing)
        let encounter = try Encounters.of(excerpt.visitId, reader).first { $0.id == excerpt.encounterId }
        return ExcerptFacts(
            excerpt: excerpt, thing: thing, visit: visit, allowance: allowance,
            dimension: try excerpt.dimensionId.flatMap { try Grids.names(of: [$0], reader)[$0] }, encounter: encounter,
            halfDay: try halfDay(of: excerpt, encounter, reader), source: try source(of: excerpt, reader, request),
            quotedIn: try ExcerptQueries.quoting(id, reader, request),
            consents: isStaff ? try answered(consents, excerpt, reader) : [],
            collectors: isStaff ? try Collectors.of(excerpt, reader, request) : [],
            recognition: try Recognition.reasons(excerpt, visit, encounter, reader),
            sharing: isStaff ? try ExcerptQueries.sharing(excerpt, reader) : [],
            license: try reader.text("SELECT license FROM programme WHERE id = \(excerpt.programmeId)") ?? "", mayRecord: isStaff,
            isLoose: try policy.allows(.citeNote, request.viewer, on: thing) && ExcerptQueries.isLoose(excerpt, reader))
    }

    private static func halfDay(of excerpt: Excerpt, _ encounter: Encounter?, _ reader: any Reader) throws -> HalfDay? {
        let noted = try reader.text(
            "SELECT slot_id FROM note_version WHERE block_id = \(excerpt.sourceId) AND version = \(excerpt.sourceVersion)")
        guard let slot = noted ?? encounter?.slotId else { return nil }
        return try Slots.of(excerpt.visitId, reader).first { $0.id == slot }?.halfDay
    }

    private static func source(of excerpt: Excerpt, _ reader: any Reader, _ request: Request) throws -> CitableText? {
        guard let source = try CitableText.of(excerpt, reader), let thing = try reader.protection(of: source.protectedId),
            request.site.policy.allows(.see, request.viewer, on: thing)
        else { return nil }
        return source
    }

    private static func answered(_ consents: [Consent], _ excerpt: Excerpt, _ reader: any Reader) throws -> [Answered] {
        let people = consents.compactMap(\.collectedBy)
        let names = try reader.all(CollectorName.self, "SELECT id, name FROM person WHERE id IN \(list: people)")
        return consents.reversed().map { consent in
            Answered(
                consent: consent, collector: names.first { $0.id == consent.collectedBy }?.name,
                counts: consent.holds && consent.shownHash == excerpt.shownHash)
        }
    }
}

private struct CollectorName: Decodable {
    var id: String
    var name: String
}

extension ExcerptQueries {
    /// The texts that quote an excerpt today and that this person may read.
    static func quoting(_ id: String, _ reader: any Reader, _ request: Request) throws -> [QuotingText] {
        try reader.all(
            QuotingText.self,
            """
            SELECT text.id, revision.title FROM text JOIN revision ON revision.id = text.head_id
            JOIN access ON access.object_id = text.id
            WHERE text.id IN (SELECT text_id FROM quotation WHERE excerpt_id = \(id))
                AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY text.created_at, text.id
            """)
    }
}
