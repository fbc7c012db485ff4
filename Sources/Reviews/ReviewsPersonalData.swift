import Database
import Platform

/// What the reviews hold about people: what they said, what they answered, where they were.
enum ReviewsPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.parts = [
            PersonalPart("reviews.data.lines", ["review_line": ["author_id", "about_id"]]) { id in
                """
                SELECT visit.name AS visit, part, CASE WHEN author_id = \(id) THEN 'author' ELSE 'about' END AS as_whom, text, written_at,
                    replaced_at, removed_at
                FROM review_line JOIN review ON review.id = review_id JOIN visit ON visit.id = review.visit_id
                WHERE author_id = \(id) OR about_id = \(id) ORDER BY written_at, review_line.id
                """
            },
            PersonalPart("reviews.data.presence", ["review_person": ["person_id"], "review": ["begun_by", "closed_by"]]) { id in
                """
                SELECT visit.name AS visit, side AS as_whom, was_there, begun_at AS at FROM review_person JOIN review ON review.id = review_id
                JOIN visit ON visit.id = review.visit_id WHERE person_id = \(id)
                UNION ALL SELECT visit.name, 'begun_by', 1, begun_at FROM review JOIN visit ON visit.id = review.visit_id WHERE begun_by = \(id)
                UNION ALL SELECT visit.name, 'closed_by', 1, closed_at FROM review JOIN visit ON visit.id = review.visit_id WHERE closed_by = \(id)
                ORDER BY 4, 1, 2
                """
            },
            PersonalPart(
                "reviews.data.answers", ["advice_answer": ["answered_by", "entered_by"], "advice_follow_up": ["told_by"]]
            ) { id in
                """
                SELECT advice_id AS advice, answer, words, answered_at AS at FROM advice_answer WHERE answered_by = \(id) OR entered_by = \(id)
                UNION ALL SELECT advice_id, outcome, words, told_at FROM advice_follow_up WHERE told_by = \(id) ORDER BY 4, 1
                """
            },
        ]
        data.apart = ["advice": "which lines of a review are advice: their words are in the lines"]
        data.mentions = [
            Mention("review_line", "text"), Mention("advice_answer", "words"), Mention("advice_follow_up", "words"),
        ]
        data.erase = { erasure, change in
            // What a group said together stays; what somebody asks to be forgotten leaves its place, without a word.
            guard erasure.isComplete else { return }
            let person = erasure.personId
            try change.run(
                """
                UPDATE review_line SET text = '', erased_at = \(change.now)
                WHERE (author_id = \(person) OR about_id = \(person)) AND text <> ''
                """)
            try change.run("UPDATE advice_answer SET words = '', erased_at = \(change.now) WHERE answered_by = \(person) AND words <> ''")
            try change.run("UPDATE advice_follow_up SET words = '' WHERE told_by = \(person)")
        }
        return data
    }()
}
