import Database
import Formats

/// A page of the list of mails, with how many there are in each state.
struct OutboxList: Sendable {
    /// What is asked of it, in the address.
    struct Wish: Sendable {
        let state: OutboxEntry.State?
        /// A part of an address, or of a name.
        let recipient: String
        let page: Int

        init(_ query: Fields) {
            state = OutboxEntry.State(rawValue: query.line("etat"))
            recipient = query.line("destinataire")
            page = max(1, query.integer("page") ?? 1)
        }
    }

    static let size = 25

    let entries: [OutboxEntry]
    let counts: [OutboxEntry.State: Int]
    /// Why nothing leaves, when nothing does.
    let trouble: OutboxEntry?
    let page: Int
    let pages: Int

    static func load(_ wish: Wish, _ reader: any Reader) throws -> OutboxList {
        struct Count: Decodable {
            var state: OutboxEntry.State
            var n: Int
        }
        let condition = condition(wish)
        let count = try reader.count("SELECT COUNT(*) FROM mail LEFT JOIN person ON person.id = mail.person_id WHERE \(condition)")
        let pages = max(1, (count + size - 1) / size)
        let page = min(wish.page, pages)
        let counts = try reader.all(Count.self, "SELECT state, COUNT(*) AS n FROM mail GROUP BY state")
        return OutboxList(
            entries: try OutboxEntry.all(where: condition, limit: size, offset: (page - 1) * size, reader),
            counts: Dictionary(uniqueKeysWithValues: counts.map { ($0.state, $0.n) }), trouble: try OutboxEntry.trouble(reader), page: page,
            pages: pages)
    }

    private static func condition(_ wish: Wish) -> SQL {
        var all: SQL = "1 = 1"
        if let state = wish.state { all = all + " AND mail.state = \(state.rawValue)" }
        if !wish.recipient.isEmpty {
            let (address, name) = (SQL.containing(People.emailKey(wish.recipient)), SQL.containing(French.sortKey(wish.recipient)))
            all = all + " AND (lower(mail.address) LIKE \(address) ESCAPE '!' OR person.sort_key LIKE \(name) ESCAPE '!')"
        }
        return all
    }
}

/// What an administrator has to do about mails.
enum OutboxTodos {
    static let todos: @Sendable (any Reader, Request) throws -> [Todo] = { reader, request in
        let site = request.site
        guard site.policy.allows(.administerSite, request.viewer), !site.configuration.isDemonstration else { return [] }
        var todos: [Todo] = []
        let (failed, waiting) = (try Outbox.failed(reader), try Outbox.waiting(reader))
        if failed > 0 {
            todos.append(Todo(title: request.words("platform.outbox.todo.failed", ["n": failed]), path: "\(OutboxRoutes.path)?etat=failed"))
        }
        if site.configuration.mail == nil, waiting > 0 {
            todos.append(Todo(title: request.words("platform.outbox.todo.unset", ["n": waiting]), path: OutboxRoutes.path))
        } else if try OutboxEntry.trouble(reader) != nil {
            todos.append(Todo(title: request.words("platform.outbox.todo.trouble", ["n": waiting]), path: OutboxRoutes.path))
        }
        return todos
    }
}
