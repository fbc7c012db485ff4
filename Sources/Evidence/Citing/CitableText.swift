import Database
import Notes
import Platform
import Texts

/// What words can be chosen from: one version of a note, or an impression note in one of its revisions.
struct CitableText: Sendable, Codable, Equatable {
    var source: Excerpt.Source
    /// The note, or the revision.
    var id: String
    /// The version of the note; 0 for a revision.
    var version: Int
    var sectionKey: String
    /// As it is stored: places are counted in it.
    var text: String
    var manner: Manner
    /// The kind of person who speaks, as the note says it.
    var speaker: String?
    /// The first of those that it stands under.
    var dimensionId: String?
    var encounterId: String?
    var encounterTitle: String?
    var author: String
    var authorId: String?
    /// The thing whose policy decides: the note, or the impression note.
    var protectedId: String
    var visitId: String
    /// A newer version was written since.
    var isOutdated: Bool
}

extension CitableText {
    private static let version: SQL = "note_version.version"

    private static let blockColumns: SQL = """
        'block' AS source, note_block.id, note_version.version, '' AS section_key, note_version.text, note_version.manner,
        note_version.speaker, \(NoteDimensions.first(version: version)) AS dimension_id, note_version.encounter_id, encounter.title AS encounter_title,
        person.name AS author, note_block.author_id, note_block.id AS protected_id, note_block.visit_id,
        CASE WHEN note_version.version < note_block.version THEN 1 ELSE 0 END AS is_outdated
        """

    private static let blockTables: SQL = """
        note_version JOIN note_block ON note_block.id = note_version.block_id
        JOIN person ON person.id = note_block.author_id JOIN access ON access.object_id = note_block.id
        LEFT JOIN encounter ON encounter.id = note_version.encounter_id
        """

    /// An impression is what its author understood: its words are quoted as such, without quotation marks.
    private static let revisionColumns: SQL = """
        'revision' AS source, revision.id, 0 AS version, revision_section.key AS section_key, section_content.body AS text,
        'interpreted' AS manner, NULL AS speaker, NULL AS dimension_id, NULL AS encounter_id, NULL AS encounter_title,
        person.name AS author, text.author_id, text.id AS protected_id, text.subject_id AS visit_id,
        CASE WHEN text.head_id = revision.id THEN 0 ELSE 1 END AS is_outdated
        """

    private static let revisionTables: SQL = """
        text JOIN revision ON revision.text_id = text.id JOIN revision_section ON revision_section.revision_id = revision.id
        JOIN section_content ON section_content.hash = revision_section.content_hash
        JOIN person ON person.id = text.author_id JOIN access ON access.object_id = text.id
        """

    /// What the panel is asked for: a dimension (or none of them), a meeting, a manner.
    struct Filter: Sendable, Equatable {
        enum Shelf: Sendable, Equatable {
            case all
            case dimension(String)
            case untagged
            case impressions
        }

        var shelf: Shelf = .all
        var encounter: String?
        var manner: Manner?

        var dimensionId: String? {
            guard case .dimension(let id) = shelf else { return nil }
            return id
        }
    }

    /// The notes of a visit that this person may read, in the order of the group: for each its latest version, and the one kept
    /// beside it.
    static func notes(
        of visitId: String, _ filter: Filter, page: Int, size: Int, _ reader: any Reader, _ request: Request
    ) throws -> [CitableText] {
        try reader.all(
            CitableText.self,
            """
            SELECT \(blockColumns) FROM \(blockTables) WHERE \(shown(visitId, filter, request))
            ORDER BY coalesce(\(NoteDimensions.rank(under: filter.dimensionId.map { "\($0)" })), note_block.created_at), note_block.id, note_version.version DESC
            LIMIT \(size) OFFSET \((page - 1) * size)
            """)
    }

    static func count(of visitId: String, _ filter: Filter, _ reader: any Reader, _ request: Request) throws -> Int {
        try reader.count("SELECT COUNT(*) FROM \(blockTables) WHERE \(shown(visitId, filter, request))")
    }

    private static func shown(_ visitId: String, _ filter: Filter, _ request: Request) -> SQL {
        var conditions: [SQL] = [
            "note_block.visit_id = \(visitId)",
            """
            (note_version.version = note_block.version OR note_version.is_kept_beside = 1)
            """,
            request.site.policy.condition(.see, request.viewer), OffRecord.excluded, BegunNote.excluded,
        ]
        switch filter.shelf {
        case .all, .impressions: break
        case .dimension(let id): conditions.append(NoteDimensions.stands(under: "\(id)", version: version))
        case .untagged: conditions.append(NoteDimensions.stands(under: nil, version: version))
        }
        if let encounter = filter.encounter { conditions.append("note_version.encounter_id = \(encounter)") }
        if let manner = filter.manner { conditions.append("note_version.manner = \(manner)") }
        return conditions.joined(" AND ")
    }

    /// The latest revisions of the impression notes of a visit that this person may read.
    static func impressions(of visitId: String, _ reader: any Reader, _ request: Request) throws -> [CitableText] {
        try reader.all(
            CitableText.self,
            """
            SELECT \(revisionColumns) FROM \(revisionTables)
            WHERE text.kind = \(TextKind.impression) AND text.subject_id = \(visitId) AND revision.id = text.head_id
                AND section_content.body <> '' AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY revision.created_at, revision.id
            """)
    }

    /// One version of a note, or one revision of an impression note, whoever asks: the right is asked on `protectedId`. What
    /// its author wrote before sharing it is not there, unless words of it were cited.
    /// - Throws: `NotFound`
    static func one(_ source: Excerpt.Source, _ id: String, version: Int, _ reader: any Reader) throws -> CitableText {
        let found =
            switch source {
            case .block:
                try reader.first(
                    CitableText.self,
                    """
                    SELECT \(blockColumns) FROM \(blockTables)
                    WHERE note_block.id = \(id) AND note_version.version = \(version) AND \(OffRecord.excluded)
                        AND \(BegunNote.excluded)
                        AND (\(NoteOpening.readable) OR \(isCited(id, version: version)))
                    """)
            case .revision:
                try reader.first(
                    CitableText.self,
                    """
                    SELECT \(revisionColumns) FROM \(revisionTables)
                    WHERE revision.id = \(id) AND text.kind = \(TextKind.impression)
                        AND (\(TextOpening.readable) OR \(isCited(id, version: 0)))
                    ORDER BY revision_section.position LIMIT 1
                    """)
            }
        guard let found else { throw NotFound() }
        return found
    }

    private static func isCited(_ id: String, version: Int) -> SQL {
        "EXISTS (SELECT 1 FROM excerpt WHERE source_id = \(id) AND source_version = \(version))"
    }

    /// What an excerpt was taken from, in the very version; nil when it is not there any more.
    static func of(_ excerpt: Excerpt, _ reader: any Reader) throws -> CitableText? {
        do { return try one(excerpt.source, excerpt.sourceId, version: excerpt.sourceVersion, reader) } catch is NotFound {
            return nil
        }
    }
}
