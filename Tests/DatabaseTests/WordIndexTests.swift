import Database
import TestSupport
import Testing

/// The index of words: terms all there, forms or-ed, weights by column.
@Suite struct WordIndexTests {
    private func numbers(_ query: WordQuery, in documents: [Int64: String]) async throws -> [Int] {
        let fresh = try await TestDatabase()
        return try await fresh.database.write { writer in
            try writer.script(writer.dialect.createWordIndex("words", columns: ["title", "body"]))
            for (number, text) in documents {
                for statement in writer.dialect.putWords(["title": "", "body": text], at: number, in: "words") {
                    try writer.run(statement)
                }
            }
            let found = writer.dialect.matches(query, in: "words", weights: [("title", 4), ("body", 1)], worth: query.forms.map { _ in 1 })
            return try writer.rows("SELECT number FROM (\(found)) AS found ORDER BY number").compactMap { $0.integer("number") }
        }
    }

    private let documents: [Int64: String] = [1: "coop territoir", 2: "coop emploi choisi", 3: "quart near or and"]

    @Test func `every term must be there`() async throws {
        let query = WordQuery([[.word("coop", columns: ["body"])], [.word("emploi", columns: ["body"])]])
        #expect(try await numbers(query, in: documents) == [2])
    }

    @Test func `a term is there in one of its forms`() async throws {
        let query = WordQuery([[.word("rien", columns: ["body"]), .prefix("ter", columns: ["body"])]])
        #expect(try await numbers(query, in: documents) == [1])
    }

    @Test func `a phrase is words one after the other`() async throws {
        #expect(try await numbers(WordQuery([[.phrase(["emploi", "choisi"], columns: ["body"])]]), in: documents) == [2])
        #expect(try await numbers(WordQuery([[.phrase(["choisi", "emploi"], columns: ["body"])]]), in: documents) == [])
    }

    @Test(arguments: ["near", "or\"", "*", "\"", "body:", "a\u{0}b"])
    func `operators of the engine are words like others`(_ word: String) async throws {
        _ = try await numbers(WordQuery([[.word(word, columns: ["body", "title"])]]), in: documents)
    }
}
