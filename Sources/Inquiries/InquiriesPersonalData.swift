import Database
import Platform

/// What the grids of visits hold about people: what each proposed, decided, tied to questions.
enum InquiriesPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.parts = [
            PersonalPart("inquiries.data.changes", ["grid_change": ["proposed_by"], "question_blank": ["noted_by"]]) {
                """
                SELECT visit.name AS visit, grid_change.kind, grid_change.text, grid_change.probes, grid_change.reason, outcome, proposed_at AS at
                FROM grid_change JOIN visit ON visit.id = visit_id WHERE proposed_by = \($0)
                UNION ALL SELECT visit.name, 'blank', '', '', question_blank.reason, NULL, noted_at
                FROM question_blank JOIN visit ON visit.id = visit_id WHERE noted_by = \($0) ORDER BY 7
                """
            }
        ]
        data.apart = [
            "visit_grid": "the grid settled for a visit", "answer_tag": "which questions a note answers",
            "grid_change.decided_by": "who decided on somebody else's proposal",
        ]
        data.mentions = [
            Mention("grid_change", "text"), Mention("grid_change", "probes"), Mention("grid_change", "reason"), Mention("grid_change", "decision"),
            Mention("question_blank", "reason", key: "visit_id"),
        ]
        // What ties an erased note to questions goes with it.
        data.erase = { _, change in
            try change.run("DELETE FROM answer_tag WHERE NOT EXISTS (SELECT 1 FROM note_block WHERE note_block.id = block_id)")
        }
        return data
    }()
}
