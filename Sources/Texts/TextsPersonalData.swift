import Database
import Platform

/// What the texts hold about people: what they wrote, what they are writing, what they answered.
enum TextsPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.parts = parts
        data.apart = [
            "text_blank": "why a dimension is empty in a text", "text_opening": "from which revision a text is open",
            "revision_file": "hashes of the files of a revision",
        ]
        data.mentions = [
            Mention("revision", "summary"), Mention("endorsement", "proof"), Mention("reply_version", "proof", key: "text_id"),
            Mention("objection_outcome", "reason", key: "endorsement_id"), Mention("text_blank", "reason", key: "text_id"),
            Mention("text_approval", "said"), Mention("draft", "body", key: "text_id"), Mention("text_document", "content", key: "text_id"),
            Mention("text_document", "name", key: "text_id"),
        ]
        data.erase = TextErasure.erase
        data.retentions = [
            .rows("texts.retention.drafts", of: "draft", days: 365) { "updated_at <= \($0)" },
            .rows("texts.retention.documents", of: "text_document", days: 30) { "received_at <= \($0)" },
        ]
        return data
    }()

    private static let parts: [PersonalPart] = [
        PersonalPart("texts.data.revisions", ["text": ["author_id"], "revision": ["author_id"], "revision_section": [], "section_content": []]) { id in
            """
            SELECT text.kind, revision.title, revision.number, revision.created_at, revision.summary, part.title AS section, body, revision.hash
            FROM revision JOIN text ON text.id = revision.text_id JOIN revision_section AS part ON part.revision_id = revision.id
            JOIN section_content ON section_content.hash = part.content_hash
            WHERE revision.author_id = \(id) AND body <> '' AND NOT EXISTS (
                SELECT 1 FROM revision_section AS before WHERE before.revision_id = revision.parent_id AND before.key = part.key
                    AND before.content_hash = part.content_hash)
                -- A section that somebody else wrote in before is theirs too: its words are not given.
                AND NOT EXISTS (
                    SELECT 1 FROM revision AS other JOIN revision_section AS theirs ON theirs.revision_id = other.id
                    WHERE other.text_id = revision.text_id AND other.number < revision.number AND theirs.key = part.key
                        AND (other.author_id IS NULL OR other.author_id <> \(id)) AND other.parent_id IS NOT NULL
                        AND NOT EXISTS (
                            SELECT 1 FROM revision_section AS earlier WHERE earlier.revision_id = other.parent_id
                                AND earlier.key = theirs.key AND earlier.content_hash = theirs.content_hash))
            ORDER BY revision.created_at, revision.id, part.position
            """
        },
        PersonalPart("texts.data.drafts", ["draft": ["person_id"], "text_document": ["person_id"]]) {
            """
            SELECT 'draft' AS kind, revision.title AS text, section_key AS part, draft.body, draft.updated_at AS at FROM draft
            JOIN revision ON revision.id = draft.base_id WHERE person_id = \($0)
            UNION ALL SELECT text_document.kind, revision.title, name, content, received_at FROM text_document
            JOIN revision ON revision.id = text_document.base_id WHERE person_id = \($0) ORDER BY 5
            """
        },
        PersonalPart(
            "texts.data.answers",
            ["endorsement": ["person_id", "entered_by", "interests", "proof"], "validator": ["person_id"], "objection_outcome": ["decided_by"]],
            files: {
                """
                SELECT file.hash, file.name FROM endorsement JOIN file ON file.id = proof_file_id WHERE person_id = \($0) ORDER BY answered_at
                """
            }
        ) {
            """
            SELECT revision.title AS text, revision.number, validation_request.revision_hash, deadline, side, is_signatory, answer,
                is_exact, is_publishable, reservation, objection_kind, interests, answered_at, received_by, proof, replaced_at,
                objection_outcome.reply
            FROM validator JOIN validation_request ON validation_request.id = validator.request_id
            JOIN revision ON revision.id = validation_request.revision_id
            LEFT JOIN endorsement ON endorsement.request_id = validator.request_id AND endorsement.person_id = validator.person_id
            LEFT JOIN objection_outcome ON objection_outcome.endorsement_id = endorsement.id
            WHERE validator.person_id = \($0) ORDER BY validation_request.asked_at, answered_at
            """
        },
        PersonalPart("texts.data.approvals", ["text_approval": ["noted_by"]]) {
            """
            SELECT revision.title AS text, revision.number, day, said, noted_at, withdrawn_at FROM text_approval
            JOIN revision ON revision.id = revision_id WHERE noted_by = \($0) ORDER BY noted_at
            """
        },
        PersonalPart("texts.data.finishes", ["sheet_finish": ["person_id"]]) {
            """
            SELECT revision.title AS text, revision.number, finished_at, withdrawn_at FROM sheet_finish
            JOIN revision ON revision.id = revision_id WHERE person_id = \($0) ORDER BY finished_at
            """
        },
        PersonalPart("texts.data.replies", ["reply_version": ["person_id", "entered_by", "proof"]]) {
            """
            SELECT revision.title AS text, reply_version.number, body, written_at, received_by, proof FROM reply_version
            JOIN text ON text.id = reply_version.text_id JOIN revision ON revision.id = text.head_id
            WHERE person_id = \($0) ORDER BY written_at
            """
        },
        PersonalPart("texts.data.sendings", ["text_sending": ["person_id"], "validation_request": ["asked_by"]]) {
            """
            SELECT 'received' AS kind, revision.title AS text, revision.number, sent_at AS at FROM text_sending
            JOIN revision ON revision.id = revision_id WHERE person_id = \($0)
            UNION ALL SELECT 'asked', revision.title, revision.number, asked_at FROM validation_request
            JOIN revision ON revision.id = revision_id WHERE asked_by = \($0) ORDER BY 4
            """
        },
    ]
}
