import Database
import Formats

/// One line of the retention table: what is kept, how long, what happens then. `key` names its words: `.what`, `.why`, `.then`.
public struct Retention: Sendable {
    public let key: String
    /// How long, in days.
    public let days: Int
    /// How many things are over their time.
    let count: @Sendable (any Reader, Instant) throws -> Int
    /// Does what happens then.
    let apply: @Sendable (Change) throws -> Void

    public init(
        _ key: String, days: Int, count: @escaping @Sendable (any Reader, Instant) throws -> Int,
        apply: @escaping @Sendable (Change) throws -> Void
    ) {
        self.key = key
        self.days = days
        self.count = count
        self.apply = apply
    }

    /// Rows that are deleted. `condition` is given the moment before which they are over.
    public static func rows(
        _ key: String, of table: String, days: Int, where condition: @escaping @Sendable (Instant) -> SQL
    ) -> Retention {
        Retention(
            key, days: days,
            count: { try $0.count("SELECT COUNT(*) FROM \(SQL(text: table)) WHERE \(condition($1 - .days(days)))") },
            apply: { try $0.run("DELETE FROM \(SQL(text: table)) WHERE \(condition($0.now - .days(days)))") })
    }

    /// Columns that are emptied.
    static func emptying(
        _ key: String, of table: String, days: Int, emptied: SQL, where condition: @escaping @Sendable (Instant) -> SQL
    ) -> Retention {
        Retention(
            key, days: days,
            count: { try $0.count("SELECT COUNT(*) FROM \(SQL(text: table)) WHERE \(condition($1 - .days(days)))") },
            apply: { try $0.run("UPDATE \(SQL(text: table)) SET \(emptied) WHERE \(condition($0.now - .days(days)))") })
    }
}

/// The whole table, of all capabilities.
public enum RetentionTable {
    /// What one line would take, or took.
    public struct Line: Sendable, Equatable {
        public let key: String
        public let days: Int
        public let count: Int
    }

    static func lines(_ site: Site) -> [Retention] { site.features.flatMap(\.personal.retentions) }

    /// What would be taken now: nothing is done.
    public static func dryRun(_ site: Site) async throws -> [Line] {
        let now = site.now()
        return try await site.database.read { reader in
            try lines(site).map { Line(key: $0.key, days: $0.days, count: try $0.count(reader, now)) }
        }
    }

    /// Does it, a change for each line, and answers what was taken.
    @discardableResult public static func apply(_ site: Site) async throws -> [Line] {
        var taken: [Line] = []
        for line in lines(site) {
            let count = try await site.amend(as: "site.retentionApplied", by: .site, isPublic: false) { change in
                let count = try line.count(change, change.now)
                guard count > 0 else {
                    change.leaveAsItIs()
                    return 0
                }
                try line.apply(change)
                try change.trace("site", "site", ["line": line.key, "n": String(count)])
                return count
            }
            taken.append(Line(key: line.key, days: line.days, count: count))
        }
        try await closeUnused(site)
        return taken
    }

    /// Accounts whose owners were told a month ago, and did not come: closed as « ancien membre ».
    private static func closeUnused(_ site: Site) async throws {
        let now = site.now()
        for person in try await site.database.read({ try UnusedAccounts.over($0, now) }) {
            do { try await Erasures.apply(.former, keepsAuthorship: true, to: person, by: .site, site) } catch is Refused {
                // The only administrator stays.
            }
        }
    }
}
