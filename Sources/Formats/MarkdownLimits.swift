/// What keeps a text made to hurt from costing more than its size: the parser fills short table rows up to the width of
/// the head, and climbs all enclosing quotes and lists for each word.
enum MarkdownLimits {
    /// Quotes and lists opened on one line beyond this number are read as words.
    static let nesting = 32
    /// When the tables of a text would have more cells than this, they are shown as typed.
    static let cells = 50_000

    /// True unless the tables of the text would be too large.
    static func allowsTables(in source: String) -> Bool {
        guard source.utf8.contains(UInt8(ascii: "|")) else { return true }
        var total = 0
        var columns = 0
        for line in source.utf8.split(separator: 10, omittingEmptySubsequences: false) {
            if line.allSatisfy({ $0 == 32 || $0 == 9 }) {
                columns = 0
            } else if line.contains(UInt8(ascii: "-")), line.allSatisfy({ " \t|:->".utf8.contains($0) }) {
                columns = max(columns, line.reduce(into: 1) { if $1 == UInt8(ascii: "|") { $0 += 1 } })
            }
            total += columns
        }
        return total <= cells
    }

    /// Beyond these numbers of signs that stand in addresses, bare addresses are not looked for: each looks back at the whole line.
    static let addresses = (mails: 1_000, links: 10_000)

    /// True unless a text is made of addresses, or of what looks like them.
    static func allowsBareAddresses(in source: String) -> Bool {
        source.utf8.count { $0 == UInt8(ascii: "@") } <= addresses.mails && source.utf8.count { $0 == UInt8(ascii: ":") } <= addresses.links
    }

    /// The text with a backslash before the first marker too many of each line; almost always the text itself.
    static func tamed(_ source: String) -> String {
        let bytes = Array(source.utf8)
        var excess: [Int] = []
        for line in bytes.split(separator: 10) where line.count > 2 * nesting || line.first == UInt8(ascii: ">") {
            if let place = markerInExcess(in: line) { excess.append(place) }
        }
        guard !excess.isEmpty else { return source }
        var tamed: [UInt8] = []
        tamed.reserveCapacity(bytes.count + excess.count)
        var start = 0
        for place in excess {
            tamed += bytes[start..<place]
            tamed.append(UInt8(ascii: "\\"))
            start = place
        }
        tamed += bytes[start...]
        return String(decoding: tamed, as: UTF8.self)
    }

    private static func markerInExcess(in line: ArraySlice<UInt8>) -> Int? {
        var markers = 0
        var sorts: Set<UInt8> = []
        for place in line.indices {
            let byte = line[place]
            let next = place + 1 < line.endIndex ? line[place + 1] : 10
            let endsWord = next == 32 || next == 9 || next == 10
            switch byte {
            case 32, 9, UInt8(ascii: "0")...UInt8(ascii: "9"): continue
            case UInt8(ascii: ">"): break
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"), UInt8(ascii: "."), UInt8(ascii: ")"):
                guard endsWord else { return nil }
            default: return nil
            }
            markers += 1
            sorts.insert(byte)
            guard markers > nesting else { continue }
            // A rule (`* * *`) opens nothing, however long.
            let isRule = sorts.count == 1 && byte != UInt8(ascii: ">") && line.allSatisfy { $0 == byte || $0 == 32 }
            return isRule ? nil : place
        }
        return nil
    }
}
