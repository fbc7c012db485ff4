import Database
import Events
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
        let subgroup = request.query.optional("sous-groupe")
        let topics: Set<String> = [
            topic(visit), LiveTopic.thing(visit.id), LiveTopic.kind("note", in: visit.programmeId), LiveTopic.kind("pen", in: visit.programmeId),
        ]
        let isMember = open.isMember
        let feed = LiveFeed(topics, at: isMember ? place(of: request, open) : nil, saying: "notes.live.shared") { request in
            try await request.site.database.read { reader in
                let now = try OpenNotebook.of(VisitQueries.load(id: visit.id, reader), request, reader)
                // Whoever left the group keeps their own notes; the page that they opened as one of it is over.
                guard now.isMember == isMember else { throw NotFound() }
                return try news(now, of: subgroup, reader, request)
            }
        }
        return try await .live(feed, request)
    }

    /// « J’écris », said by the page while one does: never what.
    static func write(_ request: Request) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        guard open.isMember else { throw NotFound() }
        await request.giveSign(at: place(of: request, open), doing: .writing)
        return .json(.object([:]))
    }

    /// Where somebody is at work: with their sub-group, else with all.
    private static func place(of request: Request, _ open: OpenNotebook) -> LivePlace {
        LivePlace(topic(open.visit), open.subgroup(of: request.viewer.personId)?.id ?? "")
    }

    /// - Parameter subgroup: whose notes are followed; everybody's when nil.
    private static func news(_ open: OpenNotebook, of subgroup: String? = nil, _ reader: any Reader, _ request: Request) throws -> LiveNews {
        let notes = try SharedNote.all(open.visit.id, matching: NoteFilter(subgroup: subgroup), reader, request)
        let pens = open.isMember ? try PenTurns.now(open.visit, reader) : [:]
        let others = notes.filter { $0.authorId != request.viewer.personId }
        return LiveNews(
            mark: mark(notes, pens), things: Dictionary(others.map { ($0.id, $0.author) }) { first, _ in first },
            presence: open.isMember ? present(open, subgroup, request) : [:])
    }

    /// Who else is there: in the sub-group that is followed; in each by its name, and with all, otherwise.
    private static func present(_ open: OpenNotebook, _ subgroup: String?, _ request: Request) -> [String: String] {
        let there = request.othersThere(topic(open.visit), saying: "notes.live")
        if let subgroup { return there[subgroup].map { ["": $0] } ?? [:] }
        let apart = open.subgroups.compactMap { group in
            there[group.id].map { request.words("notes.live.apart", ["subgroup": group.name, "said": $0]) }
        }
        let said = ([there[""]].compactMap { $0 } + apart).joined(separator: " ")
        return said.isEmpty ? [:] : ["": said]
    }

    /// The same as long as the group sees the same.
    private static func mark(_ notes: [SharedNote], _ pens: [String: PenTurn]) -> String {
        let lines = notes.map { "\($0.id) \($0.version) \($0.isTwin) \($0.photos) \($0.places.map { "\($0.dimensionId ?? "")/\($0.rank)" }.joined(separator: ","))" }
        let held = pens.values.map { "\($0.encounterId) \($0.personId)" }.sorted()
        return String(Secrets.sha256((lines + held).joined(separator: "\n")).prefix(24))
    }

    /// What stands above the notes of a notebook: who is there, who holds the pen, the ways to read it together.
    static func bar(_ open: OpenNotebook, _ request: Request) async throws -> Markup {
        let subgroup = request.method == .get ? request.query.optional("sous-groupe") : nil
        let (now, pens) = try await request.site.database.read { reader in
            (try news(open, of: subgroup, reader, request), open.isMember ? try PenTurns.now(open.visit, reader) : [:])
        }
        let words = request.words
        let common: Markup = open.isMember ? "<a href=\"\(open.path)/commune\">\(words("notes.common.open"))</a> " : .empty
        return """
            \(request.query["fait"] == "stylo" ? PenView.done(words) : .empty)\(tabs(open, subgroup, request))<p>\(request.livePlace("", now.presence))</p>\(line(open, now, of: subgroup, request))
            <div class="no-print" data-live-part="pen">\(PenView.line(pens, open, request))</div>
            <p class="acts no-print">\(common)<a href="\(open.path)/lecture">\(words("notes.reading.open"))</a></p>
            """
    }

    /// The notes of everybody, or those of a sub-group, one's own first.
    private static func tabs(_ open: OpenNotebook, _ subgroup: String?, _ request: Request) -> Markup {
        guard !open.subgroups.isEmpty else { return .empty }
        let words = request.words
        let own = open.subgroup(of: request.viewer.personId)
        let known = [own].compactMap { $0 } + open.subgroups.filter { $0.id != own?.id }
        let named = [("", words("notes.live.everybody"))] + known.map { ("?sous-groupe=\($0.id)", $0.name) }
        let links = named.map { query, name -> Markup in
            let isHere = query == (subgroup.map { "?sous-groupe=\($0)" } ?? "")
            return "<a href=\"\(open.path)\(query)\"\(Markup.attribute("aria-current", value: isHere ? "page" : nil))>\(name)</a> "
        }
        return "<nav class=\"tabs no-print\" aria-label=\"\(words("notes.live.subgroups"))\">\(links)</nav>"
    }

    private static func line(_ open: OpenNotebook, _ now: LiveNews, of subgroup: String? = nil, _ request: Request) -> Markup {
        request.live(
            "\(open.path)/direct\(subgroup.map { "?sous-groupe=\(URLForm.encode($0))" } ?? "")", since: now.mark,
            signs: open.isMember ? (path: "\(open.path)/presence", fields: "form.notebook") : nil)
    }

    /// The line of a page that shows the group's notes otherwise.
    static func line(_ open: OpenNotebook, _ reader: any Reader, _ request: Request) throws -> Markup {
        line(open, try news(open, reader, request), request)
    }
}
