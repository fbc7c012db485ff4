import Database
import Formats
import Platform

/// What `essaim check` looks at: that no word of a revision changed since it was hashed.
public enum TextChecks {
    /// Sections against their own hash, and revisions that quote nothing against theirs; those that quote are checked by
    /// who knows the commitments, with `revisions(_:commitments:)`.
    static func problems(_ reader: any Reader) throws -> [String] {
        let sections = try reader.all(ContentRow.self, "SELECT hash, body FROM section_content WHERE erased_at IS NULL ORDER BY hash")
            .filter { Secrets.sha256($0.body) != $0.hash }.map { "a section differs from its hash \($0.hash)" }
        let unprotected = try reader.texts(
            "SELECT id FROM text WHERE NOT EXISTS (SELECT 1 FROM access WHERE object_id = text.id)"
        ).map { "text \($0) is not under the policy" }
        let files = try reader.texts(
            """
            SELECT DISTINCT attachment.id FROM revision_file JOIN attachment ON attachment.id = revision_file.file_id
            JOIN file ON file.id = attachment.file_id WHERE file.hash <> revision_file.hash ORDER BY attachment.id
            """
        ).map { "file \($0) is not the one that a revision shows" }
        return sections + unprotected + files + (try revisions(reader, commitments: nil))
    }

    /// The revisions whose stored hash is not the one of their words.
    /// - Parameter commitments: of quotations, by identifier; nil leaves aside the revisions that quote.
    public static func revisions(_ reader: any Reader, commitments: (([String]) throws -> [String: String])?) throws -> [String] {
        try reader.all(
            RevisionKey.self,
            """
            SELECT revision.id, text_id, language FROM revision JOIN text ON text.id = text_id WHERE NOT EXISTS (
                SELECT 1 FROM revision_section JOIN section_content ON section_content.hash = content_hash
                WHERE revision_id = revision.id AND erased_at IS NOT NULL)
            ORDER BY revision.id
            """
        )
        .compactMap { row in
            let revision = try TextQueries.revision(row.id, of: row.textId, reader)
            let cited = revision.sections.flatMap(\.citations)
            guard cited.isEmpty || commitments != nil else { return nil }
            let hash = CanonicalForm.hash(
                title: revision.title, language: row.language, sections: revision.sections,
                commitments: try commitments?(cited) ?? [:], files: try TextFiles.of(row.id, reader))
            return hash == revision.hash ? nil : "revision \(row.id) differs from its hash"
        }
    }
}

private struct ContentRow: Decodable {
    var hash: String
    var body: String
}

private struct RevisionKey: Decodable {
    var id: String
    var textId: String
    var language: Language
}
