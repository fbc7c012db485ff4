/// A line of a calendar file (RFC 5545 §3.1): folded at 75 octets, never inside a character.
enum CalendarLine {
    /// A value of ours: a date, a word of the format.
    case plain(String, String)
    /// What people typed.
    case text(String, String)

    var written: String {
        switch self {
        case .plain(let name, let value): Self.folded("\(name):\(Self.oneLine(value))")
        case .text(let name, let value): Self.folded("\(name):\(Self.escaped(value))")
        }
    }

    /// RFC 5545 §3.3.11; other control characters have no place in it.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in CleanText.normalize(text).unicodeScalars {
            switch scalar {
            case "\\", ";", ",": escaped += "\\\(scalar)"
            case "\n": escaped += "\\n"
            case _ where scalar.value < 0x20 || scalar.value == 0x7f: continue
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    private static func oneLine(_ value: String) -> String { String(String.UnicodeScalarView(value.unicodeScalars.filter { $0.value >= 0x20 })) }

    static func folded(_ line: String) -> String {
        var folded = ""
        var width = 0
        for scalar in line.unicodeScalars {
            let size = UTF8.width(scalar)
            if width + size > 75 {
                folded += "\r\n "
                width = 1
            }
            folded.unicodeScalars.append(scalar)
            width += size
        }
        return folded + "\r\n"
    }
}
