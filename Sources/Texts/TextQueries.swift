import Database
import Formats
import Platform

/// The reads of texts, revisions and sections.
public enum TextQueries {
    /// - Throws: `NotFound`
    public static func text(_ id: String, _ reader: any Reader) throws -> Text {
        guard let text = try reader.first(Text.self, "SELECT \(columns) FROM text WHERE id = \(id)") else { throw NotFound() }
        return text
    }

    /// The texts about a thing, of one kind or of all.
    public static func texts(about subjectId: String, kind: TextKind? = nil, _ reader: any Reader) throws -> [Text] {
        let only: SQL = kind.map { "AND kind = \($0)" } ?? ""
        return try reader.all(
            Text.self, "SELECT \(columns) FROM text WHERE subject_id = \(subjectId) \(only) ORDER BY created_at, id")
    }

    /// The latest revision with its sections.
    /// - Throws: `NotFound`
    public static func head(_ textId: String, _ reader: any Reader) throws -> Revision {
        guard let id = try reader.text("SELECT head_id FROM text WHERE id = \(textId)") else { throw NotFound() }
        return try revision(id, of: textId, reader)
    }

    /// A revision of that text, not of another.
    /// - Throws: `NotFound`
    public static func revision(_ id: String, of textId: String, _ reader: any Reader) throws -> Revision {
        guard
            let row = try reader.first(
                RevisionRow.self,
                """
                SELECT id, text_id, number, parent_id, title, author_id, created_at, summary, is_form_only, hash
                FROM revision WHERE id = \(id) AND text_id = \(textId)
                """)
        else { throw NotFound() }
        let sections = try reader.all(
            SectionRow.self,
            """
            SELECT key, title, body FROM revision_section
            JOIN section_content ON section_content.hash = revision_section.content_hash
            WHERE revision_id = \(id) ORDER BY position
            """)
        return row.revision(sections.map { Section(key: $0.key, title: $0.title, body: $0.body) })
    }

    /// Every revision of a text without its sections, newest first.
    public static func revisions(_ textId: String, _ reader: any Reader) throws -> [Revision] {
        try reader.all(
            RevisionRow.self,
            """
            SELECT id, text_id, number, parent_id, title, author_id, created_at, summary, is_form_only, hash
            FROM revision WHERE text_id = \(textId) ORDER BY number DESC
            """
        ).map { $0.revision([]) }
    }

    private static let columns: SQL =
        "id, programme_id, kind, subject_id, drawn_from_id, language, author_id, head_id, created_at"
}

private struct RevisionRow: Decodable {
    var id: String
    var textId: String
    var number: Int
    var parentId: String?
    var title: String
    var authorId: String?
    var createdAt: Instant
    var summary: String
    var isFormOnly: Bool
    var hash: String

    func revision(_ sections: [Section]) -> Revision {
        Revision(
            id: id, textId: textId, number: number, parentId: parentId, title: title, authorId: authorId,
            createdAt: createdAt, summary: summary, isFormOnly: isFormOnly, hash: hash, sections: sections)
    }
}

private struct SectionRow: Decodable {
    var key: String
    var title: String
    var body: String
}
