import Formats
import Foundation

/// A password that somebody chose: long rather than complicated (NIST SP 800-63B-4 §3.1.1), and not one that is guessed first.
enum Password {
    static let shortest = 15
    static let longest = 1_024

    /// The same password whatever the keyboard: NFC, every kind of space a plain one (RFC 8265 §4.2).
    static func normalized(_ typed: String) -> String {
        var plain = String.UnicodeScalarView()
        for scalar in typed.unicodeScalars {
            plain.append(scalar.properties.generalCategory == .spaceSeparator ? " " : scalar)
        }
        return String(plain).precomposedStringWithCanonicalMapping
    }

    /// Refuses a password that is short, too heavy, common, or made of what anybody knows of its owner.
    /// - Parameters:
    ///   - password: as `normalized` gives it.
    ///   - known: names, addresses, the name of the site: what adds nothing to a password.
    ///   - common: folded passwords.
    static func check(_ password: String, knowing known: [String], common: Set<String>) throws(PasswordRefusal) {
        let length = password.unicodeScalars.count
        guard length >= shortest else { throw .short(length) }
        guard password.utf8.count <= longest else { throw .long }
        let folded = French.fold(password)
        guard !common.contains(folded), !common.contains(password.lowercased()) else { throw .common }
        let bare = without(known, in: Array(folded.unicodeScalars))
        guard bare.count == folded.unicodeScalars.count || bare.count >= 8 else { throw .personal }
        guard !isRepeated(Array(folded.unicodeScalars)), unguessed(bare) >= 8 else { throw .predictable }
    }

    /// What is left when every piece that is known has been taken out.
    private static func without(_ known: [String], in text: [Unicode.Scalar]) -> [Unicode.Scalar] {
        let pieces = known.flatMap { French.fold($0).split { !$0.isLetter && !$0.isNumber } }.filter { $0.count >= 3 }
        var rest = text
        for piece in Set(pieces).sorted(by: { ($1.count, $0) < ($0.count, $1) }) {
            let piece = Array(piece.unicodeScalars)
            while let found = rest.firstRange(of: piece) { rest.removeSubrange(found) }
        }
        return rest
    }

    /// « azertyazertyazerty », « aaaaaaaaaaaaaaa »: a piece of at most eight characters said again and again.
    private static func isRepeated(_ text: [Unicode.Scalar]) -> Bool {
        (1...8).contains { period in
            text.count >= 2 * period && text.indices.dropFirst(period).allSatisfy { text[$0] == text[$0 - period] }
        }
    }

    /// How many characters do not merely follow the one before, in the alphabet, in figures or along a row of keys.
    private static func unguessed(_ text: [Unicode.Scalar]) -> Int {
        var count = text.isEmpty ? 0 : 1
        for (left, right) in zip(text, text.dropFirst()) where left != right && !neighbours.contains([left, right]) {
            count += 1
        }
        return count
    }

    private static let neighbours: Set<[Unicode.Scalar]> = {
        let rows = [
            "abcdefghijklmnopqrstuvwxyz", "01234567890", "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop",
            "asdfghjkl",
            "zxcvbnm", "qwertzuiop", "yxcvbnm",
        ].map { Array($0.unicodeScalars) }
        return Set(rows.flatMap { row in zip(row, row.dropFirst()).flatMap { [[$0, $1], [$1, $0]] } })
    }()
}

/// Why a password is not taken.
enum PasswordRefusal: Refusal, Equatable {
    case short(Int)
    case long
    case common
    case personal
    case predictable

    var key: String {
        switch self {
        case .short: "platform.password.short"
        case .long: "platform.password.long"
        case .common: "platform.password.common"
        case .personal: "platform.password.personal"
        case .predictable: "platform.password.predictable"
        }
    }

    var arguments: [String: any WordArgument] {
        if case .short(let length) = self { ["n": length, "shortest": Password.shortest] } else { [:] }
    }

    var field: String? { "password" }
}
