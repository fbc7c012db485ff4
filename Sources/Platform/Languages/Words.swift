import Formats

/// The languages of the screens: French first.
public enum Language: String, Sendable, CaseIterable, Codable {
    case french = "fr"
    case english = "en"
}

/// A value put in a sentence by name.
public protocol WordArgument: Sendable {
    func said(in words: Words) -> String
    /// What chooses between singular and plural.
    var quantity: Int? { get }
}

extension WordArgument {
    public var quantity: Int? { nil }
}

extension String: WordArgument {
    public func said(in words: Words) -> String { self }
}

extension Int: WordArgument {
    public func said(in words: Platform.Words) -> String { words.number(self) }
    public var quantity: Int? { self }
}

extension Day: WordArgument {
    public func said(in words: Words) -> String { words.day(self) }
}

extension Instant: WordArgument {
    public func said(in words: Words) -> String { words.moment(self) }
}

/// The sentences of one language: `words("visits.board.missing", ["n": 3])`.
public struct Words: Sendable {
    public let language: Language
    private let sentences: [String: String]

    public init(language: Language, sentences: [String: String]) {
        self.language = language
        self.sentences = sentences
    }

    public var keys: Set<String> { Set(sentences.keys) }

    /// What the element that holds words written in `language` says of them, when the page around is in another (WCAG 3.1.2).
    public func lang(_ written: Language) -> Markup {
        written == language ? .empty : " lang=\"\(written.rawValue)\""
    }

    /// The sentence of a key, its arguments in place. When the key has the forms `.one` and `.other`, the argument `n`
    /// chooses. A key without sentence is shown as it is: the tests find it.
    public func callAsFunction(_ key: String, _ arguments: [String: any WordArgument] = [:]) -> String {
        let sentence = sentences[key] ?? arguments["n"]?.quantity.flatMap { sentences["\(key).\(form($0))"] } ?? key
        guard !arguments.isEmpty, sentence.utf8.contains(UInt8(ascii: "{")) else { return sentence }
        return filled(sentence, arguments)
    }

    public func has(_ key: String) -> Bool { sentences[key] != nil }

    /// The name of a value of an enumeration: `words.name("visits.kind", of: kind)` reads `visits.kind.resident`.
    public func name<Value: RawRepresentable<String>>(_ prefix: String, of value: Value) -> String {
        self("\(prefix).\(value.rawValue)")
    }

    private func form(_ number: Int) -> String {
        switch language {
        case .french: abs(number) < 2 ? "one" : "other"
        case .english: abs(number) == 1 ? "one" : "other"
        }
    }

    /// « {days|jour|jours} »: the value with the form it asks for, where a sentence counts several things.
    private func counted(_ argument: any WordArgument, _ one: Substring, _ other: Substring) -> String {
        let said = argument.said(in: self)
        let figures = said.filter { $0.isNumber || $0 == "," || $0 == "." }.replacing(",", with: language == .french ? "." : "")
        let number = argument.quantity.map(Double.init) ?? Double(figures) ?? 2
        return "\(said) \(language == .french ? (number < 2 ? one : other) : (number == 1 ? one : other))"
    }

    /// Arguments that are no words.
    private static let technical: Set<String> = ["id", "label", "path", "zone"]

    private func filled(_ sentence: String, _ arguments: [String: any WordArgument]) -> String {
        var result = ""
        var rest = Substring(sentence)
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            result += rest[..<open]
            let parts = rest[rest.index(after: open)..<close].split(separator: "|")
            let name = parts.first.map(String.init) ?? ""
            let said = arguments[name].map { parts.count == 3 ? counted($0, parts[1], parts[2]) : $0.said(in: self) } ?? "{\(name)}"
            result = language == .french && !Self.technical.contains(name) ? French.join(result, said) : result + said
            rest = rest[rest.index(after: close)...]
        }
        return result + rest
    }
}
