/// SQLite's words for what the common SQL lacks: FTS5 over words that Swift has already folded and stemmed.
struct SQLiteDialect: Dialect {
    let name = "sqlite"
    let tables: SQL = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"

    func createWordIndex(_ name: String, columns: [String]) -> String {
        """
        CREATE VIRTUAL TABLE \(name) USING fts5(
            \(columns.joined(separator: ", ")), tokenize = 'unicode61 remove_diacritics 0', prefix = '2 3 4')
        """
    }

    func putWords(_ words: [String: String], at number: Int64, in index: String) -> [SQL] {
        let columns = words.keys.sorted()
        let names = SQL(text: columns.joined(separator: ", "))
        let values = columns.map { SQL(text: "?", values: [.text(words[$0] ?? "")]) }.joined(", ")
        return [
            removeWords(at: number, from: index),
            "INSERT INTO \(SQL(text: index)) (rowid, \(names)) VALUES (\(number), \(values))",
        ]
    }

    func removeWords(at number: Int64, from index: String) -> SQL {
        "DELETE FROM \(SQL(text: index)) WHERE rowid = \(number)"
    }

    func matches(
        _ query: WordQuery, in index: String, weights: [(column: String, weight: Double)], worth: [Double]
    ) -> SQL {
        let expression = query.terms.map { forms in
            "(" + forms.map { text(of: $0) }.joined(separator: " OR ") + ")"
        }.joined(separator: " AND ")
        let table = SQL(text: index)
        let numbers = (weights.map(\.weight) + worth).map { "\($0)" as SQL }.joined(", ")
        let rank: SQL = "\(SQL(text: SQLiteRank.name))(\(table), \(numbers))"
        return "SELECT rowid AS number, \(rank) AS score FROM \(table) WHERE \(table) MATCH \(expression)"
    }

    private func text(of form: WordQuery.Form) -> String {
        switch form {
        case .word(let word, let columns): "\(filter(columns))\(quoted(word))"
        case .prefix(let word, let columns): "\(filter(columns))\(quoted(word))*"
        case .phrase(let words, let columns): "\(filter(columns))\(quoted(words.joined(separator: " ")))"
        }
    }

    private func filter(_ columns: [String]) -> String { "{\(columns.joined(separator: " "))} : " }

    private func quoted(_ words: String) -> String {
        // NUL ends a query for the engine, wherever it stands.
        "\"" + words.unicodeScalars.filter { $0 != "\0" }.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
    }
}
