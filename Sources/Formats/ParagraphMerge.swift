/// The merge of two texts that two people made from one, paragraph by paragraph: what one of them alone touched is taken;
/// a paragraph that both reworked, or that one took out and the other reworked, is kept in both versions and said.
///
/// Whose text comes first changes nothing, and merging again what is in already changes nothing.
public struct ParagraphMerge: Sendable, Hashable {
    /// A paragraph that both touched: what it was, and what each made of it (empty: taken out).
    public struct Contested: Sendable, Hashable {
        public let base: String
        public let mine: String
        public let theirs: String
    }

    /// The two together; both versions of what is contested, one after the other.
    public let text: String
    public let contested: [Contested]

    public init(base: String, mine: String, theirs: String) {
        let (old, here, there) = (Paragraphs.of(base), Paragraphs.of(mine), Paragraphs.of(theirs))
        let (own, other) = (Rework(old, here), Rework(old, there))
        let known = [(own, here, other, there), (other, there, own, here)].filter { Self.isIn($0.1, $0.3, from: old) }
        if let whole = known.map(\.3).min(by: { $0.lexicographicallyPrecedes($1) }) {
            text = Paragraphs.joined(whole)
            contested = old.indices.compactMap { place in
                let (here, there) = (own.kept[place], other.kept[place])
                guard here.isEmpty != there.isEmpty, here != [old[place]], there != [old[place]] else { return nil }
                return Contested(base: String(old[place]), mine: Paragraphs.joined(here), theirs: Paragraphs.joined(there))
            }
            return
        }
        var merged = Merged(old: old, here: here, there: there)
        for place in 0...old.count {
            merged.add(own, other, at: place)
            if place < old.count { merged.keep(own.kept[place], other.kept[place], in: [old[place]]) }
        }
        text = Paragraphs.joined(merged.paragraphs)
        contested = merged.contested
    }

    /// Whether all that a version brings is in another already: its new paragraphs in their order, and none of those it took out.
    private static func isIn(_ version: [Substring], _ other: [Substring], from old: [Substring]) -> Bool {
        let (before, now, there) = (old.counts, version.counts, other.counts)
        guard before.allSatisfy({ (there[$0] ?? 0) <= (now[$0] ?? 0) || (now[$0] ?? 0) >= $1 }) else { return false }
        var rest = other[...]
        for paragraph in version where before[paragraph] == nil {
            guard let found = rest.firstIndex(of: paragraph) else { return false }
            rest = rest[(found + 1)...]
        }
        return true
    }
}

/// The two together, as they are put one after the other.
private struct Merged {
    private(set) var paragraphs: [Substring] = []
    private(set) var contested: [ParagraphMerge.Contested] = []
    /// How many times a new paragraph that both have is still to be put.
    private var left: [Substring: Int]
    private let common: Set<Substring>

    init(old: [Substring], here: [Substring], there: [Substring]) {
        let known = Set(old)
        let (here, there) = (here.counts, there.counts)
        left = here.filter { !known.contains($0.key) && there[$0.key] != nil }.merging(there) { max($0, $1) }
            .filter { here[$0.key] != nil && !known.contains($0.key) }
        common = Set(left.keys)
    }

    /// What each put at a place: once when one holds the other, in an order that does not depend on who is who.
    mutating func add(_ own: Rework, _ other: Rework, at place: Int) {
        let (here, there) = (own.added[place], other.added[place])
        put(here, there)
        guard let old = own.instead[place], other.instead[place] != nil else { return }
        contest(here, there, over: old)
    }

    /// What each made of a paragraph.
    mutating func keep(_ here: [Substring], _ there: [Substring], in old: [Substring]) {
        if here == there || there == old { return put(here, []) }
        if here == old { return put(there, []) }
        put(here, there)
        contest(here, there, over: old)
    }

    private mutating func contest(_ here: [Substring], _ there: [Substring], over old: [Substring]) {
        func isCommon(_ version: [Substring]) -> Bool { !version.isEmpty && common.isSuperset(of: version) }
        guard !isCommon(here), !isCommon(there) else { return }
        contested.append(.init(base: Paragraphs.joined(old), mine: Paragraphs.joined(here), theirs: Paragraphs.joined(there)))
    }

    private mutating func put(_ here: [Substring], _ there: [Substring]) {
        for paragraph in here.lexicographicallyPrecedes(there) ? here + there : there + here {
            guard let count = left[paragraph] else {
                paragraphs.append(paragraph)
                continue
            }
            guard count > 0 else { continue }
            left[paragraph] = count - 1
            paragraphs.append(paragraph)
        }
    }
}

/// What somebody made of each paragraph of a text, and what they put before each and at the end.
private struct Rework {
    /// By paragraph: itself, what stands in its place, or nothing.
    var kept: [[Substring]]
    /// By place: before each paragraph, and after the last.
    var added: [[Substring]]
    /// By place: what was taken out where something else was put.
    var instead: [Int: [Substring]] = [:]

    init(_ old: [Substring], _ new: [Substring]) {
        kept = Array(repeating: [], count: old.count)
        added = Array(repeating: [], count: old.count + 1)
        var from = (old: 0, new: 0)
        for pair in Alignment.pairs(old, new) + [(old: old.count, new: new.count)] {
            change(old[from.old..<pair.old], new[from.new..<pair.new])
            if pair.old < old.count { kept[pair.old] = [old[pair.old]] }
            from = (pair.old + 1, pair.new + 1)
        }
    }

    /// A stretch where nothing is the same: paragraphs that look alike are reworked ones, the others came or went.
    private mutating func change(_ old: ArraySlice<Substring>, _ new: ArraySlice<Substring>) {
        let pairs = Likeness.pairs(old, new)
        let isWhole = pairs.count == old.count
        var from = new.startIndex
        for pair in pairs + [(old: old.endIndex, new: new.endIndex)] {
            if from < pair.new {
                added[pair.old] += new[from..<pair.new]
                if !isWhole { instead[pair.old] = Array(old) }
            }
            guard pair.new < new.endIndex else { break }
            kept[pair.old] = [new[pair.new]]
            from = pair.new + 1
        }
    }
}

extension [Substring] {
    /// How many times each is there.
    fileprivate var counts: [Substring: Int] { reduce(into: [:]) { $0[$1, default: 0] += 1 } }
}
