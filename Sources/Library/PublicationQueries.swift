import Database
import Formats
import Platform

/// The reads and writes of publications.
enum PublicationQueries {
    private static let columns: SQL = """
        publication.id, publication.programme_id, publication.text_id, publication.revision_id, publication.request_id,
        publication.slug, publication.title, publication.lede, publication.kind, publication.license, publication.authors,
        publication.territory_id, publication.not_before, publication.version, publication.published_by,
        publication.published_at, publication.updated_at, publication.opened_at, publication.unpublished_at,
        publication.unpublished_reason
        """

    /// The publication of a text, in whatever state; nil when it never was published.
    static func of(_ textId: String, _ reader: any Reader) throws -> Publication? {
        try reader.first(Publication.self, "SELECT \(columns) FROM publication WHERE text_id = \(textId)")
    }

    /// At an address, today's or an old one: `publication.slug` says today's. Whoever asks; the right is asked next.
    static func at(_ slug: String, _ reader: any Reader) throws -> Publication? {
        let found = try reader.first(Publication.self, "SELECT \(columns) FROM publication WHERE slug = \(slug)")
        if let found { return found }
        return try reader.first(
            Publication.self,
            """
            SELECT \(columns) FROM publication JOIN publication_old_slug ON publication_old_slug.publication_id = publication.id
            WHERE publication_old_slug.slug = \(slug)
            """)
    }

    /// What is scheduled for this day or before, and not open yet.
    static func due(on today: Day, _ reader: any Reader) throws -> [Publication] {
        try reader.all(
            Publication.self,
            """
            SELECT \(columns) FROM publication WHERE opened_at IS NULL AND unpublished_at IS NULL
                AND (not_before IS NULL OR not_before <= \(today)) ORDER BY id
            """)
    }

    /// What is scheduled among what a condition on `access` allows of its text.
    static func scheduled(_ condition: SQL, _ reader: any Reader) throws -> [Publication] {
        try reader.all(
            Publication.self,
            """
            SELECT \(columns) FROM publication JOIN access ON access.object_id = publication.text_id
            WHERE opened_at IS NULL AND unpublished_at IS NULL AND \(condition) ORDER BY publication.id
            """)
    }

    /// The texts found right of visits of which nothing is published, among what a condition on `access` allows.
    static func unpublished(_ condition: SQL, _ reader: any Reader) throws -> [String] {
        try reader.texts(
            """
            SELECT text.id FROM visit CROSS JOIN text JOIN access ON access.object_id = text.id
            WHERE visit.stage = 'validated' AND text.subject_id = visit.id AND text.kind IN ('synthesis', 'public_version') AND \(condition)
                AND NOT EXISTS (SELECT 1 FROM publication WHERE publication.subject_id = visit.id AND unpublished_at IS NULL)
            ORDER BY text.id
            """)
    }

    /// The texts brought to the steering group, among what a condition on `access` allows.
    static func referred(_ condition: SQL, _ reader: any Reader) throws -> [String] {
        try reader.texts(
            """
            SELECT DISTINCT text_id FROM validation_request JOIN access ON access.object_id = text_id
            WHERE referred_at IS NOT NULL AND closed_at IS NULL AND \(condition) ORDER BY text_id
            """)
    }

    /// The open publications drawn from what concerns a thing (a visit), oldest first.
    static func open(about subjectId: String, _ reader: any Reader) throws -> [Publication] {
        try reader.all(
            Publication.self,
            """
            SELECT \(columns) FROM publication JOIN text ON text.id = publication.text_id
            WHERE text.subject_id = \(subjectId) AND opened_at IS NOT NULL AND unpublished_at IS NULL ORDER BY opened_at
            """)
    }

    /// The open publications of a text, or of what was drawn from it: they show its images.
    static func open(showing textId: String, _ reader: any Reader) throws -> [Publication] {
        try reader.all(
            Publication.self,
            """
            SELECT \(columns) FROM publication JOIN text ON text.id = publication.text_id
            WHERE (text.id = \(textId) OR text.drawn_from_id = \(textId)) AND opened_at IS NOT NULL AND unpublished_at IS NULL
            ORDER BY publication.id
            """)
    }

    /// The open publications whose revision quotes an excerpt.
    static func open(quoting excerptId: String, _ reader: any Reader) throws -> [Publication] {
        try reader.all(
            Publication.self,
            """
            SELECT \(columns) FROM publication WHERE opened_at IS NOT NULL AND unpublished_at IS NULL
                AND text_id IN (SELECT text_id FROM quotation_ever WHERE excerpt_id = \(excerptId))
                AND EXISTS (SELECT 1 FROM revision_section
                    JOIN section_content ON section_content.hash = revision_section.content_hash
                    WHERE revision_section.revision_id = publication.revision_id
                        AND section_content.body LIKE \("%[[citation:\(excerptId)]]%"))
            ORDER BY id
            """)
    }

    /// Whether an address is another publication's, today or formerly.
    static func isTaken(_ slug: String, besides textId: String, _ reader: any Reader) throws -> Bool {
        try reader.exists(
            """
            SELECT id FROM publication WHERE slug = \(slug) AND text_id <> \(textId)
            UNION ALL
            SELECT publication_id FROM publication_old_slug JOIN publication ON publication.id = publication_id
            WHERE publication_old_slug.slug = \(slug) AND text_id <> \(textId)
            """)
    }

    /// The quotations of other open publications among these: they stay readable by everybody.
    static func citedElsewhere(_ excerptIds: [String], besides publicationId: String, _ reader: any Reader) throws -> Set<String> {
        let others = try reader.all(
            Publication.self,
            """
            SELECT \(columns) FROM publication WHERE id <> \(publicationId) AND opened_at IS NOT NULL AND unpublished_at IS NULL
                AND text_id IN (SELECT text_id FROM quotation WHERE excerpt_id IN \(list: excerptIds))
            """)
        var cited: Set<String> = []
        for other in others {
            cited.formUnion(try citations(of: other.revisionId, reader))
        }
        return cited.intersection(excerptIds)
    }

    /// The identifiers that a revision quotes.
    static func citations(of revisionId: String, _ reader: any Reader) throws -> [String] {
        try reader.texts(
            """
            SELECT body FROM revision_section JOIN section_content ON section_content.hash = revision_section.content_hash
            WHERE revision_id = \(revisionId) ORDER BY position
            """
        ).flatMap { Markdown.directives(in: $0) }
    }
}

/// What a publication is made with, before it is written.
struct PublicationRow {
    var text: (id: String, programmeId: String, kind: String, subjectId: String)
    var revisionId: String
    var requestId: String?
    var slug: String
    var title: String
    var lede: String
    var particulars: PublicationRule.Particulars
    var territoryId: String

    /// Writes a publication for the first time, or in place of the one there was; answers its identifier.
    func save(in change: Change) throws -> String {
        let authors = particulars.authors.joined(separator: "\n")
        guard let known = try PublicationQueries.of(text.id, change) else {
            let id = change.newId()
            try change.run(
                """
                INSERT INTO publication (id, programme_id, text_id, revision_id, request_id, slug, title, lede, kind, license,
                    authors, territory_id, not_before, version, published_by, published_at, updated_at, subject_id)
                VALUES (\(id), \(text.programmeId), \(text.id), \(revisionId), \(requestId), \(slug), \(title), \(lede),
                    \(text.kind), \(particulars.license), \(authors), \(territoryId), \(particulars.notBefore), 1,
                    \(change.actor.personId), \(change.now), \(change.now), \(text.subjectId))
                """)
            return id
        }
        if known.slug != slug { try leave(known, in: change) }
        // Taken back, a text is hidden again until the day now said.
        let isScheduled = known.state == .withdrawn && particulars.notBefore.map { $0 > change.today } ?? false
        let openedAt = isScheduled ? nil : known.openedAt
        let version = known.revisionId == revisionId || known.state == .scheduled ? known.version : known.version + 1
        try change.run(
            """
            UPDATE publication SET revision_id = \(revisionId), request_id = \(requestId), slug = \(slug), title = \(title),
                lede = \(lede), license = \(particulars.license), authors = \(authors), territory_id = \(territoryId),
                not_before = \(particulars.notBefore), version = \(version), published_by = \(change.actor.personId),
                updated_at = \(change.now), opened_at = \(openedAt), unpublished_at = NULL, unpublished_reason = '' WHERE id = \(known.id)
            """)
        return known.id
    }

    private func leave(_ known: Publication, in change: Change) throws {
        try change.run("DELETE FROM publication_old_slug WHERE slug = \(slug) AND publication_id = \(known.id)")
        try change.run(
            """
            INSERT INTO publication_old_slug (slug, publication_id) VALUES (\(known.slug), \(known.id))
            ON CONFLICT (slug) DO NOTHING
            """)
    }
}
