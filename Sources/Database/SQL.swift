/// A statement: its text with `?` where values go, and the values. Interpolated values are bound, never pasted.
///
///     let visits: SQL = "SELECT * FROM visit WHERE programme_id = \(programme) AND \(access.visible(to: viewer))"
public struct SQL: Sendable, Equatable, ExpressibleByStringInterpolation {
    public private(set) var text: String
    public private(set) var values: [SQLValue]

    public init(stringLiteral text: String) {
        self.init(text: text)
    }

    /// Text that comes from the program itself (a migration, a table name), never from a person.
    public init(text: String, values: [SQLValue] = []) {
        self.text = text
        self.values = values
    }

    public init(stringInterpolation pieces: StringInterpolation) {
        self.init(text: pieces.text, values: pieces.values)
    }

    public static func + (left: SQL, right: SQL) -> SQL {
        SQL(text: left.text + right.text, values: left.values + right.values)
    }

    public struct StringInterpolation: StringInterpolationProtocol {
        var text = ""
        var values: [SQLValue] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 2)
            values.reserveCapacity(interpolationCount)
        }

        public mutating func appendLiteral(_ literal: String) {
            text += literal
        }

        public mutating func appendInterpolation(_ value: some SQLConvertible) {
            text += "?"
            values.append(value.sqlValue)
        }

        public mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value?) {
            text += "?"
            values.append(value?.sqlValue ?? .null)
        }

        public mutating func appendInterpolation(_ fragment: SQL) {
            text += fragment.text
            values += fragment.values
        }

        /// `IN \(list: identifiers)`. An empty list matches nothing; a long one is one value, however long.
        public mutating func appendInterpolation(list: some Collection<some SQLConvertible>) {
            let all = list.map(\.sqlValue)
            if all.count > SQLList.most, let list = SQLList(all) {
                text += SQLList.text
                values.append(.text(list.json))
            } else {
                text += all.isEmpty ? "(NULL)" : "(" + repeatElement("?", count: all.count).joined(separator: ", ") + ")"
                values += all
            }
        }
    }
}

extension SQL {
    /// The pattern of whatever contains a text: `name LIKE \(SQL.containing(typed)) ESCAPE '!'`.
    public static func containing(_ text: String) -> String { "%\(String(text.flatMap { "!%_".contains($0) ? ["!", $0] : [$0] }))%" }
}

extension Sequence<SQL> {
    /// Fragments one after the other: `conditions.joined(" AND ")`.
    public func joined(_ separator: String) -> SQL {
        var text = ""
        var values: [SQLValue] = []
        for (index, fragment) in enumerated() {
            if index > 0 { text += separator }
            text += fragment.text
            values += fragment.values
        }
        return SQL(text: text, values: values)
    }
}
