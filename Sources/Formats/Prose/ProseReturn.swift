/// A text that left as a document, was edited there and comes back: every block that the edition left alone keeps the very
/// words it was written with, whatever a word processor cannot say of them.
public struct ProseReturn: Sendable {
    public let passage: ProsePassage
    public let kind: OfficeFile.Kind

    public init(_ passage: ProsePassage, kind: OfficeFile.Kind) {
        self.passage = passage
        self.kind = kind
    }

    /// The text as the document has it.
    /// - Parameters:
    ///   - old: the text that left.
    ///   - new: what the document says in its place, as Markdown.
    ///   - directives: those that the whole document still has; the others are put back where they were.
    ///   - dropped: those not put back.
    public func body(_ old: String, becoming new: String, directives: Set<String>, dropped: Set<String> = []) -> String {
        let units = ProseReader.units(old)
        let words = units.filter { $0.note == nil }
        let echoes = echo(words.map(\.blocks))
        let fresh = ProseReader.blocks(new)
        let lost = words.flatMap(\.blocks).compactMap { block -> String? in
            if case .directive(let name) = block, !directives.contains(name), !dropped.contains(name) { name } else { nil }
        }
        var writer = Weaving(lines: Lines.of(old), units: units)
        writer.weave(words: words, echoes: echoes, fresh: fresh, lost: Set(lost))
        if let text = writer.text() { return text }
        return ProseWriter.markdown(fresh + lost.map { .directive($0) })
    }

    /// What each block becomes by leaving and coming back untouched.
    private func echo(_ units: [[Prose.Block]]) -> [[String]] {
        var blocks: [Prose.Block] = []
        for unit in units { blocks += passage.outgoing(unit) + [.paragraph([.text(Self.mark)])] }
        let images = Dictionary(uniqueKeysWithValues: passage.images.map { (passage.absolute($0), OfficeImage(address: $0)) })
        let paper = OfficePaper(title: "", language: "fr", blocks: blocks, images: images)
        guard let bytes = try? paper.file(kind, at: Instant(milliseconds: 1_600_000_000_000)), let file = try? OfficeFile(bytes),
            let text = try? OfficeText.read(file)
        else { return units.map { _ in [] } }
        let read = text.placed(text.pictures.map(\.origin))
        let parts = read.split(omittingEmptySubsequences: false) { $0 == .paragraph([.text(Self.mark)]) }.map(Array.init)
        guard parts.count == units.count + 1 else { return units.map { _ in [] } }
        return parts.dropLast().map { ProseReader.blocks(ProseWriter.markdown(passage.incoming($0, under: 1))).map(Weaving.key) }
    }

    /// Stands between two blocks.
    private static let mark = "\u{E0F1}"
}

/// Old blocks and new ones put together again.
private struct Weaving {
    enum Piece {
        /// An old block, by its place among all of them.
        case old(Int)
        case new(Prose.Block)
    }

    let lines: [Substring]
    let units: [ProseReader.Unit]
    private var pieces: [Piece] = []

    init(lines: [Substring], units: [ProseReader.Unit]) {
        self.lines = lines
        self.units = units
    }

    /// What makes two blocks the same.
    static func key(_ block: Prose.Block) -> String { ProseWriter.markdown([block]) }

    mutating func weave(words: [ProseReader.Unit], echoes: [[String]], fresh: [Prose.Block], lost: Set<String>) {
        let places = units.indices.filter { units[$0].note == nil }
        let flat = echoes.enumerated().flatMap { index, keys in keys.map { (unit: index, key: $0) } }
        let keys = fresh.map(Self.key)
        let pairs = Dictionary(uniqueKeysWithValues: Alignment.pairs(flat.map(\.key), keys).map { ($0.old, $0.new) })
        var kept: [Int: (unit: Int, count: Int)] = [:]
        var start = 0
        for (unit, echo) in echoes.enumerated() {
            defer { start += echo.count }
            guard !echo.isEmpty, let first = pairs[start] else { continue }
            if (0..<echo.count).allSatisfy({ pairs[start + $0] == first + $0 }) { kept[first] = (places[unit], echo.count) }
        }
        var index = 0
        while index < fresh.count {
            if let unit = kept[index] {
                pieces.append(.old(unit.unit))
                index += unit.count
            } else {
                pieces.append(.new(fresh[index]))
                index += 1
            }
        }
        for place in places {
            for case .directive(let name) in units[place].blocks where lost.contains(name) {
                pieces.insert(.new(.directive(name)), at: self.place(of: place))
            }
        }
    }

    /// Where what stood at a place stands now: before the next block that is still there.
    private func place(of unit: Int) -> Int {
        pieces.firstIndex { if case .old(let other) = $0 { other > unit } else { false } } ?? pieces.count
    }

    /// The text; nil when a kept block would not be read as before.
    mutating func text() -> String? {
        let known = units.compactMap { unit in unit.note.map { (label: $0, text: NoteLabels.text(of: unit.blocks)) } }
        var notes = NoteLabels(known)
        var written: [(text: String, unit: Int?)] = pieces.map { piece in
            switch piece {
            case .old(let unit): (source(unit), unit)
            case .new(let block): (ProseWriter.block(block, &notes), nil)
            }
        }.filter { $0.1 != nil || !$0.0.isEmpty }
        let sources = written.filter { $0.unit != nil }.map(\.text)
        for (index, unit) in units.enumerated() {
            guard let label = unit.note, notes.called.contains(label) || sources.contains(where: { $0.contains("[^\(label)]") }) else { continue }
            let place = written.firstIndex { $0.unit.map { $0 > index } ?? false } ?? written.count
            written.insert((source(index), index), at: place)
        }
        written += notes.definitions().map { ($0, nil) }
        let text = joined(written)
        return isFaithful(text, to: written.compactMap(\.unit)) ? text : nil
    }

    private func source(_ unit: Int) -> String { lines[units[unit].lines].joined(separator: "\n") }

    private func joined(_ written: [(text: String, unit: Int?)]) -> String {
        var text = ""
        for (index, piece) in written.enumerated() {
            let isLast = index == written.count - 1
            if index == 0, piece.unit == 0, let first = units.first { text += lines[..<first.lines.lowerBound].map { $0 + "\n" }.joined() }
            if let unit = piece.unit, isLast ? unit == units.count - 1 : written[index + 1].unit == unit + 1 {
                text += piece.text + (isLast ? "" : "\n")
            } else {
                var plain = piece.text
                while plain.hasSuffix("\n") { plain.removeLast() }
                text += plain + (isLast ? (lines.last == "" && lines.count > 1 ? "\n" : "") : "\n\n")
            }
        }
        return text
    }

    private func isFaithful(_ text: String, to kept: [Int]) -> Bool {
        var rest = ProseReader.blocks(text).map(Self.key)[...]
        for unit in kept where units[unit].note == nil {
            for block in units[unit].blocks {
                guard let place = rest.firstIndex(of: Self.key(block)) else { return false }
                rest = rest[(place + 1)...]
            }
        }
        return true
    }
}
