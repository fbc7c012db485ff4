import Yams

/// The strict reading of a YAML or JSON file that people wrote: positions kept, nothing typed, nothing clever.
public enum YAMLTree {
    /// Why a file is refused, and where (line and column from 1).
    public struct Failure: Error, Sendable, Hashable {
        public let line: Int
        public let column: Int
        public let reason: Reason

        public init(line: Int, column: Int, reason: Reason) {
            self.line = line
            self.column = column
            self.reason = reason
        }

        /// The kinds of refusal.
        public enum Reason: Sendable, Hashable {
            /// Not YAML, with the parser's own words (English).
            case syntax(String)
            case duplicateKey(String)
            case tooDeep, tooLarge, aliasRefused
            /// Not UTF-8, or a NUL or another control character.
            case encoding
            /// Nothing in it but spaces and comments.
            case empty
        }
    }

    /// Deeper lists and maps are refused.
    public static let depthLimit = 32
    /// Larger files are refused (bytes).
    public static let sizeLimit = 2 * 1_024 * 1_024

    /// Reads the bytes of a file, which must be UTF-8 (a byte order mark is ignored).
    public static func read(bytes: [UInt8]) throws(Failure) -> Tree {
        guard bytes.count <= sizeLimit else { throw Failure(line: 1, column: 1, reason: .tooLarge) }
        if let text = String(validating: bytes, as: UTF8.self) { return try read(text) }
        // The first replacement character that is not in the bytes themselves is where UTF-8 breaks.
        let repaired = String(decoding: bytes, as: UTF8.self)
        let end = zip(repaired.utf8, bytes).prefix { $0 == $1 }.count
        let index = repaired.utf8.index(repaired.startIndex, offsetBy: end)
        throw failure(.encoding, at: index, in: repaired)
    }

    /// Reads one document: duplicate keys, anchors, aliases, tags, several documents, more than `depthLimit` levels,
    /// more than `sizeLimit` bytes and control characters are refused.
    public static func read(_ text: String) throws(Failure) -> Tree {
        guard text.utf8.count <= sizeLimit else { throw Failure(line: 1, column: 1, reason: .tooLarge) }
        var text = text
        if text.unicodeScalars.first == "\u{FEFF}" { text.unicodeScalars.removeFirst() }
        if let index = text.unicodeScalars.firstIndex(where: isRefused) {
            throw failure(.encoding, at: index, in: text)
        }
        if let index = YAMLAliases.first(in: text) { throw failure(.aliasRefused, at: index, in: text) }
        text = JSONSurrogates.replaced(in: text)
        do {
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            // Anchors are weak references in the nodes; the parser keeps them alive.
            return try withExtendedLifetime(parser) {
                guard let root = try parser.singleRoot() else { throw Failure(line: 1, column: 1, reason: .empty) }
                return try YAMLConversion.tree(root)
            }
        } catch let error as Failure {
            throw error
        } catch let error as YamlError {
            throw YAMLConversion.failure(error, in: text)
        } catch {
            throw Failure(line: 1, column: 1, reason: .syntax("\(error)"))
        }
    }

    /// Characters that YAML does not allow (YAML 1.1 §5.1).
    private static func isRefused(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x85: false
        case 0x00...0x1F, 0x7F...0x9F, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    static func failure(_ reason: Failure.Reason, at index: String.Index, in text: String) -> Failure {
        let before = text.unicodeScalars[..<index]
        let lineStart = before.lastIndex { $0 == "\n" }.map(before.index(after:)) ?? before.startIndex
        let line = before.reduce(into: 1) { if $1 == "\n" { $0 += 1 } }
        return Failure(line: line, column: before[lineStart...].count + 1, reason: reason)
    }
}
