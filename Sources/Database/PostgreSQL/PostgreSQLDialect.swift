/// PostgreSQL's words for what the common SQL lacks: words that Swift has already folded and stemmed, in an inverted index,
/// ranked as on SQLite so that both engines answer in the same order.
struct PostgreSQLDialect: Dialect {
    let name = "postgresql"
    let tables: SQL = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"

    func createWordIndex(_ name: String, columns: [String]) -> String {
        let texts = columns.map { "\($0) TEXT NOT NULL, " }.joined()
        return """
            CREATE TABLE \(name) (number INTEGER NOT NULL PRIMARY KEY, \(texts)size INTEGER NOT NULL, lexemes TSVECTOR NOT NULL);
            ALTER TABLE \(name) ALTER COLUMN lexemes SET STORAGE EXTERNAL;
            CREATE INDEX \(name)_by_lexeme ON \(name) USING gin (lexemes) WITH (fastupdate = off)
            """
    }

    func putWords(_ words: [String: String], at number: Int64, in index: String) -> [SQL] {
        let columns = words.sorted { $0.key < $1.key }.map { ($0.key, Self.split($0.value)) }
        let names = SQL(text: columns.map(\.0).joined(separator: ", "))
        let values = columns.map { "\(Self.text($1))" as SQL }.joined(", ")
        let size = columns.reduce(0) { $0 + $1.1.count }
        let lexemes = Set(columns.flatMap { column, words in words.map { Self.lexeme($0, in: column) } }).sorted().joined(separator: " ")
        return [
            removeWords(at: number, from: index),
            """
            INSERT INTO \(SQL(text: index)) (number, \(names), size, lexemes)
            VALUES (\(number), \(values), \(size), array_to_tsvector(string_to_array(\(lexemes), ' ')))
            """,
        ]
    }

    func removeWords(at number: Int64, from index: String) -> SQL {
        "DELETE FROM \(SQL(text: index)) WHERE number = \(number)"
    }

    func matches(
        _ query: WordQuery, in index: String, weights: [(column: String, weight: Double)], worth: [Double]
    ) -> SQL {
        let table = SQL(text: index)
        var worth = worth[...]
        let terms = query.terms.map { forms in
            forms.map { (form: $0, worth: worth.removeFirst()) }.filter { !Self.words(of: $0.form).isEmpty }
        }
        guard terms.allSatisfy({ !$0.isEmpty }), !terms.isEmpty else { return "SELECT number, 0.0 AS score FROM \(table) WHERE 1 = 0" }
        let possible = terms.map { "(" + $0.map { Self.expression($0.form) }.joined(separator: " | ") + ")" }.joined(separator: " & ")
        let exact = terms.filter { $0.contains { Self.isLoose($0.form) } }.map { forms -> SQL in
            " AND (\(forms.map { Self.condition($0.form, index) }.joined(" OR ")))"
        }.joined("")
        let score = terms.joined().map { Self.score($0.form, index, weights, worth: $0.worth) }.joined(" + ")
        return "SELECT number, -(\(score)) AS score FROM \(table) WHERE lexemes @@ CAST(\(possible) AS tsquery)\(exact)"
    }
}

extension PostgreSQLDialect {
    /// The part of one form in the score of a document (`WordRank`): what it is worth, times how often it is there for so long a
    /// document.
    private static func score(
        _ form: WordQuery.Form, _ index: String, _ weights: [(column: String, weight: Double)], worth: Double
    ) -> SQL {
        let counts = weights.filter { columns(of: form).contains($0.column) }.map { column, weight -> SQL in
            let needle = needle(form)
            let text = SQL(text: "\(index).\(column)")
            return "\(weight) * ((octet_length(\(text)) - octet_length(replace(\(text), \(needle), ''))) / \(needle.utf8.count))"
        }
        let size: SQL = "\(SQL(text: index)).size / \(WordRank.usualSize)"
        let length: SQL = "\(WordRank.saturation) * (\(1 - WordRank.lengthWeight) + \(WordRank.lengthWeight) * \(size))"
        return """
            (SELECT \(worth) * (times * \(WordRank.saturation + 1)) / (times + \(length))
            FROM (SELECT \(counts.isEmpty ? "CAST(0 AS float8)" : counts.joined(" + ")) AS times OFFSET 0) AS found)
            """
    }

    /// Whether a document truly has the form, where the index only says that it may.
    private static func condition(_ form: WordQuery.Form, _ alias: String) -> SQL {
        let table = SQL(text: alias)
        let possible: SQL = "\(table).lexemes @@ CAST(\(expression(form)) AS tsquery)"
        guard isLoose(form) else { return possible }
        let needle = needle(form)
        let places = columns(of: form).map { "strpos(\(table).\(SQL(text: $0)), \(needle)) > 0" as SQL }.joined(" OR ")
        return "(\(possible) AND (\(places)))"
    }

    /// In the words of `tsquery`: in one of the columns, all the words.
    private static func expression(_ form: WordQuery.Form) -> String {
        let ending = if case .prefix = form { ":*" } else { "" }
        let places = columns(of: form).map { column in
            words(of: form).map { "\(quoted(lexeme($0, in: column)))\(ending)" }.joined(separator: " & ")
        }
        return "(" + places.joined(separator: " | ") + ")"
    }

    /// True when the index does not tell all: the order of words, or the end of a very long one.
    private static func isLoose(_ form: WordQuery.Form) -> Bool {
        words(of: form).count > 1 || words(of: form).contains { $0.utf8.count > longest }
    }

    private static func words(of form: WordQuery.Form) -> [String] {
        switch form {
        case .word(let word, _), .prefix(let word, _): split(word)
        case .phrase(let words, _): words.flatMap { split($0) }
        }
    }

    private static func columns(of form: WordQuery.Form) -> [String] {
        switch form {
        case .word(_, let columns), .prefix(_, let columns), .phrase(_, let columns): columns
        }
    }

    /// Words as they stand in a column: each between two spaces of its own.
    private static func text(_ words: [String]) -> String { words.map { " \($0) " }.joined() }

    private static func needle(_ form: WordQuery.Form) -> String {
        let text = text(words(of: form))
        return if case .prefix = form { String(text.dropLast()) } else { text }
    }

    private static func split(_ words: String) -> [String] {
        // A text of PostgreSQL holds no NUL.
        words.split { $0 == " " || $0 == "\n" || $0 == "\0" }.map { $0.filter { $0 != "\0" } }
    }

    private static let longest = 400

    private static func lexeme(_ word: String, in column: String) -> String {
        "\(column):" + (word.utf8.count > longest ? String(decoding: word.utf8.prefix(longest), as: UTF8.self) : word)
    }

    private static func quoted(_ lexeme: String) -> String {
        "'" + lexeme.map { $0 == "'" || $0 == "\\" ? "\($0)\($0)" : String($0) }.joined() + "'"
    }
}
