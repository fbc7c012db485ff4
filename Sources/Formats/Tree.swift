/// A node of a file that people wrote in YAML or JSON, with the place where it stands; every scalar is text, and who
/// reads the file decides what it means.
public struct Tree: Sendable {
    public let kind: Kind
    /// Line of the first character, from 1.
    public let line: Int
    /// Column of the first character in Unicode code points, from 1.
    public let column: Int

    /// What the node is.
    public indirect enum Kind: Sendable {
        /// A text; `quoted` when it was written between quotes or as a block (`|`, `>`), so that `~` is `~`.
        case scalar(String, quoted: Bool)
        case list([Tree])
        /// The entries in the order of the file; no key twice.
        case map([(key: String, keyLine: Int, value: Tree)])
    }

    public init(kind: Kind, line: Int, column: Int) {
        self.kind = kind
        self.line = line
        self.column = column
    }

    /// The text, when this is a scalar.
    public var scalar: String? {
        if case .scalar(let text, _) = kind { text } else { nil }
    }

    /// The items, when this is a list.
    public var list: [Tree]? {
        if case .list(let items) = kind { items } else { nil }
    }

    /// The entries in the order of the file, when this is a map.
    public var map: [(key: String, keyLine: Int, value: Tree)]? {
        if case .map(let entries) = kind { entries } else { nil }
    }

    /// The value under a key, when this is a map that has it.
    public subscript(key: String) -> Tree? {
        map?.first { $0.key == key }?.value
    }

    /// True for an empty plain scalar, `~` and `null`: a key written without a value.
    public var isNull: Bool {
        if case .scalar(let text, quoted: false) = kind { ["", "~", "null"].contains(text) } else { false }
    }
}
