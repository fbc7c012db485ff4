import Database
import Synchronization

/// A database whose reads are all looked at: which of them go through a large table from end to end.
final class WatchedDatabase: Database {
    /// The tables that grow with what people write, under the names that queries give them.
    private static let large: Set<String> = [
        "access", "audit", "consent", "endorsement", "excerpt", "note_block", "note_version", "person", "publication",
        "publication_dimension", "quotation", "revision", "revision_section", "search_document", "search_facet", "section_content",
        "text", "validator",
    ]

    private let inner: any Database
    private let found = Mutex<Set<String>>([])
    private let read = Mutex<Set<String>>([])
    private let skipped = Mutex<Set<Int64>>([])
    var dialect: any Dialect { inner.dialect }
    /// The statements, each with the line of its plan.
    var scans: Set<String> { found.withLock { $0 } }
    /// Every line of every plan.
    var lines: Set<String> { read.withLock { $0 } }
    /// How many publications each list of them skipped before the first that it shows.
    var offsets: Set<Int64> { skipped.withLock { $0 } }

    init(_ inner: any Database) { self.inner = inner }

    func read<T: Sendable>(_ body: @Sendable @escaping (any Reader) throws -> T) async throws -> T {
        try await inner.read { try body(WatchedReader(inner: $0, watch: self)) }
    }

    @discardableResult func write<T: Sendable>(_ body: @Sendable @escaping (any Writer) throws -> T) async throws -> T {
        try await inner.write(body)
    }

    func backUp(to path: String) async throws { try await inner.backUp(to: path) }
    func say(_ message: String) async throws { try await inner.say(message) }
    func changes() -> AsyncStream<ChangeSignal> { inner.changes() }
    func scrub(indexes: [String]) async throws { try await inner.scrub(indexes: indexes) }
    func integrityProblems() async throws -> [String] { try await inner.integrityProblems() }
    func close() throws { try inner.close() }

    /// A walk along an index is none when it stops after some rows.
    func look(at statement: SQL, _ reader: any Reader) throws {
        let stops = statement.text.contains("LIMIT")
        if statement.text.contains("FROM publication"), statement.text.contains("OFFSET ?"), case .integer(let offset)? = statement.values.last {
            skipped.withLock { _ = $0.insert(offset) }
        }
        guard dialect.name == "sqlite" else { return try lookOnServer(at: statement, reader) }
        for row in try reader.rows("EXPLAIN QUERY PLAN \(statement)") {
            guard case .text(let line) = row[3] else { continue }
            read.withLock { _ = $0.insert(line) }
            let words = line.split(separator: " ").map(String.init)
            guard words.first == "SCAN", words.count > 1, Self.large.contains(words[1]) else { continue }
            if stops, words.contains("USING") || words[1] == "search_document" { continue }
            found.withLock { _ = $0.insert("\(line): \(statement.text)") }
        }
    }

    /// What makes PostgreSQL read a small table from end to end, or two side by side, whatever their indexes: turned off, it does so
    /// only where no index serves.
    private static let habits = ["enable_seqscan", "enable_hashjoin", "enable_mergejoin"]
    /// Indexes of some rows only.
    private static let partial = ["text_of_minutes"]

    private func lookOnServer(at statement: SQL, _ reader: any Reader) throws {
        for habit in Self.habits { _ = try reader.rows("SET LOCAL \(SQL(text: habit)) = off") }
        defer { for habit in Self.habits { _ = try? reader.rows("SET LOCAL \(SQL(text: habit)) = on") } }
        let plan = try reader.rows("EXPLAIN \(statement)").compactMap { if case .text(let line) = $0[0] { line } else { nil } }
        for (line, next) in zip(plan, plan.dropFirst() + [""]) {
            // An index is walked from end to end where no condition says which part of it, unless it is itself of a part.
            let isPart = next.contains("Index Cond")
            if isPart { read.withLock { _ = $0.insert(line) } }
            guard !isPart, !Self.partial.contains(where: { line.contains($0) }), !statement.text.contains("LIMIT"),
                let table = line.firstMatch(of: #/(?:Seq Scan|Index Scan using \w+|Index Only Scan using \w+) on (\w+)/#)?.output.1,
                Self.large.contains(String(table))
            else { continue }
            found.withLock { _ = $0.insert("\(line): \(statement.text)") }
        }
    }
}

private struct WatchedReader: Reader {
    let inner: any Reader
    let watch: WatchedDatabase
    var dialect: any Dialect { inner.dialect }

    func rows(_ statement: SQL) throws -> [Row] {
        try watch.look(at: statement, inner)
        return try inner.rows(statement)
    }
}
