import Database
import Foundation
import TestSupport
import Testing

/// What is SQLite's own: its file, its level of durability, its online copy.
@Suite(.disabled(if: TestDatabase.isOnServer)) struct SQLiteTests {
    @Test func `commits are on the disk before they are acknowledged`() async throws {
        let fresh = try await TestDatabase()
        // The writer of GRDB's pool is put at NORMAL after its preparation: this is what the start reads back.
        let level = try await fresh.database.write { try $0.count("PRAGMA synchronous") }
        #expect(level == 2)
    }

    @Test func `a backup made while the site writes is whole`() async throws {
        let fresh = try await TestDatabase()
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
        let folder = FileManager.default.temporaryDirectory.appending(path: "essaim-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try SQLiteDatabase(path: folder.appending(path: "test.sqlite").path)
        try await database.write { writer in
            try writer.script("CREATE TABLE a (b INTEGER NOT NULL) STRICT")
            for number in 1...500 { try writer.run("INSERT INTO a (b) VALUES (\(number))") }
        }
        _ = try await database.read { try $0.count("SELECT count(*) FROM a") }
        try database.close()
        let copy = folder.appending(path: "alone.sqlite")
        try FileManager.default.copyItem(at: folder.appending(path: "test.sqlite"), to: copy)
        let alone = try SQLiteDatabase(path: copy.path)
        #expect(try await alone.read { try $0.count("SELECT count(*) FROM a") } == 500)
        try alone.close()
    }

    @Test func `a file that is no database is refused`() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "essaim-\(UUID().uuidString)").path
        try Data(repeating: 65, count: 4_096).write(to: URL(filePath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(throws: DatabaseProblem.self) { try SQLiteDatabase(path: path) }
    }

    @Test func `a database cut to nothing, or gone from beside its journal, is no new one`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "essaim-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "test.sqlite").path
        // What a start that was cut leaves is begun again.
        try Data().write(to: URL(filePath: "\(path).new"))
        try SQLiteDatabase(path: path).close()
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("new") } == [])
        try SQLiteDatabase(path: path).close()
        try Data().write(to: URL(filePath: path))
        #expect(throws: DatabaseProblem.damaged("empty file")) { try SQLiteDatabase(path: path) }
        #expect(FileManager.default.contents(atPath: path) == Data())
        try FileManager.default.removeItem(atPath: path)
        try Data(repeating: 1, count: 4_096).write(to: URL(filePath: "\(path)-wal"))
        #expect(throws: DatabaseProblem.self) { try SQLiteDatabase(path: path) }
        #expect(FileManager.default.contents(atPath: "\(path)-wal")?.count == 4_096)
    }
}
