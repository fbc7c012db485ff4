import Database
import Foundation
import Platform
import Schema
import Synchronization

/// A database of its own for one test, gone with it: SQLite in a folder, or one of the server that `ESSAIM_TEST_DATABASE`
/// names.
public final class TestDatabase: Sendable {
    public let database: any Database
    /// Where the files of the test can be.
    public let folder: URL
    /// The address of the database when it is on a server.
    public let address: String?
    private let file: String

    /// Whether the tests run on PostgreSQL.
    public static let isOnServer = TestServer.shared != nil
    public static let share = try! Share.find()

    /// - Parameters:
    ///   - isMigrated: true for one that has the tables of the application already.
    ///   - onServer: false for SQLite wherever the others are.
    public init(isMigrated: Bool = false, connections: Int = 2, onServer: Bool = TestDatabase.isOnServer) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "essaim-test-\(UUID().uuidString)")
        file = folder.appending(path: "essaim.sqlite").path
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        address = onServer ? try await TestServer.shared?.make(isMigrated: isMigrated) : nil
        if address == nil, isMigrated { try await FileManager.default.copyItem(atPath: Self.model.value, toPath: file) }
        database = try await Self.open(address, file, connections: connections)
    }

    /// A file with the tables of the application and no row, made once; it goes with the program.
    private static let model = Task {
        let file = FileManager.default.temporaryDirectory.appending(path: "essaim-model-\(UUID().uuidString).sqlite").path
        let database = try SQLiteDatabase(path: file, readers: 1)
        try await Migrator(share.migrations).migrate(database, at: 0)
        try database.close()
        removeAtEnd(file)
        return file
    }
    private static let models = Mutex<[String]>([])

    /// What is made once for all the tests goes with the program.
    static func removeAtEnd(_ path: String) {
        if models.withLock({
            $0.append(path); return $0.count == 1
        }) {
            atexit { TestDatabase.models.withLock { $0.forEach { try? FileManager.default.removeItem(atPath: $0) } } }
        }
    }

    /// A copy of one in a folder, with its files, as they are now.
    init(copy other: TestDatabase) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "essaim-test-\(UUID().uuidString)")
        file = folder.appending(path: "essaim.sqlite").path
        address = nil
        try FileManager.default.copyItem(at: other.folder, to: folder)
        database = try await Self.open(nil, file, connections: 1)
    }

    /// Every row of a table, its columns as they can be read.
    public static func everything(in table: String, _ reader: any Reader) -> SQL {
        reader.dialect.name == "postgresql" && table == "search_words"
            ? "SELECT number, title, body, surface, CAST(lexemes AS text) AS lexemes FROM search_words"
            : "SELECT * FROM \(SQL(text: table))"
    }

    /// The same database, as another program opens it.
    public func again() async throws -> any Database {
        try await Self.open(address, file, connections: 2)
    }

    private static func open(_ address: String?, _ file: String, connections: Int) async throws -> any Database {
        guard let address else { return try SQLiteDatabase(path: file, readers: connections) }
        return try await PostgreSQLDatabase(address, connections: connections, isDurable: false)
    }

    /// Closing waits for whoever still reads: away from the few threads of tasks, which what was read comes back to.
    deinit {
        DispatchQueue.global().async { [database, folder, address] in
            try? database.close()
            try? FileManager.default.removeItem(at: folder)
            if let address { TestServer.shared?.drop(address) }
        }
    }
}
