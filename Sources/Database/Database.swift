/// Where a site keeps what it knows: SQLite in one file, or PostgreSQL on a server.
///
/// Bodies are synchronous: no `await` inside a transaction. They may be run again after a conflict, so they have no
/// effect outside the database.
public protocol Database: Sendable {
    /// The few things the two engines do not say alike.
    var dialect: any Dialect { get }

    /// Reads from one snapshot.
    func read<T: Sendable>(_ body: @Sendable @escaping (any Reader) throws -> T) async throws -> T

    /// Writes in one durable transaction: when this returns, the power may go.
    @discardableResult func write<T: Sendable>(_ body: @Sendable @escaping (any Writer) throws -> T) async throws -> T

    /// A consistent copy while the site goes on working.
    func backUp(to path: String) async throws

    /// What other programs change in the same database, as it happens. Ends when it is not read any more.
    func changes() -> AsyncStream<ChangeSignal>

    /// Says something to the other servers of this database; the engine of one machine has nobody to tell.
    func say(_ message: String) async throws

    /// Leaves nothing on the disk of what was taken out: rows, the words of these indexes, the journal of the engine.
    func scrub(indexes: [String]) async throws

    /// What the engine itself finds broken; empty when all is well.
    func integrityProblems() async throws -> [String]

    func close() throws
}

/// Reads inside a transaction or a snapshot.
public protocol Reader {
    var dialect: any Dialect { get }
    func rows(_ statement: SQL) throws -> [Row]
}

/// Reads and writes inside one transaction.
public protocol Writer: Reader {
    /// Runs a statement and answers the number of rows it changed.
    @discardableResult func run(_ statement: SQL) throws -> Int
    /// Runs several statements of the program itself (a migration).
    func script(_ statements: String) throws
    /// Says to the other servers of this database, when the transaction is kept, that what everybody may see has changed.
    func announceChange() throws
    /// Says something to the other servers of this database, when the transaction is kept: 7,000 bytes at most.
    func announce(_ message: String) throws
}

extension Reader {
    /// Every row, decoded: `hostId` reads `host_id`.
    public func all<T: Decodable>(_ type: T.Type, _ statement: SQL) throws -> [T] {
        try rows(statement).map { try T(from: RowDecoder(row: $0)) }
    }

    public func first<T: Decodable>(_ type: T.Type, _ statement: SQL) throws -> T? {
        try rows(statement).first.map { try T(from: RowDecoder(row: $0)) }
    }

    /// The first column of the first row, as a number; 0 when there is none.
    public func count(_ statement: SQL) throws -> Int {
        guard let row = try rows(statement).first, case .integer(let number) = row[0] else { return 0 }
        return Int(number)
    }

    /// The first column of the first row, as text.
    public func text(_ statement: SQL) throws -> String? {
        guard let row = try rows(statement).first, case .text(let text) = row[0] else { return nil }
        return text
    }

    /// The first column of each row, as text.
    public func texts(_ statement: SQL) throws -> [String] {
        try rows(statement).compactMap { if case .text(let text) = $0[0] { text } else { nil } }
    }

    public func exists(_ statement: SQL) throws -> Bool {
        try !rows(statement).isEmpty
    }
}
