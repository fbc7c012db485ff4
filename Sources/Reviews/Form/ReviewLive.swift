import Database
import Formats
import Platform

/// A review that several people write at once: the lines of the others, who is there, told as it happens.
enum ReviewLive {
    static func follow(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        let feed = LiveFeed([LiveTopic.thing(review.id)], at: LivePlace(review.id), saying: "reviews.live.added") { request in
            try await request.site.database.read { reader in
                try reader.see(review.id, request)
                return news(try ReviewPage.Facts.load(review.id, reader, request), request)
            }
        }
        return try await .live(feed, request)
    }

    /// « J’écris », said by the page while one does: never what.
    static func write(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        guard open.allows(.writeNote, request) else { throw Forbidden(.writeNote) }
        await request.giveSign(at: LivePlace(review.id), doing: .writing)
        return .json(.object([:]))
    }

    static func news(_ facts: ReviewPage.Facts, _ request: Request) -> LiveNews {
        let others = facts.lines.filter { $0.authorId != request.viewer.personId }
        return LiveNews(
            mark: mark(facts), things: Dictionary(others.map { ($0.id, $0.author) }) { first, _ in first },
            presence: request.othersThere(facts.review.id, saying: "reviews.live"))
    }

    /// The same as long as its readers see the same.
    private static func mark(_ facts: ReviewPage.Facts) -> String {
        let lines = facts.lines.map { "\($0.id) \($0.position)" }
        let there = facts.people.map { "\($0.id) \($0.wasThere)" }
        let state = ["\(facts.review.isOpenToHost) \(facts.review.isClosed)"]
        return String(Secrets.sha256((lines + there + state).joined(separator: "\n")).prefix(24))
    }

    /// Who else is there, and the line that is told what happens.
    static func line(_ open: OpenReview, _ facts: ReviewPage.Facts, _ request: Request) -> Markup {
        let now = news(facts, request)
        let signs = open.allows(.writeNote, request) ? (path: "\(open.base)/presence", fields: "textarea") : nil
        return "<p>\(request.livePlace("", now.presence))</p>\(request.live("\(open.base)/direct", since: now.mark, signs: signs))"
    }
}
