import Database
import TestSupport
import Testing

/// A list in a statement, of texts and of numbers: short it is written value by value, long it is one value.
@Suite struct ListTests {
    private static let table = "CREATE TABLE thing (id TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL) STRICT"
    private static let hostile = ["é\u{1F41D}\u{202E}'\"; DROP TABLE thing; --", "a\\u0041\n\t", "b\u{1}", "c\0"]

    @Test(arguments: [0, 1, 8, 9, 70_000])
    func `a list finds its own, however long`(_ count: Int) async throws {
        let fresh = try await TestDatabase()
        try await fresh.database.write { try $0.script(Self.table) }
        try await fresh.database.write { writer in
            for id in Self.hostile { try writer.run("INSERT INTO thing (id, number) VALUES (\(id), \(Int64.max))") }
        }
        let names = Array((Self.hostile + (0..<70_000).map { "nobody\($0)" }).prefix(count))
        let found = try await fresh.database.read { try $0.texts("SELECT id FROM thing WHERE id IN \(list: names) ORDER BY id") }
        #expect(Set(found) == Set(names.prefix(4).map { $0.replacing("\0", with: "\u{FFFD}") }))
        let numbers = Array(repeating: Int64.max, count: min(count, 100))
        let byNumber = try await fresh.database.read { try $0.count("SELECT count(*) FROM thing WHERE number IN \(list: numbers)") }
        #expect(byNumber == (count == 0 ? 0 : 4))
    }
}
