import Database
import Formats
import Platform
import Visits

/// The review on the page of its visit, for whoever may read or begin it.
enum ReviewPanel {
    static let onVisit = Panel(on: "visit", rank: 45) { visitId, request in
        let known = try await request.site.database.read { reader -> (OpenReview, [Advice])? in
            let visit = try VisitQueries.load(id: visitId, reader)
            guard !visit.isCancelled, let open = try? OpenReview.of(visit, base: "\(visit.path)/bilan", request, reader) else { return nil }
            return (open, try open.review.map { try AdviceQueries.of($0.id, reader) } ?? [])
        }
        guard let (open, advice) = known else { return .empty }
        let words = request.words
        let sentence: String
        let label: String
        switch open.review {
        case nil: (sentence, label) = (words("reviews.panel.none"), words("reviews.act.prepare"))
        case .some(let review) where !review.isClosed: (sentence, label) = (words("reviews.panel.open"), words("reviews.act.join"))
        case .some:
            let waiting = advice.count { $0.answer == nil }
            let kept = advice.count { $0.answer?.answer == .kept }
            sentence = words("reviews.panel.closed", ["advice": advice.count, "kept": kept, "waiting": waiting])
            label = words("reviews.act.read")
        }
        return """
            <section id="bilan"><h2>\(words("reviews.title"))</h2><p>\(sentence)</p>
            <p class="acts"><a class="button quiet" href="\(open.base)">\(label)</a></p></section>
            """
    }
}
