/// Which items of two sequences stand for the same, in order: the ground of the diff and of the merge.
enum Alignment {
    /// More differences than this between two anchors are not looked into: the whole stretch counts as changed.
    static let effort = 600

    /// Pairs of equal items, both places rising. Items that occur once on both sides are anchors (patience diff,
    /// Cohen); between them the shortest edit script is sought (Myers 1986, O(ND)) within `effort`.
    static func pairs<Item: Hashable>(_ old: [Item], _ new: [Item]) -> [(old: Int, new: Int)] {
        var numbers: [Item: Int] = [:]
        func number(_ item: Item) -> Int {
            if let known = numbers[item] { return known }
            numbers[item] = numbers.count
            return numbers.count - 1
        }
        let old = old.map(number)
        let new = new.map(number)
        var pairs: [(old: Int, new: Int)] = []
        var from = (old: 0, new: 0)
        for anchor in anchors(old, new) + [(old: old.count, new: new.count)] {
            align(old, from.old..<anchor.old, new, from.new..<anchor.new, into: &pairs)
            if anchor.old < old.count { pairs.append(anchor) }
            from = (anchor.old + 1, anchor.new + 1)
        }
        return pairs
    }

    /// Items that occur once on each side, as far as they keep the same order.
    private static func anchors(_ old: [Int], _ new: [Int]) -> [(old: Int, new: Int)] {
        func once(_ items: [Int]) -> [Int: Int] {
            var places: [Int: Int] = [:]
            var repeated: Set<Int> = []
            for (place, item) in items.enumerated() where places.updateValue(place, forKey: item) != nil {
                repeated.insert(item)
            }
            return places.filter { !repeated.contains($0.key) }
        }
        let inOld = once(old)
        let common = once(new).compactMap { item, place in inOld[item].map { (old: $0, new: place) } }
        return rising(common.sorted { $0.old < $1.old })
    }

    /// The longest part whose second places rise (patience sorting).
    private static func rising(_ pairs: [(old: Int, new: Int)]) -> [(old: Int, new: Int)] {
        var tops: [Int] = []
        var previous = Array(repeating: -1, count: pairs.count)
        for index in pairs.indices {
            var low = 0
            var high = tops.count
            while low < high {
                let middle = (low + high) / 2
                if pairs[tops[middle]].new < pairs[index].new { low = middle + 1 } else { high = middle }
            }
            previous[index] = low > 0 ? tops[low - 1] : -1
            if low == tops.count { tops.append(index) } else { tops[low] = index }
        }
        var chain: [(old: Int, new: Int)] = []
        var index = tops.last ?? -1
        while index >= 0 {
            chain.append(pairs[index])
            index = previous[index]
        }
        return chain.reversed()
    }

    private static func align(
        _ old: [Int], _ oldRange: Range<Int>, _ new: [Int], _ newRange: Range<Int>,
        into pairs: inout [(old: Int, new: Int)]
    ) {
        var (oldStart, newStart) = (oldRange.lowerBound, newRange.lowerBound)
        var (oldEnd, newEnd) = (oldRange.upperBound, newRange.upperBound)
        while oldStart < oldEnd, newStart < newEnd, old[oldStart] == new[newStart] {
            pairs.append((oldStart, newStart))
            oldStart += 1
            newStart += 1
        }
        var tail: [(old: Int, new: Int)] = []
        while oldStart < oldEnd, newStart < newEnd, old[oldEnd - 1] == new[newEnd - 1] {
            oldEnd -= 1
            newEnd -= 1
            tail.append((oldEnd, newEnd))
        }
        if oldStart < oldEnd, newStart < newEnd {
            pairs += ShortestEdit.pairs(old[oldStart..<oldEnd], new[newStart..<newEnd], effort: effort)
        }
        pairs += tail.reversed()
    }
}
