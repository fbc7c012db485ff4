import Database
import Formats

/// What happened in the whole site or in a whole programme, the last line first, by person, by kind of act and by date.
package struct Journal: Sendable {
    /// Whose journal it is.
    package enum Extent: Sendable {
        /// Log-ins, invitations, accounts, the first start: for the administrator.
        case site
        /// What a person may see the history of, in a programme.
        case programme(String)
    }

    /// What is asked of it, in the address.
    package struct Wish: Sendable {
        /// Somebody, by identifier: what they did and what was done about them.
        let person: String
        /// A part of the name of whoever acted.
        let name: String
        /// `visit`, `account`…: what an action begins with.
        let family: String
        let first: Day?
        let last: Day?
        /// The days typed that are none.
        let refused: [DayRefusal]
        let page: Int

        package init(_ query: Fields) {
            var refused: [DayRefusal] = []
            func day(_ field: String) -> Day? {
                do { return try DayEntry.read(query, field) } catch {
                    refused.append(error)
                    return nil
                }
            }
            person = query.line("personne")
            name = query.line("nom")
            family = query.line("acte")
            (first, last) = (day("du"), day("au"))
            self.refused = refused
            page = max(1, query.integer("page") ?? 1)
        }
    }

    static let size = 40
    /// So many lines of the newest can be leafed through; those before, by their dates.
    static let ceiling = 2_000
    /// An export stops there: a spreadsheet is no archive, `essaim backup` is.
    private static let exported = 20_000

    let entries: [HistoryEntry]
    let names: [String: String]
    let families: [String]
    let page: Int
    let pages: Int
    /// Whether there are more lines than can be leafed through.
    let isCapped: Bool

    package static func load(
        _ extent: Extent, _ wish: Wish, whole: Bool = false, _ reader: any Reader, _ request: Request
    ) throws -> Journal {
        let within = within(extent, request)
        let filter = within + condition(wish)
        let count = try reader.count(
            "SELECT COUNT(*) FROM (SELECT 1 FROM \(tables) WHERE \(filter) ORDER BY at DESC, audit.id DESC LIMIT \(ceiling + 1)) AS newest")
        let pages = max(1, (min(count, ceiling) + size - 1) / size)
        let page = min(wish.page, pages)
        let (limit, offset) = whole ? (exported, 0) : (size, (page - 1) * size)
        let entries = try reader.all(
            HistoryEntry.self,
            """
            SELECT \(HistoryEntry.columns) FROM \(tables) WHERE \(filter)
            ORDER BY at DESC, audit.id DESC LIMIT \(limit) OFFSET \(offset)
            """)
        return Journal(
            entries: entries, names: try HistoryEntry.names(in: entries, reader),
            families: try families(within, reader, request), page: page, pages: pages, isCapped: count > ceiling)
    }

    /// The families of acts that there are: each known one is looked for once, whatever the length of the journal.
    private static func families(_ within: SQL, _ reader: any Reader, _ request: Request) throws -> [String] {
        let known = Set(
            request.words.keys.filter { $0.hasPrefix("action.") }.compactMap { $0.split(separator: ".").dropFirst().first.map(String.init) })
        return try known.sorted().filter { family in
            try reader.exists(
                """
                SELECT 1 FROM \(tables) WHERE \(within) AND action >= \("\(family).") AND action < \("\(family)/") LIMIT 1
                """)
        }
    }

    private static let tables: SQL =
        "audit LEFT JOIN person ON person.id = actor_id LEFT JOIN access ON access.object_id = audit.object_id"

    private static func within(_ extent: Extent, _ request: Request) -> SQL {
        switch extent {
        case .site: "audit.object_kind IN ('account', 'mail', 'person', 'site')"
        case .programme(let id):
            "audit.programme_id = \(id) AND \(request.site.policy.condition(.seeHistory, request.viewer))"
        }
    }

    private static func condition(_ wish: Wish) -> SQL {
        var all: SQL = ""
        if !wish.person.isEmpty {
            let mention = "%\"\(escaped(wish.person))\"%"
            all = all + " AND (actor_id = \(wish.person) OR audit.object_id = \(wish.person) OR details LIKE \(mention) ESCAPE '!')"
        }
        if !wish.name.isEmpty { all = all + " AND person.sort_key LIKE \("%\(escaped(French.sortKey(wish.name)))%") ESCAPE '!'" }
        if !wish.family.isEmpty { all = all + " AND action LIKE \("\(escaped(wish.family)).%") ESCAPE '!'" }
        if let first = wish.first { all = all + " AND at >= \(start(first))" }
        if let last = wish.last { all = all + " AND at < \(start(last.adding(days: 1)))" }
        return all
    }

    private static func start(_ day: Day) -> Instant { Instant(milliseconds: Int64(day.daysSinceEpoch) * 86_400_000) }

    private static func escaped(_ text: String) -> String {
        String(text.flatMap { "!%_".contains($0) ? ["!", $0] : [$0] })
    }
}
