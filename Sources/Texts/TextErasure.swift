import Database
import Platform

/// What an erasure empties in the texts: words go, hashes stay.
package enum TextErasure {
    static let erase: @Sendable (Erasure, Change) throws -> Void = { erasure, change in
        let id = erasure.personId
        try change.run("DELETE FROM draft WHERE person_id = \(id)")
        try change.run("DELETE FROM text_document WHERE person_id = \(id)")
        // An impression note nobody else reads goes with its author; one that was shared, when the author is erased.
        let shared: SQL = erasure.isComplete ? "" : "AND audience = 'author' AND text.id NOT IN (SELECT text_id FROM text_opening)"
        for text in try change.texts(
            """
            SELECT text.id FROM text JOIN access ON access.object_id = text.id
            WHERE text.kind = \(TextKind.impression) AND text.author_id = \(id) \(shared) ORDER BY text.id
            """)
        {
            try empty(text, in: change)
        }
        guard erasure.isComplete else { return }
        for file in try change.texts("SELECT proof_file_id FROM endorsement WHERE person_id = \(id) AND proof_file_id IS NOT NULL") {
            try change.run("UPDATE endorsement SET proof_file_id = NULL WHERE proof_file_id = \(file)")
            try change.forget(file: file)
        }
        try change.run(
            """
            UPDATE endorsement SET interests = '', proof = '', reservation = CASE WHEN reservation = '' THEN '' ELSE \(Erasure.emptied) END
            WHERE person_id = \(id)
            """)
        try change.run(
            """
            UPDATE objection_outcome SET reply = \(Erasure.emptied) WHERE reply <> ''
                AND endorsement_id IN (SELECT id FROM endorsement WHERE person_id = \(id))
            """)
        try change.run("UPDATE reply_version SET proof = '' WHERE person_id = \(id)")
    }

    /// Empties every revision of a text; what another text says too stays there.
    private static func empty(_ textId: String, in change: Change) throws {
        try change.run(
            """
            UPDATE section_content SET body = '', erased_at = \(change.now) WHERE body <> '' AND hash IN (
                SELECT content_hash FROM revision_section JOIN revision ON revision.id = revision_id WHERE text_id = \(textId))
            AND hash NOT IN (
                SELECT content_hash FROM revision_section JOIN revision ON revision.id = revision_id WHERE text_id <> \(textId))
            """)
        try change.run("UPDATE revision SET summary = '' WHERE text_id = \(textId)")
        try change.run("DELETE FROM draft WHERE text_id = \(textId)")
        try change.forgetAttachments(of: textId)
        try change.unindex(textId)
        try change.withdraw(textId)
    }

    /// Takes words out of every revision of the text that has this one, and out of its drafts.
    /// - Parameter changed: puts as many code points in the place of the words, so that other excerpts stay where they are.
    package static func take(outOf revisionId: String, in change: Change, _ changed: (String) -> String) throws {
        guard let textId = try change.text("SELECT text_id FROM revision WHERE id = \(revisionId)") else { return }
        let contents = try change.all(
            Content.self,
            """
            SELECT hash, body FROM section_content WHERE hash IN (
                SELECT content_hash FROM revision_section JOIN revision ON revision.id = revision_id WHERE text_id = \(textId))
            """)
        for content in contents where changed(content.body) != content.body {
            try change.run(
                "UPDATE section_content SET body = \(changed(content.body)), erased_at = \(change.now) WHERE hash = \(content.hash)")
        }
        for draft in try change.texts("SELECT body FROM draft WHERE text_id = \(textId)") where changed(draft) != draft {
            try change.run("UPDATE draft SET body = \(changed(draft)) WHERE text_id = \(textId) AND body = \(draft)")
        }
        try change.reindex(textId, changed)
    }

    private struct Content: Decodable {
        var hash: String
        var body: String
    }
}
