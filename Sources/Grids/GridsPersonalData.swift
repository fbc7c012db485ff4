import Database
import Platform

/// What the grids hold about people: what members said of a question. The grid itself says nothing of anybody.
enum GridsPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.parts = [
            PersonalPart("grids.data.comments", ["grid_comment": ["author_id"]]) {
                """
                SELECT programme.title AS programme, body, written_at, reply, settled_at, removed_at FROM grid_comment
                JOIN grid ON grid.id = grid_id JOIN programme ON programme.id = grid.programme_id
                WHERE author_id = \($0) ORDER BY written_at, grid_comment.id
                """
            }
        ]
        data.apart = [
            "grid": "a grid of questions", "dimension": "a dimension of the grid", "question": "a question of the grid",
            "grid_draft": "a grid in preparation", "grid_version": "a frozen grid of questions",
            "grid_comment.settled_by": "who settled somebody else's comment",
        ]
        data.mentions = [Mention("grid_comment", "body"), Mention("grid_comment", "reply")]
        data.erase = { erasure, change in
            guard erasure.isComplete else { return }
            try change.run("UPDATE grid_comment SET body = '', removed_at = \(change.now) WHERE author_id = \(erasure.personId) AND removed_at IS NULL")
        }
        return data
    }()
}
