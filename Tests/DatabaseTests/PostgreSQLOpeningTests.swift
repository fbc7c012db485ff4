import Foundation
import Platform
import Schema
import TestSupport
import Testing

@testable import Database

/// A server that cannot be used is refused when the site starts, each time with its reason.
@Suite(.enabled(if: TestDatabase.isOnServer)) struct PostgreSQLOpeningTests {
    private func refusal(_ address: String, isDurable: Bool = false) async -> DatabaseProblem? {
        do {
            try await PostgreSQLDatabase(address, isDurable: isDurable).close()
            return nil
        } catch { return error as? DatabaseProblem }
    }

    @Test func `an address that is none`() async throws {
        for address in ["mysql://ici", "postgres:///x?sslmod=require", ""] {
            guard case .refused(.badAddress) = await refusal(address) else {
                Issue.record("\(address)")
                continue
            }
        }
    }

    @Test func `nobody at the address`() async throws {
        for address in ["postgres://127.0.0.1:1/x", "postgres:///x?host=/nowhere", "postgres://nowhere.invalid/x"] {
            guard case .unreachable = await refusal(address) else {
                Issue.record("\(address)")
                continue
            }
        }
    }

    @Test func `a wrong password, an unknown database`() async throws {
        let fresh = try await TestDatabase()
        let address = try ServerAddress(fresh)
        #expect(await refusal(address.loopback()) == nil)
        guard case .refused(.identity) = await refusal(address.loopback(password: "faux")) else {
            Issue.record("the password was taken")
            return
        }
        guard case .refused(.noDatabase) = await refusal(address.loopback(name: "absente")) else {
            Issue.record("the database was found")
            return
        }
    }

    @Test func `a connection is encrypted when the address asks for it, and the server must be known when it asks for that`() async throws {
        let fresh = try await TestDatabase()
        let address = try ServerAddress(fresh)
        let database = try await PostgreSQLDatabase(address.loopback("sslmode=require"), isDurable: false)
        let encrypted = try await database.read { try $0.count("SELECT CAST(ssl AS int) FROM pg_stat_ssl WHERE pid = pg_backend_pid()") }
        #expect(encrypted == 1)
        try database.close()
        guard case .unreachable = await refusal(address.loopback("sslmode=verify-full&sslrootcert=/nowhere")) else {
            Issue.record("an unknown server was trusted")
            return
        }
    }

    @Test func `a server that may lose what it acknowledged`() async throws {
        let fresh = try await TestDatabase()
        #expect(await refusal(fresh.address ?? "", isDurable: true) == .notDurable("fsync = off"))
    }

    @Test func `an old server`() async throws {
        let fresh = try await TestDatabase()
        let address = try ServerAddress(fresh)
        let relay = try Relay(at: fresh.folder.path + address.socketName, to: address.folder + address.socketName) { way, bytes in
            let name = Array("server_version\0".utf8)
            guard way == .toClient, let place = bytes.firstRange(of: name) else { return bytes }
            var older = bytes
            older.replaceSubrange(place.upperBound..<place.upperBound + 2, with: Array("14".utf8))
            return older
        }
        #expect(await refusal(address.through(fresh.folder.path)) == .refused(.oldServer("14")))
        withExtendedLifetime(relay) {}
    }

    @Test func `a database in another encoding`() async throws {
        let fresh = try await TestDatabase()
        let address = try ServerAddress(fresh)
        let connection = PostgreSQLConnection {
            try PostgreSQLSession.open(PostgreSQLAddress(fresh.address ?? ""), schema: nil, isDurable: false)
        }
        try await connection.perform { session in
            _ = try session.command("CREATE DATABASE \(address.name)_latin ENCODING LATIN1 LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0")
        }
        #expect(await refusal(address.text.replacing(address.name, with: "\(address.name)_latin")) == .refused(.encoding("LATIN1")))
        try await connection.perform { session in _ = try session.command("DROP DATABASE \(address.name)_latin WITH (FORCE)") }
    }

    @Test func `an account without rights`() async throws {
        let fresh = try await TestDatabase()
        let address = try ServerAddress(fresh)
        let role = "role_\(address.name)"
        try await fresh.database.write { try $0.script("CREATE ROLE \(role) LOGIN PASSWORD 'essai'") }
        let database = try await PostgreSQLDatabase(address.loopback(user: role), isDurable: false)
        let migration = Migration(name: "2026-01-01-a", owner: "A", statements: "CREATE TABLE a (id TEXT)")
        let problem = await #expect(throws: DatabaseProblem.self) { try await Migrator([migration]).migrate(database, at: 0) }
        guard case .refused(.noRight) = problem else {
            Issue.record("\(String(describing: problem))")
            return
        }
        try database.close()
        try await fresh.database.write { try $0.script("DROP ROLE \(role)") }
    }

    @Test func `two servers that start together on an empty database`() async throws {
        let fresh = try await TestDatabase()
        let other = try await fresh.again()
        let migrations = TestDatabase.share.migrations
        async let first = Migrator(migrations).migrate(fresh.database, at: 0)
        async let second = Migrator(migrations).migrate(other, at: 0)
        let steps = try await first + second
        #expect(steps.sorted() == migrations.map(\.name).sorted())
        try other.close()
    }
}
