/// A piece of HTML that is safe to send: what a template writes stays as it is, what people typed is escaped.
public struct Markup: Sendable, Hashable {
    /// The HTML, UTF-8, ready to be put in a page.
    public private(set) var html: String

    private init(html: String) {
        self.html = html
    }

    /// HTML taken as it is; only for HTML made by our own code.
    public static func raw(_ html: String) -> Markup {
        Markup(html: html)
    }

    /// A text as people typed it, escaped.
    public static func text(_ text: String) -> Markup {
        var html = ""
        HTMLEscape.append(text, to: &html)
        return Markup(html: html)
    }

    /// Nothing at all.
    public static let empty = Markup(html: "")

    /// True when there is nothing to show.
    public var isEmpty: Bool { html.isEmpty }

    /// ` name="value"` with its leading space, or nothing when there is no value; `name` is ours, `value` is escaped.
    public static func attribute(_ name: StaticString, value: String?) -> Markup {
        guard let value else { return .empty }
        return " \(raw(name.description))=\"\(value)\""
    }

    /// ` name` with its leading space when the condition holds (`checked`, `required`, `hidden`).
    public static func flag(_ name: StaticString, if condition: Bool) -> Markup {
        condition ? " \(raw(name.description))" : .empty
    }

    public static func + (left: Markup, right: Markup) -> Markup {
        Markup(html: left.html + right.html)
    }

    public static func += (left: inout Markup, right: Markup) {
        left.html += right.html
    }
}

extension Sequence<Markup> {
    /// The pieces one after the other, with the separator between them.
    public func joined(separator: Markup = .empty) -> Markup {
        var html = ""
        var isFirst = true
        for piece in self {
            if !isFirst { html += separator.html }
            html += piece.html
            isFirst = false
        }
        return .raw(html)
    }
}

extension Markup: ExpressibleByStringInterpolation {
    public init(stringLiteral value: String) {
        self.init(html: value)
    }

    public init(stringInterpolation: StringInterpolation) {
        self.init(html: stringInterpolation.html)
    }

    /// The gathering of a template: literal parts verbatim, values escaped, markup verbatim, `nil` nothing.
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var html = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            html.reserveCapacity(literalCapacity + interpolationCount * 24)
        }

        public mutating func appendLiteral(_ literal: String) {
            html += literal
        }

        public mutating func appendInterpolation(_ text: String) {
            HTMLEscape.append(text, to: &html)
        }

        public mutating func appendInterpolation(_ text: String?) {
            if let text { HTMLEscape.append(text, to: &html) }
        }

        public mutating func appendInterpolation(_ text: Substring) {
            HTMLEscape.append(String(text), to: &html)
        }

        public mutating func appendInterpolation(_ text: Substring?) {
            if let text { HTMLEscape.append(String(text), to: &html) }
        }

        public mutating func appendInterpolation(_ number: some BinaryInteger) {
            html += String(number)
        }

        public mutating func appendInterpolation(_ number: (some BinaryInteger)?) {
            if let number { html += String(number) }
        }

        public mutating func appendInterpolation(_ markup: Markup) {
            html += markup.html
        }

        public mutating func appendInterpolation(_ markup: Markup?) {
            if let markup { html += markup.html }
        }

        public mutating func appendInterpolation(_ pieces: [Markup]) {
            for piece in pieces { html += piece.html }
        }
    }
}

extension DefaultStringInterpolation {
    @available(*, unavailable, message: "markup in a plain text would be read as code: say that the literal is Markup")
    public mutating func appendInterpolation(_ markup: Markup) { fatalError() }

    @available(*, unavailable, message: "markup in a plain text would be read as code: say that the literal is Markup")
    public mutating func appendInterpolation(_ markup: [Markup]) { fatalError() }
}
