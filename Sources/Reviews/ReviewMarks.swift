import Database
import Events
import Formats
import Platform
import Visits

/// Where visits stand with their review: one of the nine stages.
enum ReviewMarks {
    struct Count: Decodable, Sendable {
        var visitId: String
        var slug: String
        var programme: String
        var stage: VisitStage
        var delegationId: String
        var circleId: String
        var lastDay: Day?
        var reviewId: String?
        var openedAt: Instant?
        var closedAt: Instant?
        var visitors: Int
        var learnt: Int
        var waiting: Int
    }

    static func stages(_ visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [String: [StageMark]] {
        let counts = try reader.all(
            Count.self,
            """
            SELECT visit.id AS visit_id, visit.slug, programme.slug AS programme, visit.stage, visit.delegation_id, visit.circle_id,
                (SELECT max(day) FROM slot WHERE event_id = visit.id AND removed_at IS NULL) AS last_day,
                review.id AS review_id, opened_at, closed_at,
                (SELECT count(*) FROM review_person WHERE review_id = review.id AND side = 'visitor' AND was_there = 1) AS visitors,
                (SELECT count(DISTINCT about_id) FROM review_line WHERE review_id = review.id AND part = 'learning'
                    AND replaced_at IS NULL AND removed_at IS NULL
                    AND about_id IN (SELECT person_id FROM review_person WHERE review_id = review.id AND side = 'visitor' AND was_there = 1)) AS learnt,
                (SELECT count(*) FROM advice WHERE review_id = review.id AND NOT EXISTS
                    (SELECT 1 FROM advice_answer WHERE advice_id = advice.id AND replaced_at IS NULL)) AS waiting
            FROM visit JOIN programme ON programme.id = visit.programme_id LEFT JOIN review ON review.visit_id = visit.id
            WHERE visit.id IN \(list: visitIds)
            """)
        return Dictionary(uniqueKeysWithValues: counts.map { ($0.visitId, [mark($0, request)]) })
    }

    static func mark(_ count: Count, _ request: Request) -> StageMark {
        let (words, viewer) = (request.words, request.viewer)
        let mayRead = viewer.isMember(of: count.delegationId) || (count.openedAt != nil && viewer.isMember(of: count.circleId))
        let path = mayRead ? "/programmes/\(count.programme)/visites/\(count.slug)/bilan" : nil
        func mark(_ state: StageMark.State, _ detail: String, missing: String? = nil) -> StageMark {
            StageMark(.stage(.review), label: words("reviews.mark.label"), state: state, detail: detail, path: path, missing: missing)
        }
        if count.closedAt != nil {
            let detail = count.waiting == 0 ? words("reviews.mark.closed") : words("reviews.mark.waiting", ["n": count.waiting])
            return mark(.done, detail)
        }
        guard count.reviewId != nil else {
            if count.stage > .held { return mark(.skipped, words("reviews.mark.skipped")) }
            let isOver = count.lastDay.map { $0 < request.now.day() } ?? false
            return isOver ? mark(.now, words("reviews.mark.none"), missing: words("reviews.mark.missing")) : mark(.todo, words("reviews.mark.lastDay"))
        }
        return mark(.now, words("reviews.mark.learnt", ["done": count.learnt, "all": count.visitors]), missing: words("reviews.mark.toClose"))
    }

    /// What `essaim check` looks at: a closed review is as its hash says, a review has its protection.
    static func problems(_ reader: any Reader) throws -> [String] {
        let bare = try reader.texts("SELECT id FROM review WHERE NOT EXISTS (SELECT 1 FROM access WHERE object_id = review.id)")
            .map { "review \($0): no line in access" }
        let closed = try reader.all(Closed.self, "SELECT id, hash FROM review WHERE closed_at IS NOT NULL ORDER BY id")
        let changed = try closed.filter { review in
            let lines = try ReviewQueries.lines(review.id, reader)
            return lines.allSatisfy { $0.erasedAt == nil } && Review.hash(lines) != review.hash
        }
        return bare + changed.map { "review \($0.id): its lines are not those that were closed" }
    }

    private struct Closed: Decodable {
        var id: String
        var hash: String
    }
}

/// What reviews ask of a person: to hold it, to close it, to answer advice, to say what became of them.
enum ReviewTodos {
    private struct Row: Decodable, Sendable {
        var name: String
        var slug: String
        var programme: String
        var lastDay: Day
        var hasReview: Bool
    }

    private struct Waiting: Decodable, Sendable {
        var name: String
        var slug: String
        var programme: String
        var closedAt: Instant
        var count: Int
    }

    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let (viewer, words, today) = (request.viewer, request.words, request.now.day())
        guard viewer.personId != nil else { return [] }
        func address(_ programme: String, _ slug: String) -> String { "/programmes/\(programme)/visites/\(slug)/bilan" }
        // Those who come along hold it, on the last day.
        let staffed = viewer.roles.filter { $0.value.contains(.staff) }.keys.sorted()
        let held = try reader.all(
            Row.self,
            """
            SELECT visit.name, visit.slug, programme.slug AS programme, max(slot.day) AS last_day,
                CASE WHEN review.id IS NULL THEN 0 ELSE 1 END AS has_review
            FROM visit JOIN programme ON programme.id = visit.programme_id
            JOIN slot ON slot.event_id = visit.id AND slot.removed_at IS NULL LEFT JOIN review ON review.visit_id = visit.id
            WHERE visit.delegation_id IN \(list: staffed) AND review.closed_at IS NULL
                AND (review.id IS NOT NULL OR visit.stage IN ('candidate', 'planned', 'prepared', 'held'))
                AND visit.id NOT IN (SELECT visit_id FROM visit_cancellation)
            GROUP BY visit.id, visit.name, visit.slug, programme.slug, review.id HAVING max(slot.day) <= \(today) ORDER BY visit.id
            """
        ).map {
            Todo(
                title: words($0.hasReview ? "reviews.todo.close" : "reviews.todo.hold", ["visit": $0.name]), path: address($0.programme, $0.slug),
                due: $0.lastDay)
        }
        let hosts = viewer.roles.filter { $0.value.contains(.host) }.keys.sorted()
        let asked = try reader.all(
            Waiting.self,
            """
            SELECT visit.name, visit.slug, programme.slug AS programme, review.closed_at, count(*) AS count FROM advice
            JOIN review ON review.id = advice.review_id JOIN visit ON visit.id = review.visit_id JOIN programme ON programme.id = visit.programme_id
            WHERE visit.circle_id IN \(list: hosts) AND NOT EXISTS
                (SELECT 1 FROM advice_answer WHERE advice_id = advice.id AND replaced_at IS NULL)
            GROUP BY visit.name, visit.slug, programme.slug, review.closed_at ORDER BY review.closed_at
            """
        ).map {
            Todo(
                title: words("reviews.todo.answer", ["visit": $0.name, "n": $0.count]), path: "\(address($0.programme, $0.slug))#repondre",
                due: $0.closedAt.day().adding(days: 30))
        }
        return held + asked + (try toFollow(staffed, hosts, reader, request)) + (try disowned(reader, request))
    }

    /// The links of people of the host, to answer the advice, that reached somebody else.
    private static func disowned(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        try DisownedLink.waiting(
            OpenReview.purpose, .manageVisit,
            concerned: """
                EXISTS (SELECT 1 FROM review JOIN visit ON visit.id = review.visit_id JOIN membership ON membership.scope_id = visit.circle_id
                    WHERE review.id = private_link.object_id AND membership.person_id = private_link.person_id AND role = 'host' AND until IS NULL)
                """, reader, request
        ).map { link in
            let visit = try VisitQueries.load(id: ReviewQueries.load(link.objectId, reader).visitId, reader)
            return link.todo(about: visit.name, at: "\(visit.path)/bilan", request.words)
        }
    }

    /// Six months after: for the host, and for those who came along.
    private static func toFollow(_ staffed: [String], _ hosts: [String], _ reader: any Reader, _ request: Request) throws -> [Todo] {
        let reviews = try reader.texts(
            """
            SELECT DISTINCT review.id FROM advice JOIN review ON review.id = advice.review_id JOIN visit ON visit.id = review.visit_id
            WHERE advice.due <= \(request.now.day()) AND (visit.delegation_id IN \(list: staffed) OR visit.circle_id IN \(list: hosts))
            ORDER BY review.id
            """)
        let due = Dictionary(
            grouping: try AdviceQueries.of(reviews, reader).filter { $0.isToFollow(on: request.now.day()) }, by: \.row.reviewId)
        return try reviews.compactMap { id in
            guard let advice = due[id], let first = advice.map(\.row.due).min() else { return nil }
            let visit = try VisitQueries.load(id: try ReviewQueries.load(id, reader).visitId, reader)
            return Todo(
                title: request.words("reviews.todo.follow", ["visit": visit.name, "n": advice.count]), path: "\(visit.path)/bilan#suites", due: first)
        }
    }
}
