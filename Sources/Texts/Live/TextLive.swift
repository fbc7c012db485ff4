import Database
import Formats
import Platform

/// A text that several people have open: new revisions, and who writes in which section, told as they happen.
enum TextLive {
    /// The page of the text; with `?section=`, that of whoever writes the section.
    static func follow(_ request: Request, _ open: OpenText) async throws -> Response {
        let (id, base, key) = (open.text.id, open.base, request.query.optional("section"))
        let place = key.map { LivePlace(id, $0) }
        let feed = LiveFeed([LiveTopic.thing(id)], at: place, saying: key == nil ? "texts.live.revised" : "texts.live.section") { request in
            let open = try await OpenText.load(id, base: base, request)
            guard let key else { return try await news(open, request) }
            guard open.mayWrite(request) else { throw Forbidden(open.text.kind.right ?? .writeNote) }
            return try await news(open, section: key, request)
        }
        return try await .live(feed, request)
    }

    private static func news(_ open: OpenText, section key: String? = nil, _ request: Request) async throws -> LiveNews {
        let mark = try mark(open, section: key)
        var things: [String: String] = [:]
        // What one does oneself is no news.
        if let author = open.head.authorId, author != request.viewer.personId {
            things[mark] = try await request.site.database.read { try Authors.names([open.head], $0)[author] }
        }
        return LiveNews(mark: mark, things: things, presence: present(open, request))
    }

    /// The revision; the words of a section, so that one who writes there is not told of the others.
    static func mark(_ open: OpenText, section key: String? = nil) throws -> String {
        guard let key else { return open.head.id }
        guard let section = open.head.section(key) else { throw NotFound() }
        return String(Secrets.sha256(section.body).prefix(20))
    }

    /// Who is at work, by section.
    static func present(_ open: OpenText, _ request: Request) -> [String: String] {
        request.othersThere(open.text.id, saying: "texts.live")
    }

    /// « J’écris ici », said by the page while one does.
    static func write(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.mayWrite(request) else { throw Forbidden(open.text.kind.right ?? .writeNote) }
        guard open.head.section(request["section"]) != nil else { throw NotFound() }
        await request.giveSign(at: LivePlace(open.text.id, request["section"]), doing: .writing)
        return .json(.object([:]))
    }

    /// The line of the text's page.
    static func line(_ open: OpenText, _ request: Request) throws -> Markup {
        request.live("\(open.base)/direct", since: try mark(open))
    }

    /// The line of the page where a section is written.
    static func line(_ open: OpenText, section key: String, _ request: Request) throws -> Markup {
        let query = URLForm.encode([("section", key)])
        return request.live(
            "\(open.base)/direct?\(query)", since: try mark(open, section: key),
            signs: (path: "\(open.base)/sections/\(key)/presence", fields: ".editor, [data-editor]"))
    }
}
