import Formats

/// A name or an address as others may have written it: in any case, with or without accents, surname first or last, the words
/// apart by any space, a hyphen or not where it has one.
struct WrittenName: Sendable, Equatable {
    private enum Piece: Sendable, Equatable {
        case byte(UInt8)
        case space
        case hyphen
        case apostrophe
        /// Between a surname and a first name: « Marchand, Solène ».
        case turn
    }

    /// For an address, which must be this one whole, its accents included.
    private let address: String?
    /// For a name of one word: as it is, capitals and accents included.
    private let exact: String?
    /// The ways to write it.
    private let ways: [[Piece]]

    init(_ written: String) {
        address = written.contains("@") ? written.lowercased() : nil
        exact = written.contains(where: \.isWhitespace) ? nil : written
        guard address == nil else {
            ways = [FoldedText(written).bytes.map { .byte($0) }]
            return
        }
        let words = written.split { $0.isWhitespace || $0 == "_" }.map { Self.pieces(String($0)) }.filter { !$0.isEmpty }
        // « Anne de la Tour », « de la Tour, Anne »: whichever of its words the surname begins with.
        ways = words.indices.map { first in
            let (surname, given) = (words[first...].joined(separator: [.space]), words[..<first].joined(separator: [.space]))
            return Array(surname) + (first == 0 ? [] : [.turn] + given)
        }
    }

    var isEmpty: Bool { ways.allSatisfy(\.isEmpty) }

    /// A name says one person when two of its words say something: « de la », « titre », « A » and « Rose » are everybody's.
    static func tells(_ name: String) -> Bool {
        name.split(whereSeparator: \.isWhitespace).count { word in
            let folded = French.fold(String(word))
            return folded.count { $0.isLetter } > 1 && !French.stopwords.contains(folded)
        } > 1
    }

    /// Neither too short to be looked for, nor made of so many words that it is no name.
    static func isReadable(_ name: String) -> Bool {
        let words = name.split(whereSeparator: \.isWhitespace)
        return name.count { $0.isLetter } > 2 && words.count <= 8 && !words.allSatisfy { French.stopwords.contains(French.fold(String($0))) }
    }

    /// The bytes that it may begin with; nil for any.
    var heads: Set<UInt8>? {
        let heads = ways.map { way -> UInt8? in if case .byte(let byte)? = way.first { byte } else { nil } }
        return heads.contains(nil) ? nil : Set(heads.compactMap { $0 })
    }

    private static func pieces(_ word: String) -> [Piece] {
        FoldedText(word).bytes.map { byte in
            switch byte {
            case UInt8(ascii: "-"): .hyphen
            case UInt8(ascii: "'"): .apostrophe
            default: .byte(byte)
            }
        }
    }

    /// The end of the name, when it is written at this place of a text.
    func end(at start: Int, of folded: FoldedText, in text: String) -> Int? {
        for way in ways {
            guard let end = Self.end(of: way, from: start, folded.bytes) else { continue }
            if let address {
                if Self.standsAsAddress(start..<end, folded), Self.origin(start..<end, folded, text).lowercased() == address { return end }
            } else if Self.standsAsName(start..<end, folded), exact == nil || exact == Self.origin(start..<end, folded, text) {
                return end
            }
        }
        return nil
    }

    private static func origin(_ range: Range<Int>, _ folded: FoldedText, _ text: String) -> String {
        let place = folded.origin(range)
        return String(decoding: text.utf8.dropFirst(place.lowerBound).prefix(place.count), as: UTF8.self)
    }

    private static func end(of way: [Piece], from start: Int, _ bytes: [UInt8]) -> Int? {
        var place = start
        func take(_ byte: UInt8) -> Bool {
            guard place < bytes.count, bytes[place] == byte else { return false }
            place += 1
            return true
        }
        let space = UInt8(ascii: " ")
        for piece in way {
            switch piece {
            case .byte(let byte): guard take(byte) else { return nil }
            case .space: guard take(space) else { return nil }
            case .turn:
                _ = take(UInt8(ascii: ","))
                guard take(space) else { return nil }
            case .hyphen:
                let isSpaced = take(space)
                guard take(UInt8(ascii: "-")) || isSpaced else { return nil }
                _ = take(space)
            case .apostrophe:
                guard take(UInt8(ascii: "'")) else { return nil }
                _ = take(space)
            }
        }
        return place > start ? place : nil
    }

    /// Alone between two limits of words; « Anne-Marie Roux » and « Marie Roux-Dubois » are not Marie Roux.
    private static func standsAsName(_ range: Range<Int>, _ folded: FoldedText) -> Bool {
        let (bytes, parts) = (folded.bytes, folded.parts)
        let hyphen = UInt8(ascii: "-")
        func isWord(_ place: Int) -> Bool { parts.indices.contains(place) && parts[place].isOfWord }
        guard !isWord(range.lowerBound - 1), !isWord(range.upperBound) else { return false }
        if range.upperBound + 1 < bytes.count, bytes[range.upperBound] == hyphen, parts[range.upperBound + 1] == .capital { return false }
        guard range.lowerBound > 1, bytes[range.lowerBound - 1] == hyphen else { return true }
        var first = range.lowerBound - 2
        while isWord(first - 1) { first -= 1 }
        return parts[first] != .capital
    }

    /// Neither the end of a longer address nor the beginning of one.
    private static func standsAsAddress(_ range: Range<Int>, _ folded: FoldedText) -> Bool {
        func isPart(_ place: Int, _ others: String) -> Bool {
            guard folded.parts.indices.contains(place) else { return false }
            return folded.parts[place].isOfWord || others.utf8.contains(folded.bytes[place])
        }
        guard !isPart(range.lowerBound - 1, ".%+-") else { return false }
        if isPart(range.upperBound, "") { return false }
        return !(isPart(range.upperBound, ".-@") && isPart(range.upperBound + 1, ""))
    }
}
