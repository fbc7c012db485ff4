/// Reads the bytes of a document once, without ever going back.
struct XMLParser {
    private struct Open {
        let name: String
        let written: ArraySlice<UInt8>
        let attributes: [String: String]
        let spaces: [String: String]
        var children: [XMLTree.Child] = []
    }

    private static let depth = 200
    private static let count = 600_000
    private let bytes: [UInt8]
    private var index = 0
    private var elements = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    mutating func document() throws(XMLProblem) -> XMLTree {
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .malformed }
        var open: [Open] = []
        while index < bytes.count {
            if bytes[index] != UInt8(ascii: "<") {
                let start = index
                while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
                guard !open.isEmpty else { continue }
                open[open.count - 1].children.append(.text(try unescaped(bytes[start..<index])))
            } else if starts("<!--") {
                try skip(to: "-->")
            } else if starts("<![CDATA[") {
                let start = index + 9
                try skip(to: "]]>")
                guard !open.isEmpty else { throw .malformed }
                open[open.count - 1].children.append(.text(String(decoding: bytes[start..<(index - 3)], as: UTF8.self)))
            } else if starts("<!") {
                throw .declares
            } else if starts("<?") {
                try skip(to: "?>")
            } else if starts("</") {
                guard let last = open.popLast() else { throw .malformed }
                index += 2
                guard bytes[index...].starts(with: last.written) else { throw .malformed }
                index += last.written.count
                skipSpaces()
                try expect(">")
                let element = XMLTree(name: last.name, attributes: last.attributes, children: last.children)
                guard !open.isEmpty else { return element }
                open[open.count - 1].children.append(.element(element))
            } else if let root = try openElement(&open) {
                return root
            }
        }
        throw .malformed
    }

    /// Begins an element; one that ends at once goes to its parent, or is the whole document.
    private mutating func openElement(_ open: inout [Open]) throws(XMLProblem) -> XMLTree? {
        index += 1
        elements += 1
        guard open.count < Self.depth, elements < Self.count else { throw .tooLarge }
        let written = name()
        guard !written.isEmpty else { throw .malformed }
        var raw: [(ArraySlice<UInt8>, String)] = []
        var spaces = open.last?.spaces ?? [:]
        while true {
            skipSpaces()
            guard index < bytes.count else { throw .malformed }
            if bytes[index] == UInt8(ascii: ">") || bytes[index] == UInt8(ascii: "/") { break }
            let attribute = name()
            skipSpaces()
            try expect("=")
            skipSpaces()
            guard !attribute.isEmpty, index < bytes.count, bytes[index] == 34 || bytes[index] == 39 else { throw .malformed }
            let quote = bytes[index]
            let start = index + 1
            index = start
            while index < bytes.count, bytes[index] != quote, bytes[index] != UInt8(ascii: "<") { index += 1 }
            guard index < bytes.count, bytes[index] == quote else { throw .malformed }
            let value = try unescaped(bytes[start..<index])
            index += 1
            if attribute.starts(with: "xmlns:".utf8) {
                spaces[String(decoding: attribute.dropFirst(6), as: UTF8.self)] = value
            } else {
                raw.append((attribute, value))
            }
        }
        let attributes = Dictionary(raw.map { (usual($0.0, spaces), $0.1) }) { first, _ in first }
        let element = Open(name: usual(written, spaces), written: written, attributes: attributes, spaces: spaces)
        if bytes[index] == UInt8(ascii: "/") {
            index += 1
            try expect(">")
            let empty = XMLTree(name: element.name, attributes: attributes, children: [])
            guard !open.isEmpty else { return empty }
            open[open.count - 1].children.append(.element(empty))
            return nil
        }
        try expect(">")
        open.append(element)
        return nil
    }

    /// The name with the usual prefix of its namespace.
    private func usual(_ written: ArraySlice<UInt8>, _ spaces: [String: String]) -> String {
        let name = String(decoding: written, as: UTF8.self)
        guard let colon = name.firstIndex(of: ":") else { return name }
        let prefix = String(name[..<colon])
        guard let space = spaces[prefix], let known = XMLNamespaces.prefix(of: space) else { return name }
        return known + name[colon...]
    }

    private mutating func name() -> ArraySlice<UInt8> {
        let start = index
        while index < bytes.count, !" \t\r\n=/>\"'<".utf8.contains(bytes[index]) { index += 1 }
        return bytes[start..<index]
    }

    private func starts(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { bytes[index...].starts(with: $0) }
    }

    private mutating func skip(to end: String) throws(XMLProblem) {
        let wanted = Array(end.utf8)
        while index + wanted.count <= bytes.count {
            if bytes[index] == wanted[0], bytes[index...].starts(with: wanted) {
                index += wanted.count
                return
            }
            index += 1
        }
        throw .malformed
    }

    private mutating func skipSpaces() {
        while index < bytes.count, [32, 9, 10, 13].contains(bytes[index]) { index += 1 }
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(XMLProblem) {
        guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { throw .malformed }
        index += 1
    }

    private func unescaped(_ slice: ArraySlice<UInt8>) throws(XMLProblem) -> String {
        let text = String(decoding: slice, as: UTF8.self)
        guard slice.contains(UInt8(ascii: "&")) else { return text }
        var (result, rest) = ("", text[...])
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            guard let end = rest[start...].prefix(12).firstIndex(of: ";") else { throw .malformed }
            result += try Self.reference(rest[rest.index(after: start)..<end])
            rest = rest[rest.index(after: end)...]
        }
        return result + rest
    }

    private static func reference(_ name: Substring) throws(XMLProblem) -> String {
        switch name {
        case "lt": return "<"
        case "gt": return ">"
        case "amp": return "&"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard name.hasPrefix("#") else { throw .declares }
            let digits = name.dropFirst()
            let value = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            guard let value, let scalar = Unicode.Scalar(value), value != 0 else { throw .malformed }
            return String(Character(scalar))
        }
    }
}
