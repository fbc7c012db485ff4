import Application
import Database
import Formats
import Platform
import TestSupport
import Testing

/// No table is forgotten: each says what it holds about people, and how they take it away, or why it is apart.
@Suite struct PersonalTablesTests {
    private struct Column: Decodable {
        var name: String
        var type: String
    }

    private struct Key: Decodable {
        var column: String
        var target: String
    }

    /// Names of columns that say a person, or that somebody may be named in.
    private static let telling: Set<String> = ["email", "address", "interests", "proof", "speaker", "shown_as", "authors", "credit"]

    /// Columns whose name is misleading: by which server, by which means, by when.
    private static let means: Set<String> = ["mail.leased_by", "endorsement.received_by", "poll.answer_by", "reply_version.received_by"]

    private func isTelling(_ column: String, _ keys: [Key]) -> Bool {
        Self.telling.contains(column) || column.hasSuffix("_by") || ["person_id", "author_id", "actor_id", "signatory_id"].contains(column)
            || keys.contains { $0.column == column && ["person", "account"].contains($0.target) }
    }

    @Test func `every table and every column that says a person is in a part, or apart with a reason`() async throws {
        let test = try await TestSite(isEmpty: true, onServer: false)
        let personal = App.features.map(\.personal)
        let declared = personal.flatMap(\.parts).reduce(into: [String: Set<String>]()) { all, part in
            for (table, columns) in part.columns { all[table, default: []].formUnion(columns) }
        }
        let apart = personal.reduce(into: [String: String]()) { $0.merge($1.apart) { first, _ in first } }
        #expect(apart.values.allSatisfy { $0.count > 5 })
        let tables = try await test.site.database.read { try $0.texts($0.dialect.tables) }.filter { !$0.hasPrefix("search_words_") }
        #expect(tables.count > 50)
        for table in tables {
            #expect((declared[table] != nil) != (apart[table] != nil), "\(table) must be in a part or apart, once")
            let (columns, keys) = try await test.site.database.read { reader in
                (
                    try reader.all(Column.self, "SELECT name, type FROM pragma_table_info(\(table))"),
                    try reader.all(Key.self, "SELECT \"from\" AS \"column\", \"table\" AS target FROM pragma_foreign_key_list(\(table))")
                )
            }
            for column in columns where isTelling(column.name, keys) && !Self.means.contains("\(table).\(column.name)") {
                let isSaid = declared[table]?.contains(column.name) == true || apart["\(table).\(column.name)"] != nil || apart[table] != nil
                #expect(isSaid, "\(table).\(column.name) says a person: which part of the archive holds it, or why none?")
            }
        }
        let unknown = Set(declared.keys).union(apart.keys.map { String($0.prefix { $0 != "." }) }).subtracting(tables)
        #expect(unknown.isEmpty, "no such table: \(unknown.sorted())")
    }

    @Test func `every column where a name is looked for is there`() async throws {
        let test = try await TestSite(isEmpty: true, onServer: false)
        for mention in App.features.flatMap(\.personal.mentions) {
            let columns = try await test.site.database.read { try $0.texts("SELECT name FROM pragma_table_info(\(mention.table))") }
            #expect(columns.contains(mention.column), "\(mention.table).\(mention.column)")
        }
    }

    @Test func `every part and every line of the retention table has its words`() async throws {
        let site = try await TestSite(isEmpty: true).site
        for language in Language.allCases {
            let words = site.words(language)
            for part in App.features.flatMap(\.personal.parts) { #expect(words.has("\(part.key).title") && words.has("\(part.key).about"), "\(part.key)") }
            for line in App.features.flatMap(\.personal.retentions) {
                #expect(["what", "why", "then"].allSatisfy { words.has("\(line.key).\($0)") }, "\(line.key)")
            }
        }
    }
}
