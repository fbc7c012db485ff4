import Database
import Formats
import Platform

/// The last afternoon: the group writes the collective review and the officer closes it; the host answers the advice later.
struct ReviewScene: Sendable {
    let scenes: VisitScenes

    private var base: String { "\(scenes.base)/bilan" }

    func hold() async throws {
        guard let review = scenes.visit.review else { return }
        let stage = scenes.stage
        scenes.clock.move(to: scenes.day(scenes.visit.slots.count > 4 ? 2 : 1), hour: 16)
        try await stage.act(scenes.officer, base)
        for line in review.lines {
            var fields = [("part", line.part), ("text_\(line.part)", line.text)]
            if let about = line.about { fields.append(("about", stage.cast[about])) }
            try await stage.act(line.author, "\(base)/lignes", fields)
        }
        try await stage.act(scenes.officer, "\(base)/cloture")
    }

    func answer() async throws {
        guard let review = scenes.visit.review else { return }
        let slug = scenes.visit.visit
        let advice = try await scenes.stage.read { reader in
            try reader.texts(
                """
                SELECT advice.id FROM advice JOIN review_line ON review_line.id = line_id JOIN review ON review.id = advice.review_id
                JOIN visit ON visit.id = review.visit_id WHERE visit.slug = \(slug) ORDER BY review_line.position
                """)
        }
        scenes.clock.move(to: review.answeredOn, hour: 11)
        let fields = zip(advice, review.answers).flatMap { id, given in [("answer-\(id)", given.answer), ("words-\(id)", given.words)] }
        try await scenes.stage.act(review.answeredBy, "\(base)/reponses", fields)
    }
}
