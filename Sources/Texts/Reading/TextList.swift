import Community
import Database
import Formats
import Platform

/// The texts of a programme that a person may read: by kind, the latest first.
enum TextList {
    private static let pageSize = 30
    /// So many of the latest can be leafed through; those before, from their visit or by the search.
    private static let ceiling = 1_500

    struct Entry: Sendable {
        let text: Text
        let head: Revision
        let state: TextState
        let author: String?
    }

    static func show(_ request: Request) async throws -> Response {
        let kind = request.query["genre"].flatMap(TextKind.init)
        let number = min(max(1, request.query.integer("page") ?? 1), ceiling / pageSize)
        let (programme, entries, all) = try await request.site.database.read { reader in
            let programme = try ProgrammeFrame.load(request["programme"], reader, request)
            let (entries, all) = try load(programme.id, kind, page: number, reader, request)
            return (programme, entries, all)
        }
        let words = request.words
        let title = words("texts.list.title")
        let content = entries.isEmpty ? empty(programme, isFiltered: kind != nil, words) : list(entries, words)
        return .page(
            programme.page(
                title, at: "/textes", request,
                """
                <h1>\(title)</h1><p class="lede">\(words("texts.list.lede"))</p>
                \(filter(programme, kind, request))\(content)\(pages(programme, kind, number, all, words))
                """))
    }

    private static func load(
        _ programme: String, _ kind: TextKind?, page: Int, _ reader: any Reader, _ request: Request
    ) throws
        -> ([Entry], Int)
    {
        let policy = request.site.policy
        let only: SQL = kind.map { "AND text.kind = \($0)" } ?? ""
        let from: SQL = """
            FROM revision CROSS JOIN text JOIN access ON access.object_id = text.id
            WHERE text.head_id = revision.id AND text.programme_id = \(programme) AND \(policy.condition(.seeHistory, request.viewer)) \(only)
            """
        let ids = try reader.texts(
            "SELECT text.id \(from) ORDER BY revision.created_at DESC, revision.id DESC LIMIT \(pageSize) OFFSET \((page - 1) * pageSize)")
        let entries = try ids.map { id -> Entry in
            let text = try TextQueries.text(id, reader)
            let head = try TextQueries.head(id, reader)
            guard let thing = try reader.protection(of: id) else { throw NotFound() }
            return Entry(
                text: text, head: head, state: try TextState.of(text, head, thing, reader),
                author: try Authors.names([head], reader).values.first)
        }
        let counted = try reader.count(
            """
            SELECT COUNT(*) FROM (SELECT 1 \(from) ORDER BY revision.created_at DESC, revision.id DESC LIMIT \(ceiling)) AS latest
            """)
        return (entries, counted)
    }

    private static func filter(_ programme: Programme, _ kind: TextKind?, _ request: Request) -> Markup {
        let words = request.words
        let kinds = [("", words("texts.list.all"))] + TextKind.allCases.map { ($0.rawValue, words.name("texts.kind", of: $0)) }
        let form = FormView(request, values: Fields([("genre", kind?.rawValue ?? "")]))
        return """
            <form class="filters" method="get" action="\(programme.path)/textes">\(form.select("genre", words("texts.list.kind"), options: kinds))<button class="button quiet">\(words("texts.list.filter"))</button></form>
            """
    }

    private static func list(_ entries: [Entry], _ words: Words) -> Markup {
        let items = entries.map { entry -> Markup in
            """
            <li><h2><a href="/textes/\(entry.text.id)">\(entry.head.title)</a></h2><p class="meta">\(words.name("texts.kind", of: entry.text.kind)) · \(entry.state.shown(words)) · \(words("texts.revision.number", ["n": entry.head.number]))\(entry.author.map { ", \($0)" }), \(words.element(entry.head.createdAt))</p></li>
            """
        }
        return "<ol class=\"entries\">\(items)</ol>"
    }

    private static func empty(_ programme: Programme, isFiltered: Bool, _ words: Words) -> Markup {
        let key = isFiltered ? "filtered" : "none"
        return """
            <div class="empty"><h2>\(words("texts.list.\(key).title"))</h2><p>\(words("texts.list.\(key).text"))</p><p class="acts"><a class="button" href="\(programme.path)/visites">\(words("texts.list.visits"))</a></p></div>
            """
    }

    private static func pages(_ programme: Programme, _ kind: TextKind?, _ number: Int, _ all: Int, _ words: Words) -> Markup {
        let last = max(1, (all + pageSize - 1) / pageSize)
        guard last > 1 else { return .empty }
        func link(_ page: Int, _ rel: String) -> Markup {
            guard (1...last).contains(page) else { return .empty }
            let query = (kind.map { "genre=\($0.rawValue)&" } ?? "") + "page=\(page)"
            return "<a rel=\"\(rel)\" href=\"\(programme.path)/textes?\(query)\">\(words("texts.list.\(rel)"))</a>"
        }
        return """
            <nav class="pages" aria-label="\(words("texts.list.pages"))">\(link(number - 1, "prev")) <span>\(words("texts.list.page", ["number": number, "last": last]))</span> \(link(number + 1, "next"))</nav>
            """
    }
}
