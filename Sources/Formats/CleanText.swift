import Foundation

/// What people typed, made fit to be kept: one spelling of each character, one kind of line end, nothing invisible
/// that would break a page or a file.
public enum CleanText {
    /// The text in NFC with LF line ends, without control characters, byte order marks, noncharacters and bidirectional
    /// controls left open. Page breaks and line separators become LF, so that no two words are glued. Emoji, joiners,
    /// right-to-left text, tabs and trailing spaces stay.
    public static func normalize(_ raw: String) -> String {
        if isPlain(raw) { return raw }
        let raw = raw.streamSafe
        var kept = String.UnicodeScalarView()
        var afterReturn = false
        var hasBidi = false
        for scalar in raw.unicodeScalars {
            defer { afterReturn = scalar == "\r" }
            switch scalar.value {
            case 0x0A: if !afterReturn { kept.append("\n") }
            case 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: kept.append("\n")
            case 0x09: kept.append(scalar)
            case 0x00...0x1F, 0x7F...0x9F, 0xFEFF, 0xFDD0...0xFDEF: continue
            case let value where value & 0xFFFE == 0xFFFE: continue
            default:
                hasBidi = hasBidi || BidiControls.isControl(scalar)
                kept.append(scalar)
            }
        }
        let text = String(hasBidi ? BidiControls.balanced(kept) : kept)
        return isComposed(text) ? text : text.precomposedStringWithCanonicalMapping
    }

    /// The same for one line: line ends and tabs become spaces, and the ends are trimmed.
    public static func line(_ raw: String) -> String {
        let text = normalize(raw)
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(scalar == "\n" || scalar == "\t" ? " " : scalar) }
        let from = scalars.firstIndex { !$0.properties.isWhitespace } ?? scalars.endIndex
        let to = scalars.lastIndex { !$0.properties.isWhitespace }.map(scalars.index(after:)) ?? from
        return String(scalars[from..<to])
    }

    /// How many words, counted as word processors do: runs without space that hold a letter or a figure
    /// (« l'eau » is one, a lone « : » or « - » is none).
    public static func wordCount(_ text: String) -> Int {
        var count = 0
        var inWord = false
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                switch UInt8(scalar.value) {
                case 0x09...0x0D, 0x20: inWord = false
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "a")...UInt8(ascii: "z"):
                    if !inWord { count += 1 }
                    inWord = true
                default: break
                }
            } else if scalar.properties.isWhitespace {
                inWord = false
            } else if !inWord, scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
                count += 1
                inWord = true
            }
        }
        return count
    }

    /// True when every byte is ASCII and none is a control other than line feed and tab.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 < 0x7F && ($0 >= 0x20 || $0 == 0x0A || $0 == 0x09) }
    }

    /// True when the text surely is in NFC: only characters that never combine (part of UAX 15).
    private static func isComposed(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy {
            switch $0.value {
            case 0..<0x300, 0x2002...0x20CF, 0x1F300...0x1FAFF: true
            default: false
            }
        }
    }
}
