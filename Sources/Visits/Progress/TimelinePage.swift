import Community
import Database
import Events
import Formats
import Platform

/// The calendar of a programme: its visits and seminars over time, as a drawing, as a sentence and as a table.
enum TimelinePage {
    static let routes: [Route] = [
        .get("/programmes/{programme}/calendrier", asks: .signedInTo(.see), for: "community, host", show),
        .get("/programmes/{programme}/calendrier/export", asks: .signedInTo(.see), for: "community, host", export),
    ]

    private struct Row: Decodable {
        var id: String
        var title: String
        var kind: Event.Kind
        var state: Event.State
        var firstDay: Day?
        var lastDay: Day?
    }

    private static func load(_ request: Request) async throws -> (Programme, Timeline) {
        try await request.site.database.read { reader in
            let programme = try ProgrammeFrame.load(request["programme"], reader, request)
            guard try VisitQueries.opens(programme.id, reader, request) else { throw NotFound() }
            let rows = try reader.all(
                Row.self,
                """
                SELECT event.id, event.title, event.kind, event.state, min(slot.day) AS first_day, max(slot.day) AS last_day
                FROM event JOIN access ON access.object_id = event.id LEFT JOIN slot ON slot.event_id = event.id AND slot.removed_at IS NULL
                WHERE event.programme_id = \(programme.id) AND \(request.site.policy.condition(.see, request.viewer))
                GROUP BY event.id, event.title, event.kind, event.state, event.position ORDER BY event.kind DESC, event.position, event.id
                """)
            let today = request.now.day()
            let paths = try EventPages.paths(rows.map { Event(id: $0.id, programmeId: programme.id, kind: $0.kind, title: $0.title) }, reader)
            let items = rows.compactMap { row in
                row.firstDay.flatMap { first in
                    row.lastDay.map { last in
                        Timeline.Item(
                            label: row.title, path: paths[row.id] ?? "", kind: row.kind, first: first, last: last, isPast: last < today,
                            isCancelled: row.state == .cancelled)
                    }
                }
            }
            let undated = rows.filter { $0.firstDay == nil && $0.state != .cancelled }.map { (label: $0.title, path: paths[$0.id] ?? "") }
            return (programme, Timeline(items: items.sorted(by: Timeline.comesFirst), undated: undated, today: today))
        }
    }

    private static func show(_ request: Request) async throws -> Response {
        let (programme, timeline) = try await load(request)
        let words = request.words
        let title = words("visits.timeline.title")
        let rows = timeline.items.map { item -> Markup in
            "<tr><th scope=\"row\"><a href=\"\(item.path)\">\(item.label)</a></th><td>\(words.name("events.eventKind", of: item.kind))</td><td>\(words.days(item.first, item.last))</td><td>\(state(item, timeline, words))</td></tr>"
        }
        let heads = ["what", "kind", "dates", "state"].map { "<th scope=\"col\">\(words("visits.timeline.\($0)"))</th>" as Markup }
        let table: Markup =
            rows.isEmpty
            ? .empty
            : """
            <figure class="plot"><div class="scroll" role="region" aria-label="\(words("visits.timeline.drawing"))" tabindex="0">\(TimelineDrawing(timeline: timeline, words: words).svg)</div></figure>
            <div class="scroll" role="region" aria-label="\(title)" tabindex="0"><table class="table" aria-label="\(title)"><thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
        let undated = timeline.undated.map { "<li><a href=\"\($0.path)\">\($0.label)</a></li>" as Markup }
        return .page(
            programme.page(
                title, at: "/visites", crumbs: [ProgressPages.visits(programme, request)], request,
                """
                <h1>\(title)</h1><p class="lede">\(timeline.sentence(words))</p>\(table)
                \(undated.isEmpty ? .empty : "<section><h2>\(words("visits.timeline.undatedTitle"))</h2><ul>\(undated)</ul></section>" as Markup)\(request.exports("\(programme.path)/calendrier/export"))
                <p class="acts no-print"><a href="\(CalendarPages.path)">\(words("visits.calendar.link"))</a></p>
                """))
    }

    private static func export(_ request: Request) async throws -> Response {
        let (programme, timeline) = try await load(request)
        let words = request.words
        return try .table(
            header: ["what", "kind", "first", "last", "state"].map { words("visits.timeline.\($0)") },
            rows: timeline.items.map { [$0.label, words.name("events.eventKind", of: $0.kind), $0.first.iso, $0.last.iso, state($0, timeline, words)] },
            named: "calendrier-\(programme.slug)", request)
    }

    private static func state(_ item: Timeline.Item, _ timeline: Timeline, _ words: Words) -> String {
        let key = item.isCancelled ? "cancelled" : item.isPast ? "past" : item.isUnderWay(on: timeline.today) ? "now" : "ahead"
        return words("visits.timeline.is.\(key)")
    }
}
