import Database
import Foundation
import Testing

/// What every engine promises to the capabilities.
@Suite struct ContractTests {
    private struct Thing: Decodable, Equatable {
        var id: String
        var longName: String?
        var isOpen: Bool
        var weight: Double
        var content: [UInt8]
        var number: Int64
    }

    private static let table = """
        CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, long_name TEXT, is_open INTEGER NOT NULL, weight REAL NOT NULL,
            content BLOB NOT NULL, number INTEGER NOT NULL) STRICT
        """

    private func insert(_ thing: Thing) -> SQL {
        """
        INSERT INTO thing (id, long_name, is_open, weight, content, number)
        VALUES (\(thing.id), \(thing.longName), \(thing.isOpen), \(thing.weight), \(thing.content), \(thing.number))
        """
    }

    private let thing = Thing(
        id: "é\u{1F41D}\u{202E}'\"; DROP TABLE thing; --", longName: nil, isOpen: true, weight: 2.5,
        content: (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }, number: .max)

    @Test func `values of every type come back as they were bound`() async throws {
        let fresh = try FreshDatabase()
        try await fresh.database.write { try $0.script(Self.table) }
        let insertion = insert(thing)
        let changed = try await fresh.database.write { try $0.run(insertion) }
        #expect(changed == 1)
        let found = try await fresh.database.read { try $0.first(Thing.self, "SELECT * FROM thing") }
        #expect(found == thing)
    }

    @Test func `a transaction that throws leaves nothing`() async throws {
        struct Stop: Error {}
        let fresh = try FreshDatabase()
        try await fresh.database.write { try $0.script(Self.table) }
        let insertion = insert(thing)
        await #expect(throws: Stop.self) {
            try await fresh.database.write { writer in
                try writer.run(insertion)
                throw Stop()
            }
        }
        #expect(try await fresh.database.read { try $0.count("SELECT count(*) FROM thing") } == 0)
    }

    @Test func `a broken constraint is told as such`() async throws {
        let fresh = try FreshDatabase()
        try await fresh.database.write { try $0.script(Self.table) }
        let insertion = insert(thing)
        _ = try await fresh.database.write { try $0.run(insertion) }
        let error = await #expect(throws: DatabaseProblem.self) {
            _ = try await fresh.database.write { try $0.run(insertion) }
        }
        guard case .constraint = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func `commits are on the disk before they are acknowledged`() async throws {
        let fresh = try FreshDatabase()
        // The writer of GRDB's pool is put at NORMAL after its preparation: this is what the start reads back.
        let level = try await fresh.database.write { try $0.count("PRAGMA synchronous") }
        #expect(level == 2)
    }

    @Test func `readers go on while somebody writes`() async throws {
        let fresh = try FreshDatabase()
        let database = fresh.database
        try await database.write { try $0.script(Self.table) }
        try await withThrowingTaskGroup(of: Int.self) { group in
            for index in 0..<8 {
                group.addTask {
                    try await database.write { writer in
                        try writer.run(
                            """
                            INSERT INTO thing (id, long_name, is_open, weight, content, number)
                            VALUES (\("thing \(index)"), NULL, 0, 1.0, \([UInt8]([1])), 1)
                            """)
                    }
                }
                group.addTask { try await database.read { try $0.count("SELECT count(*) FROM thing") } }
            }
            for try await count in group { #expect((0...8).contains(count)) }
        }
        #expect(try await database.read { try $0.count("SELECT count(*) FROM thing") } == 8)
    }

    @Test func `a backup made while the site writes is whole`() async throws {
        let fresh = try FreshDatabase()
        let database = fresh.database
        try await database.write { try $0.script("CREATE TABLE pair (a INTEGER NOT NULL, b INTEGER NOT NULL) STRICT") }
        let writing = Task {
            for number in 0..<200 {
                try await database.write { writer in
                    try writer.run("INSERT INTO pair (a, b) VALUES (\(number), 0)")
                    try writer.run("UPDATE pair SET b = \(number) WHERE a = \(number)")
                }
            }
        }
        let path = fresh.folder.appending(path: "copy.sqlite").path
        try await database.backUp(to: path)
        try await writing.value
        let copy = try SQLiteDatabase(path: path)
        #expect(try await copy.read { try $0.count("SELECT count(*) FROM pair WHERE a <> b") } == 0)
        #expect(try await copy.integrityProblems().isEmpty)
        try copy.close()
    }

    @Test func `once closed the whole database is in its file`() async throws {
        let fresh = try FreshDatabase()
        try await fresh.database.write { writer in
            try writer.script("CREATE TABLE a (b INTEGER NOT NULL) STRICT")
            for number in 1...500 { try writer.run("INSERT INTO a (b) VALUES (\(number))") }
        }
        _ = try await fresh.database.read { try $0.count("SELECT count(*) FROM a") }
        try fresh.database.close()
        let copy = fresh.folder.appending(path: "alone.sqlite")
        try FileManager.default.copyItem(at: fresh.folder.appending(path: "test.sqlite"), to: copy)
        let alone = try SQLiteDatabase(path: copy.path)
        #expect(try await alone.read { try $0.count("SELECT count(*) FROM a") } == 500)
        try alone.close()
    }

    @Test func `an empty list matches nothing`() async throws {
        let fresh = try FreshDatabase()
        let count = try await fresh.database.read { try $0.count("SELECT 1 WHERE 'a' IN \(list: [String]())") }
        #expect(count == 0)
    }

    @Test func `a file that is no database is refused`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "essaim-\(UUID().uuidString)").path
        try Data(repeating: 65, count: 4_096).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: DatabaseProblem.self) { try SQLiteDatabase(path: path) }
    }
}
