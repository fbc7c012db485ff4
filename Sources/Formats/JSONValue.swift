/// A JSON document as a value: what our API endpoints read and write, and what revisions are hashed from.
public indirect enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case int(Int64)
    case double(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue {
    /// The value under a key, or nil when this is not an object or has no such key.
    public subscript(key: String) -> JSONValue? {
        object?[key]
    }

    /// The value at a place, or nil when this is not an array or is shorter.
    public subscript(index: Int) -> JSONValue? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }

    /// The text, when this is one.
    public var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The whole number, when this is one that fits an `Int`.
    public var int: Int? {
        if case .int(let number) = self { Int(exactly: number) } else { nil }
    }

    /// The number, whole or not.
    public var double: Double? {
        switch self {
        case .int(let number): Double(number)
        case .double(let number): number
        default: nil
        }
    }

    /// The truth value, when this is one.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The items, when this is an array.
    public var array: [JSONValue]? {
        if case .array(let items) = self { items } else { nil }
    }

    /// The members, when this is an object.
    public var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// True for `null`.
    public var isNull: Bool { self == .null }
}
