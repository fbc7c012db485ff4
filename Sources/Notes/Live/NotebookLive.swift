import Database
import Formats
import Platform
import Visits

/// The notebook on the network: the notes that the group shares, who writes now, who holds the pen, told as it happens. What is
/// not shared is told to nobody, not even that it is there.
enum NotebookLive {
    static func topic(_ visit: Visit) -> String { "notebook:\(visit.id)" }

    static func follow(_ request: Request) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        let visit = open.visit
        let topics: Set<String> = [
            topic(visit), LiveTopic.thing(visit.id), LiveTopic.kind("note", in: visit.programmeId), LiveTopic.kind("pen", in: visit.programmeId),
        ]
        let feed = LiveFeed(topics, at: open.isMember ? LivePlace(topic(visit)) : nil, saying: "notes.live.shared") { request in
            try await request.site.database.read { reader in
                try news(OpenNotebook.of(VisitQueries.load(id: visit.id, reader), request, reader), reader, request)
            }
        }
        return try await .live(feed, request)
    }

    /// « J’écris », said by the page while one does: never what.
    static func write(_ request: Request) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        guard open.isMember else { throw NotFound() }
        await request.giveSign(at: LivePlace(topic(open.visit)), doing: .writing)
        return .json(.object([:]))
    }

    private static func news(_ open: OpenNotebook, _ reader: any Reader, _ request: Request) throws -> LiveNews {
        let notes = try SharedNote.all(open.visit.id, reader, request)
        let pens = open.isMember ? try PenTurns.now(open.visit, reader) : [:]
        let others = notes.filter { $0.authorId != request.viewer.personId }
        return LiveNews(
            mark: mark(notes, pens), things: Dictionary(others.map { ($0.id, $0.author) }) { first, _ in first },
            presence: open.isMember ? request.othersThere(topic(open.visit), saying: "notes.live") : [:])
    }

    /// The same as long as the group sees the same.
    private static func mark(_ notes: [SharedNote], _ pens: [String: PenTurn]) -> String {
        let lines = notes.map { "\($0.id) \($0.version) \($0.isTwin) \($0.photos) \($0.dimensionId ?? "") \($0.order)" }
        let held = pens.values.map { "\($0.encounterId) \($0.personId)" }.sorted()
        return String(Secrets.sha256((lines + held).joined(separator: "\n")).prefix(24))
    }

    /// What stands above the notes of a notebook: who is there, who holds the pen, the ways to read it together.
    static func bar(_ open: OpenNotebook, _ request: Request) async throws -> Markup {
        let (now, pens) = try await request.site.database.read { reader in
            (try news(open, reader, request), open.isMember ? try PenTurns.now(open.visit, reader) : [:])
        }
        let words = request.words
        let common: Markup = open.isMember ? "<a href=\"\(open.path)/commune\">\(words("notes.common.open"))</a> " : .empty
        return """
            \(request.query["fait"] == "stylo" ? PenView.done(words) : .empty)<p>\(request.livePlace("", now.presence))</p>\(line(open, now, request))
            <div class="no-print" data-live-part="pen">\(PenView.line(pens, open, request))</div>
            <p class="acts no-print">\(common)<a href="\(open.path)/lecture">\(words("notes.reading.open"))</a></p>
            """
    }

    private static func line(_ open: OpenNotebook, _ now: LiveNews, _ request: Request) -> Markup {
        request.live(
            "\(open.path)/direct", since: now.mark,
            signs: open.isMember ? (path: "\(open.path)/presence", fields: "form.notebook") : nil)
    }

    /// The line of a page that shows the group's notes otherwise.
    static func line(_ open: OpenNotebook, _ reader: any Reader, _ request: Request) throws -> Markup {
        line(open, try news(open, reader, request), request)
    }
}
