/// The shortest way from one sequence to another by removals and additions (Myers, “An O(ND) Difference Algorithm”,
/// 1986).
enum ShortestEdit {
    /// The pairs of items kept, or none when more than `effort` removals and additions would be needed.
    static func pairs(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>, effort: Int) -> [(old: Int, new: Int)] {
        let limit = min(effort, old.count + new.count)
        var furthest = Array(repeating: 0, count: 2 * limit + 3)
        let middle = limit + 1
        var rounds: [[Int]] = []
        for edits in 0...limit {
            rounds.append(Array(furthest[(middle - edits - 1)...(middle + edits + 1)]))
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                let down = goesDown(diagonal, edits, furthest[middle + diagonal - 1], furthest[middle + diagonal + 1])
                var x = down ? furthest[middle + diagonal + 1] : furthest[middle + diagonal - 1] + 1
                while x < old.count, x - diagonal < new.count, x - diagonal >= 0,
                    old[old.startIndex + x] == new[new.startIndex + x - diagonal]
                { x += 1 }
                furthest[middle + diagonal] = x
                if diagonal == old.count - new.count, x >= old.count { return trace(old, new, rounds) }
            }
        }
        return []
    }

    private static func goesDown(_ diagonal: Int, _ edits: Int, _ left: Int, _ right: Int) -> Bool {
        diagonal == -edits || (diagonal != edits && left < right)
    }

    /// Walks back from the end; `rounds[edits]` holds what was reached before that round, diagonals -edits-1...edits+1.
    private static func trace(
        _ old: ArraySlice<Int>, _ new: ArraySlice<Int>, _ rounds: [[Int]]
    ) -> [(old: Int, new: Int)] {
        var pairs: [(old: Int, new: Int)] = []
        var x = old.count
        var y = new.count
        for edits in stride(from: rounds.count - 1, through: 0, by: -1) {
            let reach = rounds[edits]
            let diagonal = x - y
            let at = diagonal + edits + 1
            let down = goesDown(diagonal, edits, reach[at - 1], reach[at + 1])
            let previousX = edits == 0 ? 0 : down ? reach[at + 1] : reach[at - 1]
            let previousY = edits == 0 ? 0 : previousX - (down ? diagonal + 1 : diagonal - 1)
            while x > previousX, y > previousY {
                x -= 1
                y -= 1
                pairs.append((old.startIndex + x, new.startIndex + y))
            }
            (x, y) = (previousX, previousY)
        }
        return pairs.reversed()
    }
}
