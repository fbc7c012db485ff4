import Database
import Formats

/// « À faire »: everything that waits for one person, whatever capability it comes from, the nearest date first.
enum TodoPage {
    private static let size = 50

    static let routes: [Route] = [
        .get("/a-faire", asks: .signedIn, for: "who has an account") { request in
            let site = request.site
            let (todos, places) = try await site.database.read { reader in
                let todos = Paged(sorted(try site.features.compactMap(\.todos).flatMap { try $0(reader, request) }), by: size, request)
                return (todos, try TodoPlaces.load(todos.items, reader, request))
            }
            return .page(page(todos, places, request))
        }
    ]

    /// By date, what has none at the end; the order of the capabilities otherwise.
    static func sorted(_ todos: [Todo]) -> [Todo] {
        let far = Day(year: 9999, month: 12, day: 31)!
        return todos.enumerated()
            .sorted { ($0.element.due ?? far, $0.offset) < ($1.element.due ?? far, $1.offset) }
            .map(\.element)
    }

    private static func page(_ todos: Paged<Todo>, _ places: TodoPlaces, _ request: Request) -> Page {
        let words = request.words
        let title = words("platform.todo.title")
        let content: Markup =
            todos.count == 0
            ? """
            <div class="empty"><h2>\(words("platform.todo.empty.title"))</h2><p>\(words("platform.todo.empty.text"))</p><p class="acts"><a class="button" href="/programmes">\(words("platform.todo.empty.programmes"))</a> \(AdministrationPage.link(request))</p></div>
            """
            : """
            <p class="state-line">\(words("platform.todo.count", ["n": todos.count]))</p>
            <ol class="entries todo">\(todos.items.map { item($0, places, request) })</ol>
            \(request.pages(of: todos))
            """
        return Page(
            title, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)], "<h1>\(title)</h1>\(content)")
    }

    private static func item(_ todo: Todo, _ places: TodoPlaces, _ request: Request) -> Markup {
        let words = request.words
        let due = todo.due.map { due in
            words(todo.isSoonest ? "platform.todo.soonest" : due < request.now.day() ? "platform.todo.late" : "platform.todo.due", ["day": due])
        }
        let meta = [places.programme(of: todo), due].compactMap(\.self).joined(separator: " · ")
        let parts = todo.parts.map { "<li><a href=\"\($0.path)\">\($0.title)</a></li>" as Markup }
        return """
            <li><h2><a href="\(todo.path)">\(todo.title)</a></h2>\(meta.isEmpty ? .empty : "<p class=\"meta\">\(meta)</p>" as Markup)\(parts.isEmpty ? .empty : "<ul>\(parts)</ul>" as Markup)</li>
            """
    }
}
