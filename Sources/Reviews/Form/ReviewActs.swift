import Database
import Formats
import Platform
import Visits

/// The turns of a review: begun, opened to the host, closed, opened again.
enum ReviewActs {
    /// Begins it; twice at once begins one.
    static func begin(_ request: Request, _ open: OpenReview) async throws -> Response {
        let visit = open.visit
        return try await request.attempt {
            try await request.site.amend(as: "review.begun", by: request.actor, isPublic: false) { change in
                try change.require(.writeNote, on: visit.id)
                guard change.viewer.isMember(of: visit.delegationId) else { throw NotFound() }
                guard try ReviewQueries.review(of: visit.id, change) == nil else { return change.leaveAsItIs() }
                guard try !VisitQueries.load(id: visit.id, change).isCancelled else { throw Refused("reviews.refusal.cancelled") }
                let id = try ReviewQueries.begin(visit, in: change)
                try change.trace("review", id, programme: visit.programmeId)
            }
            return .redirect(Done.path(open.base, .begun))
        } otherwise: { problems in
            try await ReviewPage.page(request, open, problems: problems)
        }
    }

    /// Says who was there.
    static func present(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        let there = Set(request.form.all("present"))
        return try await act(request, open, review, .writeNote, as: "review.presentSaid", .present) { now, change in
            guard !now.isClosed else { throw Refused("reviews.refusal.closed") }
            try ReviewQueries.seat(open.visit, in: now.id, change)
            for person in try ReviewQueries.people(now.id, change) where person.wasThere != there.contains(person.id) {
                try change.run(
                    """
                    UPDATE review_person SET was_there = \(there.contains(person.id))
                    WHERE review_id = \(now.id) AND person_id = \(person.id)
                    """)
            }
        }
    }

    /// Opens it to the host while it is being written: everybody is in the same room.
    static func openToHost(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        try await act(request, open, review, .manageVisit, as: "review.opened", .opened) { now, change in
            try openToHost(now, open.visit, in: change)
        }
    }

    private static func openToHost(_ review: Review, _ visit: Visit, in change: Change) throws {
        try change.widen(review.id, to: .scope, scope: visit.circleId)
        try change.run("UPDATE review SET opened_at = \(change.now) WHERE id = \(review.id) AND opened_at IS NULL")
    }

    /// Closes it for good: the host reads it, each advice is there to be answered, and will be followed up.
    static func close(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        try await act(request, open, review, .manageVisit, as: "review.closed", .closed) { now, change in
            let lines = try ReviewQueries.lines(now.id, change)
            try now.close(lines, among: ReviewQueries.people(now.id, change), knowing: request.form["silent"] == "1")
            try openToHost(now, open.visit, in: change)
            try change.run(
                """
                UPDATE review SET closed_at = \(change.now), closed_by = \(change.actor.personId), hash = \(Review.hash(lines))
                WHERE id = \(now.id)
                """)
            let advice = lines.filter { $0.part == .advice }
            for line in advice { try AdviceQueries.make(of: line, in: now.id, due: Advice.followUpDay(after: change.today), change) }
            if !advice.isEmpty { try AdviceMail.ask(now.id, open.visit, count: advice.count, in: change) }
        }
    }

    /// Closed by mistake: as long as nobody answered.
    static func reopen(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        try await act(request, open, review, .manageVisit, as: "review.reopened", .reopened) { now, change in
            try now.reopen(AdviceQueries.of(now.id, change))
            try change.run("UPDATE review SET closed_at = NULL, closed_by = NULL, hash = NULL WHERE id = \(now.id)")
            try change.run("DELETE FROM advice WHERE review_id = \(now.id)")
        }
    }

    /// Writes again to the host about advice without an answer; once a day.
    static func remind(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        try await act(request, open, review, .manageVisit, as: "advice.reminded", .sent) { now, change in
            let waiting = try AdviceQueries.of(now.id, change).filter { $0.answer == nil }
            guard now.isClosed, !waiting.isEmpty else { throw Refused("reviews.refusal.nothingToAsk") }
            try AdviceMail.ask(now.id, open.visit, count: waiting.count, in: change)
        }
    }

    private static func act(
        _ request: Request, _ open: OpenReview, _ review: Review, _ right: Action, as action: String, _ done: Done,
        _ body: @Sendable @escaping (Review, Change) throws -> Void
    ) async throws -> Response {
        try await request.attempt {
            try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
                try change.require(right, on: review.id)
                try body(try ReviewQueries.load(review.id, change), change)
                try change.trace("review", review.id, programme: review.programmeId)
            }
            return .redirect(Done.path(open.base, done))
        } otherwise: { problems in
            try await ReviewPage.page(request, open, problems: problems)
        }
    }
}
