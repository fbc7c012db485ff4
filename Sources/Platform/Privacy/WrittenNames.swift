import Formats

/// All that says one person, taken out of texts together.
struct WrittenNames: Sendable, Equatable {
    private let names: [WrittenName]
    /// By byte, whether one of them may begin with it.
    private let heads: [Bool]

    /// - Parameter written: each wholly: the longest is looked for first.
    init(_ written: [String]) {
        names = written.sorted { ($1.count, $0) < ($0.count, $1) }.map { WrittenName($0) }.filter { !$0.isEmpty }
        let known = names.map(\.heads)
        heads = (0...UInt8.max).map { byte in known.contains { $0?.contains(byte) ?? true } }
    }

    /// The text with something in place of each.
    func replaced(in text: String, by other: String) -> String {
        let found = places(in: text)
        guard !found.isEmpty else { return text }
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var rest = 0
        for place in found {
            result += bytes[rest..<place.lowerBound] + Array(other.utf8)
            rest = place.upperBound
        }
        return String(decoding: result + bytes[rest...], as: UTF8.self)
    }

    func areIn(_ text: String) -> Bool { !places(in: text).isEmpty }

    /// Where they are, in bytes of UTF-8.
    private func places(in text: String) -> [Range<Int>] {
        let folded = FoldedText(text)
        var found: [Range<Int>] = []
        var place = 0
        while place < folded.bytes.count {
            let isInside = place > 0 && folded.parts[place - 1].isOfWord && folded.parts[place].isOfWord
            if !isInside, heads[Int(folded.bytes[place])], let end = names.lazy.compactMap({ $0.end(at: place, of: folded, in: text) }).first {
                found.append(folded.origin(place..<end))
                place = end
            } else {
                place += 1
            }
        }
        return found
    }
}
