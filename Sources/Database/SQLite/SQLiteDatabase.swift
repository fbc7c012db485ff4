import Dispatch
import GRDB

/// SQLite in one file under the data folder: WAL, one writer, several readers, every commit on the disk.
public final class SQLiteDatabase: Database {
    private let pool: DatabasePool
    public let dialect: any Dialect = SQLiteDialect()

    /// - Throws: `DatabaseProblem` when the file cannot be opened, or when `synchronous = FULL` cannot be put in force.
    public init(path: String, readers: Int = 4) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.maximumReaderCount = readers
        configuration.label = "essaim"
        // A service may not raise its own priority: the system would note each refusal in its journal.
        configuration.qos = .default
        configuration.prepareDatabase { connection in
            try connection.execute(sql: "PRAGMA cache_size = -8000; PRAGMA secure_delete = ON")
            try SQLiteRank.install(in: connection)
        }
        pool = try translated {
            try SQLiteFile.prepare(path)
            return try DatabasePool(path: path, configuration: configuration)
        }
        // GRDB sets NORMAL on its writer after `prepareDatabase`, which loses the last commits in a power cut.
        let level = try translated {
            try pool.writeWithoutTransaction { connection in
                try connection.execute(sql: "PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864")
                return try Int.fetchOne(connection, sql: "PRAGMA synchronous") ?? -1
            }
        }
        guard level == 2 else { throw DatabaseProblem.notDurable("synchronous = \(level)") }
    }

    public func read<T: Sendable>(_ body: @Sendable @escaping (any Reader) throws -> T) async throws -> T {
        try await translated {
            try await pool.read { try body(SQLiteConnection(connection: $0)) }
        }
    }

    @discardableResult public func write<T: Sendable>(_ body: @Sendable @escaping (any Writer) throws -> T) async throws -> T {
        try await translated {
            try await pool.write { try body(SQLiteConnection(connection: $0)) }
        }
    }

    public func backUp(to path: String) async throws {
        try translated {
            let copy = try DatabaseQueue(path: path)
            try pool.backup(to: copy)
            try copy.close()
        }
    }

    public func say(_ message: String) async throws {}

    public func changes() -> AsyncStream<ChangeSignal> {
        AsyncStream { continuation in
            let looking = Task { [pool] in
                var known: Int?
                while !Task.isCancelled {
                    // Changes when another program commits, not when this one does.
                    let version = try? await pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA data_version") }
                    if let version, version != known { continuation.yield(.changed) }
                    known = version ?? known
                    try? await Task.sleep(for: .seconds(1))
                }
            }
            continuation.onTermination = { _ in looking.cancel() }
        }
    }

    public func integrityProblems() async throws -> [String] {
        try await translated {
            try await pool.read { connection in
                let engine = try String.fetchAll(connection, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                let orphans = try GRDB.Row.fetchAll(connection, sql: "PRAGMA foreign_key_check")
                    .map { "foreign key: table \($0["table"] ?? "?") row \($0["rowid"] ?? -1)" }
                return engine + orphans
            }
        }
    }

    public func scrub(indexes: [String]) async throws {
        try await translated {
            try await pool.writeWithoutTransaction { connection in
                for index in indexes { try connection.execute(sql: "INSERT INTO \(index) (\(index)) VALUES ('optimize')") }
                try connection.execute(sql: "VACUUM; PRAGMA wal_checkpoint(TRUNCATE)")
            }
        }
    }

    /// Closes the file, whole: nothing of it stays in the journal beside it, unless somebody else still reads.
    public func close() throws {
        try translated {
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
            try pool.close()
        }
    }
}

/// GRDB's errors in our words.
private func translated<T>(_ body: () throws -> T) throws -> T {
    do { return try body() } catch let error as DatabaseError { throw problem(error) }
}

private func translated<T>(_ body: () async throws -> T) async throws -> T {
    do { return try await body() } catch let error as DatabaseError { throw problem(error) }
}

private func problem(_ error: DatabaseError) -> DatabaseProblem {
    switch error.resultCode {
    case .SQLITE_CONSTRAINT: .constraint(error.message ?? "constraint")
    case .SQLITE_FULL: .full
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: .readOnly
    case .SQLITE_IOERR: error.extendedResultCode == .SQLITE_IOERR_SHMSIZE ? .full : .readOnly
    case .SQLITE_BUSY, .SQLITE_LOCKED: .busy
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(error.message ?? "damaged")
    default: .other(error.description)
    }
}
