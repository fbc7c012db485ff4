/// PostgreSQL, on a server of its own: any number of Essaim servers on one database.
public final class PostgreSQLDatabase: Database {
    public let dialect: any Dialect = PostgreSQLDialect()
    let address: PostgreSQLAddress
    private let pool: PostgreSQLPool
    private let connection: @Sendable () -> PostgreSQLConnection

    /// Connects, and checks that the server can be used.
    /// - Parameters:
    ///   - address: `postgres://user@host:port/name`, with the parameters of libpq (`sslmode`…).
    ///   - schema: where the tables are, when it is not where the server puts them.
    ///   - connections: how many at most.
    ///   - isDurable: false for a server that may lose everything, in tests.
    /// - Throws: `DatabaseProblem`
    public init(_ address: String, schema: String? = nil, connections: Int = 8, isDurable: Bool = true) async throws {
        let address = try PostgreSQLAddress(address)
        let connection = { @Sendable in
            PostgreSQLConnection { try PostgreSQLSession.open(address, schema: schema, isDurable: isDurable) }
        }
        self.address = address
        self.connection = connection
        pool = PostgreSQLPool(limit: connections, make: connection)
        try await translated { try await self.pool.lend { try await $0.perform { _ in } } }
    }

    public func read<T: Sendable>(_ body: @Sendable @escaping (any Reader) throws -> T) async throws -> T {
        try await repeated { session in try session.transact(.reading) { try body($0) } }
    }

    @discardableResult public func write<T: Sendable>(_ body: @Sendable @escaping (any Writer) throws -> T) async throws -> T {
        try await repeated { session in try session.transact(.writing) { try body($0) } }
    }

    public func say(_ message: String) async throws {
        try await write { try $0.announce(message) }
    }

    public func changes() -> AsyncStream<ChangeSignal> {
        AsyncStream { signals in
            let listening = Task { [connection] in
                while !Task.isCancelled {
                    try? await Self.listen(on: connection(), signals)
                    signals.yield(.lost)
                    try? await Task.sleep(for: .seconds(1))
                }
            }
            signals.onTermination = { _ in listening.cancel() }
        }
    }

    /// Listens until the connection is lost. What was said before is not known: something may have changed.
    private static func listen(on connection: PostgreSQLConnection, _ signals: AsyncStream<ChangeSignal>.Continuation) async throws {
        try await connection.perform { try $0.listen() }
        signals.yield(.changed)
        var silence = 0
        while !Task.isCancelled {
            let heard = try await connection.perform { try $0.hears(within: 500) }
            for message in heard where !message.isEmpty { signals.yield(.said(message)) }
            if heard.contains("") { signals.yield(.changed) }
            if !heard.isEmpty {
                silence = 0
            } else {
                silence += 1
                // A server that vanished without a word is only noticed by asking it something.
                if silence % 30 == 0 { _ = try await connection.perform { try $0.count("SELECT 1") } }
            }
        }
    }

    public func scrub(indexes: [String]) async throws {
        let tables = try await read { try $0.texts("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema()") }
        for table in tables { try await repeated { _ = try $0.command("VACUUM (FULL, ANALYZE) \(table)") } }
    }

    public func close() throws {
        pool.close()
    }

    /// Runs a transaction again, after a pause, as long as that may help and nothing of it was kept.
    private func repeated<T: Sendable>(_ work: @escaping @Sendable (PostgreSQLSession) throws -> T) async throws -> T {
        var attempts = 0
        return try await translated {
            while true {
                attempts += 1
                do {
                    return try await pool.lend { try await $0.perform(work) }
                } catch let failure as PostgreSQLFailure where failure.isWorthRepeating(after: attempts) {
                    let longest = min(200.0, 2 * Double(1 << min(attempts, 7)))
                    try await Task.sleep(for: .milliseconds(Double.random(in: 0...longest)))
                }
            }
        }
    }
}

/// Failures in our words.
private func translated<T>(_ body: () async throws -> T) async throws -> T {
    do { return try await body() } catch let failure as PostgreSQLFailure { throw failure.problem }
}
