import Database
import Schema
import TestSupport
import Testing

/// A database is brought up to date, or refused with its reason; never half changed.
@Suite struct MigratorTests {
    private let first = Migration(name: "2026-01-01-a", owner: "A", statements: "CREATE TABLE a (id TEXT)")
    private let second = Migration(name: "2026-02-01-b", owner: "B", statements: "CREATE TABLE b (id TEXT)")

    @Test func `steps run once, in the order of their dates`() async throws {
        let fresh = try await TestDatabase()
        #expect(try await Migrator([second, first]).migrate(fresh.database, at: 0) == [first.name, second.name])
        #expect(try await Migrator([first, second]).migrate(fresh.database, at: 0) == [])
    }

    @Test func `a newer schema is refused`() async throws {
        let fresh = try await TestDatabase()
        try await Migrator([first, second]).migrate(fresh.database, at: 0)
        await #expect(throws: SchemaProblem.newer(unknown: [second.name])) {
            try await Migrator([first]).migrate(fresh.database, at: 0)
        }
    }

    @Test func `a step edited after it ran is refused`() async throws {
        let fresh = try await TestDatabase()
        try await Migrator([first]).migrate(fresh.database, at: 0)
        let edited = Migration(name: first.name, owner: "A", statements: "CREATE TABLE a (id TEXT, name TEXT)")
        await #expect(throws: SchemaProblem.edited(first.name)) { try await Migrator([edited]).migrate(fresh.database, at: 0) }
    }

    @Test func `a database that is not ours is left alone`() async throws {
        let fresh = try await TestDatabase()
        try await fresh.database.write { try $0.script("CREATE TABLE wp_posts (id INTEGER)") }
        await #expect(throws: SchemaProblem.foreign) { try await Migrator([first]).migrate(fresh.database, at: 0) }
    }

    @Test func `a step that fails leaves the schema as it was`() async throws {
        let fresh = try await TestDatabase()
        let broken = Migration(name: "2026-03-01-c", owner: "C", statements: "CREATE TABLE c (id TEXT); NOT SQL;")
        await #expect(throws: (any Error).self) { try await Migrator([first, broken]).migrate(fresh.database, at: 0) }
        let tables = try await fresh.database.read { try $0.texts($0.dialect.tables) }
        #expect(!tables.contains("a") && !tables.contains("c"))
    }
}
