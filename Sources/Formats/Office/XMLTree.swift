/// An XML document that came from outside, read whole. No document type, no entity but the five of XML: nothing to expand,
/// nothing to fetch.
public struct XMLTree: Sendable {
    public enum Child: Sendable {
        case element(XMLTree)
        case text(String)
    }

    /// With the prefix that its namespace usually has: `w:p`, `text:h`, whatever the document calls it.
    public let name: String
    public let attributes: [String: String]
    public let children: [Child]

    public subscript(_ attribute: String) -> String? { attributes[attribute] }

    public var elements: [XMLTree] { children.compactMap { if case .element(let element) = $0 { element } else { nil } } }

    public func first(_ name: String) -> XMLTree? { elements.first { $0.name == name } }

    /// The first element reached by these names, one inside the other.
    public func first(_ path: String...) -> XMLTree? {
        path.reduce(self as XMLTree?) { found, name in found?.elements.first { $0.name == name } }
    }

    /// All its words.
    public var text: String {
        children.map { child in
            switch child {
            case .text(let text): text
            case .element(let element): element.text
            }
        }.joined()
    }

    /// How many bytes its words take.
    var letters: Int {
        children.reduce(0) { sum, child in
            switch child {
            case .text(let text): sum + text.utf8.count
            case .element(let element): sum + element.letters
            }
        }
    }

    /// How many elements of these names are inside, at any depth.
    func count(of names: Set<String>) -> Int {
        children.reduce(0) { sum, child in
            guard case .element(let element) = child else { return sum }
            return sum + (names.contains(element.name) ? 1 : 0) + element.count(of: names)
        }
    }

    /// Every element of a name inside, at any depth, in order; not those inside one another.
    public func all(_ name: String) -> [XMLTree] {
        elements.flatMap { $0.name == name ? [$0] : $0.all(name) }
    }

    /// - Throws: `XMLProblem`
    public static func read(_ bytes: [UInt8]) throws(XMLProblem) -> XMLTree {
        var parser = XMLParser(bytes)
        return try parser.document()
    }
}

/// Why a document is not read.
public enum XMLProblem: Error, Equatable {
    /// It is cut, badly nested, or not in UTF-8.
    case malformed
    /// It declares a document type or entities.
    case declares
    /// Too deep, or too many elements.
    case tooLarge
}
