import Database
import Formats
import Logging

/// What the site does of itself with time: erasures whose week is over, what was kept long enough. Clocks lie: when the clock
/// is further ahead of the last time it was seen than the site was ever stopped, nothing is taken until somebody looked.
public enum Upkeep {
    /// The longest silence that is believed.
    static let patience = Duration.days(30)
    private static let name = "clock_seen_at"
    private static let applied = "retention_applied_at"

    public enum Clock: Sendable, Equatable {
        /// As it should be.
        case believed
        /// Seen for the first time: from now on it is watched.
        case new
        /// Ahead of the last time by so many days.
        case ahead(days: Int)
        /// Behind the last time.
        case behind(days: Int)

        /// Whether what waits for a day may be done on its word.
        public var isTrusted: Bool { self == .believed || self == .new }
    }

    /// What the clock says, against what it said last.
    public static func clock(_ site: Site) async throws -> Clock {
        guard let seen = try await read(name, site) else { return .new }
        let now = site.now()
        if now > seen + patience { return .ahead(days: days(seen, now)) }
        if now + .days(1) < seen { return .behind(days: days(now, seen)) }
        return .believed
    }

    /// What is due, at most once a day for what was kept long enough; every hour for the rest.
    public static func run(_ site: Site) async throws {
        let clock = try await clock(site)
        switch clock {
        case .ahead(let days), .behind(let days):
            site.log.warning("l'horloge a sauté de \(days) jours : rien n'est effacé ni retiré avant « essaim retention --apply --trust-clock »")
            return
        case .new: return try await write(name, site)
        case .believed: try await write(name, site)
        }
        try await Erasures.applyDue(site)
        let last = try await read(applied, site)
        guard last.map({ $0 + .hours(20) <= site.now() }) ?? true else { return }
        try await RetentionTable.apply(site)
        try await write(applied, site)
    }

    /// Somebody looked at the clock: it is believed from now on.
    public static func believe(_ site: Site) async throws { try await write(name, site) }

    private static func days(_ first: Instant, _ last: Instant) -> Int { Int((last.milliseconds - first.milliseconds) / 86_400_000) }

    private static func read(_ name: String, _ site: Site) async throws -> Instant? {
        try await site.database.read { reader in
            guard case .blob(let bytes)? = try reader.rows("SELECT value FROM setting WHERE name = \(name)").first?[0] else { return nil }
            return Int64(String(decoding: bytes, as: UTF8.self)).map { Instant(milliseconds: $0) }
        }
    }

    private static func write(_ name: String, _ site: Site) async throws {
        let value = Array("\(site.now().milliseconds)".utf8)
        try await site.database.write { writer in
            try writer.run("INSERT INTO setting (name, value) VALUES (\(name), \(value)) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        }
    }
}
