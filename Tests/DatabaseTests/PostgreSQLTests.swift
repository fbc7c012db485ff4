import Foundation
import Synchronization
import TestSupport
import Testing

@testable import Database

/// What a server can do to us: go away, refuse, fill up. Nothing is half written, nothing lost is acknowledged.
@Suite(.enabled(if: TestDatabase.isOnServer)) struct PostgreSQLTests {
    private func table(_ fresh: TestDatabase) async throws {
        try await fresh.database.write { try $0.script("CREATE TABLE word (text TEXT NOT NULL UNIQUE) STRICT") }
    }

    private func count(_ database: any Database) async throws -> Int {
        try await database.read { try $0.count("SELECT count(*) FROM word") }
    }

    @Test func `a connection cut in the middle of a transaction is replaced, and the transaction runs again`() async throws {
        let fresh = try await TestDatabase()
        try await table(fresh)
        let cuts = Mutex(0)
        let other = try await fresh.again()
        try await fresh.database.write { writer in
            try writer.run("INSERT INTO word VALUES ('ruche')")
            if cuts.withLock({ cuts in
                cuts += 1; return cuts == 1
            }) {
                _ = try writer.rows("SELECT pg_terminate_backend(pg_backend_pid())")
            }
        }
        #expect(cuts.withLock { $0 } == 2)
        #expect(try await count(other) == 1)
        try other.close()
    }

    @Test func `a connection cut in the middle of a commit is not acknowledged`() async throws {
        let fresh = try await TestDatabase()
        try await table(fresh)
        try await fresh.database.write { writer in
            try writer.script(
                """
                CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';
                CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON word DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()
                """)
        }
        await #expect(throws: DatabaseProblem.uncertain) {
            try await fresh.database.write { try $0.run("INSERT INTO word VALUES ('ruche')") }
        }
        #expect(try await count(fresh.database) == 0)
    }

    @Test func `a commit whose answer is lost is said to be uncertain, and is not made twice`() async throws {
        let fresh = try await TestDatabase()
        try await table(fresh)
        let address = try ServerAddress(fresh)
        let isCommitting = Mutex(false)
        let relay = try Relay(at: fresh.folder.path + address.socketName, to: address.folder + address.socketName) { way, bytes in
            switch way {
            case .toServer:
                if String(decoding: bytes, as: UTF8.self).contains("COMMIT\0") { isCommitting.withLock { $0 = true } }
                return bytes
            case .toClient: return isCommitting.withLock { $0 } ? nil : bytes
            }
        }
        let database = try await PostgreSQLDatabase(address.through(fresh.folder.path), connections: 1, isDurable: false)
        await #expect(throws: DatabaseProblem.uncertain) {
            try await database.write { try $0.run("INSERT INTO word VALUES ('ruche')") }
        }
        isCommitting.withLock { $0 = false }
        #expect(try await count(fresh.database) == 1)
        #expect(try await count(database) == 1)
        try database.close()
        withExtendedLifetime(relay) {}
    }

    @Test func `a transaction that something broke is not kept, even when its body goes on`() async throws {
        let fresh = try await TestDatabase()
        try await table(fresh)
        await #expect(throws: DatabaseProblem.self) {
            try await fresh.database.write { writer in
                try writer.run("INSERT INTO word VALUES ('ruche')")
                _ = try? writer.run("INSERT INTO word VALUES ('ruche')")
            }
        }
        #expect(try await count(fresh.database) == 0)
    }

    @Test func `a rule that looked too early looks again`() async throws {
        struct Taken: Error {}
        let fresh = try await TestDatabase(connections: 8)
        try await table(fresh)
        let database = fresh.database
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do {
                        try await database.write { writer in
                            if try writer.exists("SELECT 1 FROM word WHERE text = 'ruche'") { throw Taken() }
                            try writer.run("INSERT INTO word VALUES ('ruche')")
                        }
                        return true
                    } catch is Taken { return false } catch {
                        Issue.record(error)
                        return false
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes.count(where: \.self) == 1)
    }

    @Test func `a slow statement is stopped, and so is one that nobody waits for any more`() async throws {
        let fresh = try await TestDatabase()
        let hurried = try await PostgreSQLDatabase("\(fresh.address ?? "")&options=-cstatement_timeout%3D200", isDurable: false)
        await #expect(throws: DatabaseProblem.busy) { try await hurried.read { try $0.count("SELECT 1 FROM pg_sleep(20)") } }
        try hurried.close()
        let sleeping = Task { try await fresh.database.read { try $0.count("SELECT 1 FROM pg_sleep(20)") } }
        try await Task.sleep(for: .milliseconds(200))
        sleeping.cancel()
        await #expect(throws: CancellationError.self) { try await sleeping.value }
        let left = try await fresh.database.read { try $0.count("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)' AND datname = current_database() AND state = 'active'") }
        #expect(left == 0)
    }

    @Test(arguments: [
        ("53100", DatabaseProblem.full), ("57P03", .unreachable("told")), ("25006", .readOnly), ("53300", .busy),
        ("XX001", .damaged("told")), ("42501", .refused(.noRight("told"))),
    ])
    func `what the server refuses is told in our words`(_ code: String, _ problem: DatabaseProblem) async throws {
        let fresh = try await TestDatabase()
        await #expect(throws: problem) {
            try await fresh.database.write { writer in
                try writer.script("DO 'BEGIN RAISE EXCEPTION USING ERRCODE = ''\(code)'', MESSAGE = ''told''; END'")
            }
        }
        #expect(try await fresh.database.read { try $0.count("SELECT 1") } == 1)
    }

    @Test func `whoever waits too long for a connection is told, and the others go on`() async throws {
        let fresh = try await TestDatabase(connections: 1)
        let first = Task { try await fresh.database.read { try $0.count("SELECT 1 FROM pg_sleep(11)") } }
        try await Task.sleep(for: .milliseconds(100))
        await #expect(throws: DatabaseProblem.busy) { try await fresh.database.read { try $0.count("SELECT 1") } }
        #expect(try await first.value == 1)
        #expect(try await fresh.database.read { try $0.count("SELECT 1") } == 1)
    }

    @Test func `a backup made while the site writes is whole, and goes into an empty database only`() async throws {
        let fresh = try await TestDatabase()
        let database = try #require(fresh.database as? PostgreSQLDatabase)
        try await database.write { try $0.script("CREATE TABLE pair (a INTEGER PRIMARY KEY, b TEXT NOT NULL) STRICT") }
        let writing = Task {
            for number in 0..<100 {
                try await database.write { writer in
                    try writer.run("INSERT INTO pair (b) VALUES ('')")
                    try writer.run("UPDATE pair SET b = \("é\(number)") WHERE b = ''")
                }
            }
        }
        let path = fresh.folder.appending(path: "copy.pgdump").path
        try await database.backUp(to: path)
        try await writing.value
        let other = try await TestDatabase()
        let copy = try #require(other.database as? PostgreSQLDatabase)
        try await copy.restore(from: path)
        #expect(try await copy.read { try $0.count("SELECT count(*) FROM pair WHERE b = ''") } == 0)
        #expect(try await copy.integrityProblems().isEmpty)
        try await copy.write { try $0.run("INSERT INTO pair (b) VALUES ('numbers go on')") }
        await #expect(throws: DatabaseProblem.self) { try await copy.restore(from: path) }
    }
}

/// The parts of a test database's address.
struct ServerAddress {
    let text: String
    let folder: String
    let port: String

    init(_ fresh: TestDatabase) throws {
        text = fresh.address ?? ""
        let parts = try #require(URLComponents(string: text))
        folder = parts.queryItems?.first { $0.name == "host" }?.value ?? ""
        port = parts.queryItems?.first { $0.name == "port" }?.value ?? ""
    }

    var socketName: String { "/.s.PGSQL.\(port)" }
    var name: String { String(text.split(separator: "?")[0].split(separator: "/").last ?? "") }

    /// By another socket.
    func through(_ other: String) -> String { text.replacing("host=\(folder)", with: "host=\(other)") }

    /// By the loopback, where passwords are asked for.
    func loopback(user: String = "essaim", password: String = "essai", name: String? = nil, _ more: String = "sslmode=prefer") -> String {
        "postgres://\(user):\(password)@127.0.0.1:\(port)/\(name ?? self.name)?\(more)"
    }
}
