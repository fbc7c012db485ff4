import Database
import Formats
import Platform

/// An amount of euros, counted in cents: sums are exact.
struct Cents: Sendable, Equatable, Comparable, Codable, SQLConvertible, WordArgument {
    var cents: Int

    init(_ cents: Int) {
        self.cents = cents
    }

    init(from decoder: any Decoder) throws {
        cents = try decoder.singleValueContainer().decode(Int.self)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(cents)
    }

    static let zero = Cents(0)
    /// Ten million euros: more is a mistake.
    static let most = Cents(999_999_999)

    var sqlValue: SQLValue { .integer(Int64(cents)) }

    static func + (left: Cents, right: Cents) -> Cents { Cents(left.cents + right.cents) }
    static func - (left: Cents, right: Cents) -> Cents { Cents(left.cents - right.cents) }
    static func < (left: Cents, right: Cents) -> Bool { left.cents < right.cents }

    /// « 12,50 », « 12.5 », « 1 234 € »: an amount as people type it; nil when it is none. A point or a comma before three
    /// figures is not guessed at.
    init?(typed: String) {
        let spaces: Set<Character> = [" ", "\u{A0}", "\u{202F}", "\u{2009}", "’", "'"]
        var text = typed.filter { !spaces.contains($0) }
        for mark in ["€", "EUR", "eur", "euros", "euro"] where text.hasSuffix(mark) {
            text.removeLast(mark.count)
            break
        }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
        let isNumber = { (part: Substring) in !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isNumber } }
        guard (1...2).contains(parts.count), isNumber(parts[0]), parts[0].count <= 8 else { return nil }
        let decimals = parts.count == 2 ? parts[1] : "00"
        guard isNumber(decimals), decimals.count <= 2, let euros = Int(parts[0]), let rest = Int(decimals.count == 1 ? "\(decimals)0" : decimals)
        else { return nil }
        let amount = Cents(euros * 100 + rest)
        guard amount <= Self.most else { return nil }
        self = amount
    }

    /// As it is typed again and as a table holds it: « 1234,50 », or "1234.50".
    func plain(_ words: Words) -> String { plain(mark: words.language == .french ? "," : ".") }

    func plain(mark: String) -> String {
        let (whole, rest) = (abs(cents) / 100, abs(cents) % 100)
        return "\(cents < 0 ? "-" : "")\(whole)\(mark)\(rest < 10 ? "0" : "")\(rest)"
    }

    /// « 1 234,50 € », "€1,234.50".
    func said(in words: Words) -> String {
        let (whole, rest) = (abs(cents) / 100, abs(cents) % 100)
        let sign = cents < 0 ? "−" : ""
        let number = "\(words.number(whole))\(words.language == .french ? "," : ".")\(rest < 10 ? "0" : "")\(rest)"
        return words.language == .french ? "\(sign)\(number)\u{A0}€" : "\(sign)€\(number)"
    }
}

extension Sequence<Cents> {
    var sum: Cents { reduce(.zero, +) }
}

/// An amount that somebody types in a form.
enum CentsEntry {
    /// Nil when the field is empty.
    /// - Throws: `Refused`, with what was typed.
    static func read(_ form: Fields, _ field: String) throws -> Cents? {
        let typed = form.line(field)
        guard !typed.isEmpty else { return nil }
        guard let amount = Cents(typed: typed) else { throw Refused("costs.refusal.amount", ["typed": typed], field: field) }
        return amount
    }

    /// The same, for a field that must hold something.
    static func required(_ form: Fields, _ field: String) throws -> Cents {
        guard let amount = try read(form, field), amount > .zero else { throw Refused("costs.refusal.noAmount", field: field) }
        return amount
    }
}
