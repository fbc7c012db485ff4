import Database
import Platform

/// What the notes hold about people: what they noted.
enum NotesPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.parts = [
            PersonalPart("notes.data.notes", ["note_block": ["author_id"], "note_version": ["speaker"]]) {
                """
                SELECT visit.name AS visit, note_version.block_id AS note, note_version.version, note_version.manner, note_version.text,
                    subgroup.name AS subgroup, note_version.is_off_record, note_block.is_begun, note_version.place, received_at, access.audience
                FROM note_version JOIN note_block ON note_block.id = block_id JOIN visit ON visit.id = note_block.visit_id
                LEFT JOIN access ON access.object_id = note_block.id
                LEFT JOIN subgroup ON subgroup.id = note_version.subgroup_id
                WHERE note_block.author_id = \($0) ORDER BY note_block.created_at, note_block.id, note_version.version
                """
            },
            PersonalPart("notes.data.dimensions", ["note_dimension": []]) {
                """
                SELECT visit.name AS visit, note_dimension.block_id AS note, note_dimension.version, dimension.name AS dimension
                FROM note_dimension JOIN note_block ON note_block.id = block_id JOIN visit ON visit.id = note_block.visit_id
                JOIN dimension ON dimension.id = note_dimension.dimension_id
                WHERE note_block.author_id = \($0) ORDER BY note_block.created_at, note_block.id, note_dimension.version, dimension.position
                """
            },
            PersonalPart("notes.data.turns", ["note_turn": ["person_id", "given_by"]]) {
                """
                SELECT visit.name AS visit, encounter.title AS encounter, since, until FROM note_turn
                JOIN visit ON visit.id = note_turn.visit_id JOIN encounter ON encounter.id = encounter_id
                WHERE person_id = \($0) ORDER BY since, note_turn.id
                """
            },
            PersonalPart(
                "notes.data.mails", ["received_mail": ["sender", "person_id", "handled_by"], "reply_address": ["person_id"]],
                files: {
                    "SELECT file.hash, received_mail.subject || '.eml' AS name FROM received_mail JOIN file ON file.id = file_id WHERE person_id = \($0) AND state IN ('taken', 'empty') ORDER BY received_mail.id"
                }
            ) { id in
                // Of the mails of others, only what was done with them: neither who wrote, nor what.
                let own: SQL = """
                    (COALESCE(person_id, '') = \(id) AND state IN ('taken', 'empty')
                        OR (COALESCE(person_id, '') IN ('', \(id)) OR state NOT IN ('taken', 'empty')) AND (
                            EXISTS (SELECT 1 FROM person WHERE person.id = \(id) AND email_key = lower(sender))
                            OR EXISTS (SELECT 1 FROM person_former WHERE person_former.person_id = \(id) AND lower(value) = lower(sender)
                                AND NOT EXISTS (SELECT 1 FROM person WHERE email_key = lower(value)))))
                    """
                return """
                    SELECT 'mail' AS kind, subject, sender, state, received_at AS at FROM received_mail WHERE \(own)
                    UNION ALL SELECT 'to your address', '', '', state, received_at FROM received_mail WHERE person_id = \(id) AND NOT \(own)
                    UNION ALL SELECT 'sorted by you', '', '', state, handled_at FROM received_mail WHERE handled_by = \(id) AND NOT \(own)
                    UNION ALL SELECT 'reply address', '', '', CASE WHEN revoked_at IS NULL THEN 'open' ELSE 'revoked' END, created_at FROM reply_address
                    WHERE person_id = \(id) ORDER BY 5, 1
                    """
            },
        ]
        data.apart = [
            "note_shelf": "where a group put a note on its common page", "note_citation": "which notes were cited",
            "note_media": "which photographs and sounds came with a note, held with the files",
            "received_file": "files joined to mails that are in a part",
        ]
        data.mentions = [
            Mention("received_mail", "sender"), Mention("received_mail", "sender_name"), Mention("received_mail", "subject"),
            Mention("received_file", "name"),
        ]
        data.retentions = [
            .rows("notes.retention.addresses", of: "reply_address", days: 365) { "expires_at <= \($0)" }, MailErasure.automatic, MailErasure.waiting,
        ]
        data.erase = { erasure, change in
            try NoteErasure.erase(erasure, change)
            try MailErasure.erase(erasure, change)
        }
        return data
    }()
}

/// What an erasure empties in the notes.
package enum NoteErasure {
    static let erase: @Sendable (Erasure, Change) throws -> Void = { erasure, change in
        try PenTurns.forget(erasure.personId, in: change)
        change.site.parts.removeAll(of: erasure.personId)
        let blocks = try change.all(
            Block.self,
            """
            SELECT note_block.id, opened_version, CASE WHEN note_citation.object_id IS NULL THEN 0 ELSE 1 END AS is_cited FROM note_block
            LEFT JOIN note_citation ON note_citation.object_id = note_block.id WHERE author_id = \(erasure.personId) ORDER BY note_block.id
            """)
        for block in blocks {
            if block.openedVersion == 0, !block.isCited {
                try remove(block.id, in: change)
            } else if erasure.isComplete {
                try empty(block.id, in: change)
            } else {
                // What was written before the note was shared was its author's alone.
                try change.run(
                    """
                    UPDATE note_version SET text = '', erased_at = \(change.now)
                    WHERE block_id = \(block.id) AND version < \(block.openedVersion) AND text <> '' AND NOT EXISTS (
                        SELECT 1 FROM excerpt WHERE source_id = block_id AND source_version = note_version.version)
                    """)
            }
        }
    }

    static func remove(_ id: String, in change: Change) throws {
        try change.forgetAttachments(of: id)
        try NoteDimensions.remove(of: id, in: change)
        try change.run("DELETE FROM note_media WHERE block_id = \(id)")
        try change.run("DELETE FROM note_version WHERE block_id = \(id)")
        try change.run("DELETE FROM note_block WHERE id = \(id)")
        try change.run("DELETE FROM access WHERE object_id = \(id)")
        try change.unindex(id)
    }

    /// The note stays as a place that excerpts come from, without a word.
    private static func empty(_ id: String, in change: Change) throws {
        try change.forgetAttachments(of: id)
        try change.run("DELETE FROM note_media WHERE block_id = \(id)")
        try change.run("UPDATE note_version SET text = '', place = '', speaker = NULL, erased_at = \(change.now) WHERE block_id = \(id)")
        try change.unindex(id)
        try change.withdraw(id)
    }

    /// Takes words out of every version of a note.
    /// - Parameter changed: puts as many code points in the place of the words, so that other excerpts stay where they are.
    package static func take(outOf blockId: String, in change: Change, _ changed: (String) -> String) throws {
        for version in try NoteQueries.versions(blockId, change) where changed(version.text) != version.text {
            try change.run(
                """
                UPDATE note_version SET text = \(changed(version.text)), erased_at = \(change.now)
                WHERE block_id = \(blockId) AND version = \(version.version)
                """)
        }
    }

    private struct Block: Decodable {
        var id: String
        var openedVersion: Int
        var isCited: Bool
    }
}
