/// The holes of the common SQL that each engine fills in its own words.
public protocol Dialect: Sendable {
    /// The name of the engine, for messages: `sqlite`.
    var name: String { get }

    /// The names of the tables there are.
    var tables: SQL { get }

    /// Creates the index of stemmed words `name` with these columns; rows are addressed by a number.
    func createWordIndex(_ name: String, columns: [String]) -> String

    /// Puts the words of one document in the index, in place of what was there.
    func putWords(_ words: [String: String], at number: Int64, in index: String) -> [SQL]

    /// Takes a document out of the index.
    func removeWords(at number: Int64, from index: String) -> SQL

    /// `(number, score)` of the documents that match, the lowest score for the best (`WordRank`); `worth` is how much each
    /// form of the query tells, in their order: never computed here, over documents that not everybody may see.
    func matches(
        _ query: WordQuery, in index: String, weights: [(column: String, weight: Double)], worth: [Double]
    ) -> SQL
}

/// Words to find: each term must be there, in one of its forms.
public struct WordQuery: Sendable, Equatable {
    public var terms: [[Form]]

    public var forms: [Form] { terms.flatMap { $0 } }

    public init(_ terms: [[Form]]) {
        self.terms = terms
    }

    /// One way to satisfy a term.
    public enum Form: Sendable, Equatable {
        /// A whole word in one of these columns.
        case word(String, columns: [String])
        /// The beginning of a word.
        case prefix(String, columns: [String])
        /// Words one after the other.
        case phrase([String], columns: [String])
    }
}
