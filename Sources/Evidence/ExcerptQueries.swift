import Database
import Formats
import Notes
import Platform

/// The reads and writes of excerpts, consents and quotations.
public enum ExcerptQueries {
    /// - Throws: `NotFound`
    public static func excerpt(_ id: String, _ reader: any Reader) throws -> Excerpt {
        guard let excerpt = try excerpts([id], reader).first else { throw NotFound() }
        return excerpt
    }

    /// The excerpts of these identifiers, in no order.
    public static func excerpts(_ ids: [String], _ reader: any Reader) throws -> [Excerpt] {
        try reader.all(Excerpt.self, "SELECT * FROM excerpt WHERE id IN \(list: ids)")
    }

    /// The excerpts quoted in the latest revision of a text.
    public static func quoted(in textId: String, _ reader: any Reader) throws -> [Excerpt] {
        try reader.all(
            Excerpt.self,
            """
            SELECT * FROM excerpt WHERE id IN (SELECT excerpt_id FROM quotation WHERE text_id = \(textId))
            ORDER BY created_at, id
            """)
    }

    /// The excerpts of a visit that this person may read, newest first.
    static func visible(of visitId: String, _ reader: any Reader, _ request: Request) throws -> [Excerpt] {
        try reader.all(
            Excerpt.self,
            """
            SELECT excerpt.* FROM excerpt JOIN access ON access.object_id = excerpt.id
            WHERE visit_id = \(visitId) AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY created_at DESC, id DESC
            """)
    }

    /// The texts that quote an excerpt in one of their revisions, with the title they have today.
    static func everQuoting(_ id: String, _ reader: any Reader) throws -> [QuotingText] {
        try reader.all(
            QuotingText.self,
            """
            SELECT text.id, revision.title FROM text JOIN revision ON revision.id = text.head_id
            WHERE text.id IN (SELECT text_id FROM quotation_ever WHERE excerpt_id = \(id))
            ORDER BY text.created_at, text.id
            """)
    }

    /// Everything answered about these excerpts, by excerpt, oldest first.
    public static func consents(of ids: [String], _ reader: any Reader) throws -> [String: [Consent]] {
        let all = try reader.all(
            Consent.self,
            """
            SELECT consent.*, cancelled_at, consent_cancellation.reason AS cancelled_reason FROM consent
            LEFT JOIN consent_cancellation ON consent_cancellation.consent_id = consent.id
            WHERE consent.excerpt_id IN \(list: ids) ORDER BY recorded_at, consent.id
            """)
        return Dictionary(grouping: all, by: \.excerptId)
    }

    /// Where each excerpt stands with its consent.
    public static func allowances(of excerpts: [Excerpt], _ reader: any Reader) throws -> [String: Allowance] {
        let consents = try consents(of: excerpts.map(\.id), reader)
        return Dictionary(
            uniqueKeysWithValues: excerpts.map { ($0.id, Allowance.of($0, consents: consents[$0.id] ?? [])) })
    }

    /// Writes an excerpt and puts it under the policy: the visiting group without the host, until its author says yes.
    static func insert(_ excerpt: Excerpt, delegation: String, in change: Change) throws {
        try change.run(
            """
            INSERT INTO excerpt (id, programme_id, visit_id, source, source_id, source_version, section_key, start_point,
                end_point, words, words_before, words_after, manner, speaker, dimension_id, encounter_id, salt, commitment,
                attribution, shown_as, created_by, created_at, withdrawn_at)
            VALUES (\(excerpt.id), \(excerpt.programmeId), \(excerpt.visitId), \(excerpt.source), \(excerpt.sourceId),
                \(excerpt.sourceVersion), \(excerpt.sectionKey), \(excerpt.startPoint), \(excerpt.endPoint), \(excerpt.words),
                \(excerpt.wordsBefore), \(excerpt.wordsAfter), \(excerpt.manner), \(excerpt.speaker), \(excerpt.dimensionId),
                \(excerpt.encounterId), \(excerpt.salt), \(excerpt.commitment), \(excerpt.attribution), \(excerpt.shownAs),
                \(excerpt.createdBy), \(excerpt.createdAt), NULL)
            """)
        try change.protect(
            Protection("excerpt", excerpt.id, programme: excerpt.programmeId, author: excerpt.createdBy, scope: delegation, audience: .scope))
    }

    static func insert(_ consent: Consent, in change: Change) throws {
        try change.run(
            """
            INSERT INTO consent (id, excerpt_id, is_given, asked_how, collected_by, collected_on, purpose, shown_hash, proof,
                proof_file_id, recorded_at, withdrawn_at, undid_withdrawal_at)
            VALUES (\(consent.id), \(consent.excerptId), \(consent.isGiven), \(consent.askedHow), \(consent.collectedBy),
                \(consent.collectedOn), \(consent.purpose), \(consent.shownHash), \(consent.proof), \(consent.proofFileId),
                \(consent.recordedAt), NULL, \(consent.undidWithdrawalAt))
            """)
    }

    /// Whether nothing was built on an excerpt: no revision quotes it, no draft does, nobody answered about it.
    static func isLoose(_ excerpt: Excerpt, _ reader: any Reader) throws -> Bool {
        guard excerpt.withdrawnAt == nil, try everQuoting(excerpt.id, reader).isEmpty else { return false }
        return try !reader.exists(
            """
            SELECT 1 FROM consent WHERE excerpt_id = \(excerpt.id)
            UNION ALL SELECT 1 FROM draft WHERE body LIKE \("%[[citation:\(excerpt.id)]]%")
            """)
    }

    /// Takes an excerpt off as if it had not been made; its note is free again when nothing else of it is cited.
    static func remove(_ excerpt: Excerpt, in change: Change) throws {
        let note = try notes(of: [excerpt], change)[excerpt.id] ?? excerpt.sourceId
        try change.run("DELETE FROM access WHERE object_id = \(excerpt.id)")
        try change.run("DELETE FROM excerpt WHERE id = \(excerpt.id)")
        try change.unindex(excerpt.id)
        let left = try change.all(Excerpt.self, "SELECT * FROM excerpt WHERE visit_id = \(excerpt.visitId)")
        if try !notes(of: left, change).values.contains(note) { try NoteCitations.remove(note, in: change) }
    }

    /// Notes what a text quotes now, in place of what it quoted before: excerpts of its programme that whoever writes may read, or that
    /// it quoted already. What else is named is no quotation: its words are shown to nobody by it.
    static func note(_ textId: String, _ idsBySection: [String: [String]], in change: Change) throws {
        let open = try quotable(textId, Array(Set(idsBySection.values.flatMap(\.self))).sorted(), in: change)
        try change.run("DELETE FROM quotation WHERE text_id = \(textId)")
        for (section, ids) in idsBySection {
            for id in Set(ids) where open.contains(id) {
                try change.run(
                    "INSERT INTO quotation (excerpt_id, text_id, section_key) VALUES (\(id), \(textId), \(section))")
                try change.run(
                    "INSERT INTO quotation_ever (excerpt_id, text_id) VALUES (\(id), \(textId)) ON CONFLICT (excerpt_id, text_id) DO NOTHING")
            }
        }
    }
}

extension ExcerptQueries {
    private static func quotable(_ textId: String, _ ids: [String], in change: Change) throws -> Set<String> {
        let seen: SQL = change.actor.isSite ? "access.withdrawn_at IS NULL" : change.site.policy.condition(.see, change.viewer)
        let open = try change.texts(
            """
            SELECT excerpt.id FROM excerpt JOIN text ON text.programme_id = excerpt.programme_id CROSS JOIN access
            WHERE text.id = \(textId) AND excerpt.id IN \(list: ids) AND access.object_id = excerpt.id AND \(seen)
            UNION SELECT excerpt_id FROM quotation_ever WHERE text_id = \(textId) AND excerpt_id IN \(list: ids)
            """)
        return Set(open)
    }

    /// Those of these excerpts that a text quotes, or quoted.
    package static func quoted(_ ids: [String], by textId: String, _ reader: any Reader) throws -> Set<String> {
        Set(try reader.texts("SELECT excerpt_id FROM quotation_ever WHERE text_id = \(textId) AND excerpt_id IN \(list: ids)"))
    }
}

/// A text that quotes an excerpt.
struct QuotingText: Sendable, Codable, Equatable {
    var id: String
    var title: String
}
