import Foundation
import GRDB

/// One connection inside a transaction or a snapshot.
struct SQLiteConnection: Writer {
    let connection: GRDB.Database
    var dialect: any Dialect { SQLiteDialect() }

    func rows(_ statement: SQL) throws -> [Row] {
        let prepared = try prepare(statement)
        let columns = Row.Columns(prepared.columnNames)
        let count = columns.names.count
        var rows: [Row] = []
        let cursor = try GRDB.Row.fetchCursor(prepared)
        while let row = try cursor.next() {
            rows.append(Row(columns: columns, values: (0..<count).map { value(row, at: $0) }))
        }
        return rows
    }

    @discardableResult func run(_ statement: SQL) throws -> Int {
        try prepare(statement).execute()
        return connection.changesCount
    }

    func script(_ statements: String) throws {
        try connection.execute(sql: statements)
    }

    /// The engine tells other programs by itself.
    func announceChange() {}

    /// One machine has one server.
    func announce(_ message: String) {}

    private func prepare(_ statement: SQL) throws -> Statement {
        let prepared = try connection.cachedStatement(sql: statement.text)
        try prepared.setArguments(StatementArguments(statement.values.map(\.bound)))
        return prepared
    }

    private func value(_ row: GRDB.Row, at index: Int) -> SQLValue {
        switch (row[index] as DatabaseValue).storage {
        case .null: .null
        case .int64(let number): .integer(number)
        case .double(let number): .real(number)
        case .string(let text): .text(text)
        case .blob(let data): .blob([UInt8](data))
        }
    }
}

extension SQLValue {
    fileprivate var bound: DatabaseValue {
        switch self {
        case .null: .null
        case .integer(let number): number.databaseValue
        case .real(let number): number.databaseValue
        case .text(let text): text.databaseValue
        case .blob(let bytes): DatabaseValue(value: bytes.withUnsafeBytes { Data($0) }) ?? .null
        }
    }
}
