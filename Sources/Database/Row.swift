/// One row of an answer: values by column name.
public struct Row: Sendable {
    let columns: Columns
    let values: [SQLValue]

    /// The names of the columns, shared by all the rows of an answer.
    final class Columns: Sendable {
        let names: [String]
        let index: [String: Int]

        init(_ names: [String]) {
            self.names = names
            index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }
    }

    public subscript(_ column: String) -> SQLValue {
        columns.index[column].map { values[$0] } ?? .null
    }

    /// The names of the columns, in order.
    public var names: [String] { columns.names }

    public subscript(_ position: Int) -> SQLValue { values[position] }

    public func text(_ column: String) -> String? {
        if case .text(let text) = self[column] { text } else { nil }
    }

    public func integer(_ column: String) -> Int? {
        if case .integer(let number) = self[column] { Int(number) } else { nil }
    }
}
