/// A text folded (`French.fold`), each byte with the place it comes from: what is found in the one is replaced in the other.
/// Spaces of any kind, underscores and the escapes of JSON are one space; what is not seen is nothing.
public struct FoldedText: Sendable {
    /// What a byte is part of.
    public enum Part: UInt8, Sendable {
        case space
        case sign
        /// A letter or a digit.
        case word
        case capital

        public var isOfWord: Bool { self == .word || self == .capital }
    }

    public private(set) var bytes: [UInt8] = []
    public private(set) var parts: [Part] = []
    /// Where the character of each byte begins and ends in the original, in bytes of UTF-8.
    private var starts: [Int] = []
    private var ends: [Int] = []

    public init(_ text: String) {
        for array in [\FoldedText.starts, \.ends] { self[keyPath: array].reserveCapacity(text.utf8.count) }
        bytes.reserveCapacity(text.utf8.count)
        parts.reserveCapacity(text.utf8.count)
        var place = 0
        var escapes = false
        for scalar in text.unicodeScalars {
            let end = place + UTF8.width(scalar)
            if escapes, "nrt".unicodeScalars.contains(scalar) {
                // `\n` as JSON writes it: the backslash before becomes the space.
                bytes[bytes.count - 1] = UInt8(ascii: " ")
                parts[parts.count - 1] = .space
                ends[ends.count - 1] = end
                escapes = false
                mergeSpaces()
            } else {
                append(scalar, place, end)
                escapes = scalar == "\\" && !escapes
            }
            place = end
        }
    }

    /// The bytes of the original, in UTF-8, that these ones come from, with the accents that follow.
    public func origin(_ range: Range<Int>) -> Range<Int> { starts[range.lowerBound]..<ends[range.upperBound - 1] }

    private mutating func append(_ scalar: Unicode.Scalar, _ start: Int, _ end: Int) {
        let before = bytes.count
        let part = Self.part(scalar)
        if part == .space { bytes.append(UInt8(ascii: " ")) } else { FrenchFolding.append(scalar, to: &bytes) }
        if !scalar.isASCII, part == .sign, scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.generalCategory == .nonspacingMark {
            bytes.removeLast(bytes.count - before)
        }
        guard bytes.count > before else {
            // An accent that stands alone goes with the letter that it is on.
            guard let last = starts.last else { return }
            for index in ends.indices.reversed() {
                guard starts[index] == last else { break }
                ends[index] = end
            }
            return
        }
        for _ in before..<bytes.count {
            parts.append(part)
            starts.append(start)
            ends.append(end)
        }
        if part == .space { mergeSpaces() }
    }

    private mutating func mergeSpaces() {
        guard parts.count > 1, parts[parts.count - 2] == .space else { return }
        ends[ends.count - 2] = ends[ends.count - 1]
        bytes.removeLast()
        parts.removeLast()
        starts.removeLast()
        ends.removeLast()
    }

    private static func part(_ scalar: Unicode.Scalar) -> Part {
        switch scalar.value {
        case 0x61...0x7A, 0x30...0x39: return .word
        case 0x41...0x5A: return .capital
        case 0x20, 0x09...0x0D, 0x5F, 0xA0, 0x202F: return .space
        case 0..<0x80: return .sign
        default:
            let properties = scalar.properties
            if properties.isWhitespace { return .space }
            if properties.generalCategory == .nonspacingMark { return .sign }
            if properties.isUppercase { return .capital }
            return properties.isAlphabetic || properties.numericType != nil ? .word : .sign
        }
    }
}
