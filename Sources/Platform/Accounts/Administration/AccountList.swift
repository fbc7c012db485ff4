import Database
import Formats

/// A page of the list of accounts, with how many there are of each kind.
struct AccountList: Sendable {
    /// What is asked of it, in the address.
    struct Wish: Sendable {
        let filter: AccountFilter?
        /// Parts of a name or of an address, all of them wanted.
        let words: [String]
        let order: Order

        init(_ request: Request) {
            let filters = AccountFilter.offered(request.site)
            filter = AccountFilter(rawValue: request.query.line("etat")).flatMap { filters.contains($0) ? $0 : nil }
            words = request.query.line("nom").split(separator: " ").prefix(6).map(String.init)
            order = Order(rawValue: request.query.line("tri")) ?? .name
        }

        func condition(at now: Instant) -> SQL {
            let typed = words.map { word -> SQL in
                let (address, name) = (SQL.containing(People.emailKey(word)), French.sortKey(word))
                // Signs alone are in no name.
                guard !name.isEmpty else { return "person.email_key LIKE \(address) ESCAPE '!'" }
                return "(person.email_key LIKE \(address) ESCAPE '!' OR person.sort_key LIKE \(SQL.containing(name)) ESCAPE '!')"
            }
            return ([filter?.condition(at: now) ?? "1 = 1"] + typed).joined(" AND ")
        }
    }

    enum Order: String, CaseIterable, Sendable {
        case name = "nom"
        case visit = "visite"
        case opening = "ouverture"
    }

    static let size = 30

    let page: Paged<AccountEntry>
    let counts: [AccountFilter: Int]

    /// - Parameter whole: all the accounts that the address asks for, for a file.
    static func load(whole: Bool = false, _ reader: any Reader, _ request: Request) throws -> AccountList {
        let (wish, now) = (Wish(request), request.now)
        let counts = try counts(reader, request)
        let count = try count(wish, counts, reader, at: now)
        let page = try Paged(of: count, by: whole ? max(1, count) : size, request) { limit, offset in
            try AccountEntry.all(ids(wish, limit: limit, offset: offset, reader, at: now), reader)
        }
        return AccountList(page: page, counts: counts)
    }

    private static func counts(_ reader: any Reader, _ request: Request) throws -> [AccountFilter: Int] {
        let filters = AccountFilter.offered(request.site)
        let columns = filters.enumerated().map { index, filter -> SQL in
            "COUNT(CASE WHEN \(filter.condition(at: request.now)) THEN 1 END) AS \(SQL(text: "n\(index)"))"
        }
        guard let row = try reader.rows("SELECT \(columns.joined(", ")) FROM account").first else { return [:] }
        return Dictionary(
            uniqueKeysWithValues: filters.enumerated().map { index, filter in
                (filter, row.integer("n\(index)") ?? 0)
            })
    }

    private static func count(_ wish: Wish, _ counts: [AccountFilter: Int], _ reader: any Reader, at now: Instant) throws -> Int {
        guard wish.words.isEmpty else {
            return try reader.count(
                "SELECT COUNT(*) FROM account CROSS JOIN person WHERE person.id = account.person_id AND \(wish.condition(at: now))")
        }
        let kinds = wish.filter.map { [$0] } ?? [.open, .invited, .closed]
        return kinds.reduce(0) { $0 + (counts[$1] ?? 0) }
    }

    /// Along the index of the order, or from the few that are wanted.
    private static func ids(_ wish: Wish, limit: Int, offset: Int, _ reader: any Reader, at now: Instant) throws -> [String] {
        let isOfFew = wish.filter?.isOfFew ?? false
        let (tables, order): (SQL, SQL) =
            switch wish.order {
            case .name: (isOfFew ? "account CROSS JOIN person" : "person CROSS JOIN account", "person.sort_key, person.id")
            case .visit: ("account CROSS JOIN person", "COALESCE(account.seen_at, 0) DESC, account.person_id DESC")
            case .opening: ("account CROSS JOIN person", "account.created_at DESC, account.person_id DESC")
            }
        return try reader.texts(
            """
            SELECT account.person_id FROM \(tables) WHERE person.id = account.person_id AND \(wish.condition(at: now))
            ORDER BY \(order) LIMIT \(limit) OFFSET \(offset)
            """)
    }
}
