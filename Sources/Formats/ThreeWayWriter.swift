/// The pieces of a merge as they are found, neighbours of one kind put together.
struct ThreeWayWriter {
    private(set) var pieces: [ThreeWay.Piece] = []

    mutating func common(_ lines: ArraySlice<Substring>) {
        guard !lines.isEmpty else { return }
        if case .common(let before) = pieces.last {
            pieces[pieces.count - 1] = .common(before + Self.text(lines))
        } else {
            pieces.append(.common(Self.text(lines)))
        }
    }

    /// A stretch between two lines that all three share.
    mutating func stretch(_ base: ArraySlice<Substring>, _ mine: ArraySlice<Substring>, _ theirs: ArraySlice<Substring>) {
        if mine.elementsEqual(theirs) {
            common(mine)
        } else if mine.elementsEqual(base) {
            pieces.append(.theirs(Self.text(theirs)))
        } else if theirs.elementsEqual(base) {
            pieces.append(.mine(Self.text(mine)))
        } else {
            conflict(base, mine, theirs)
        }
    }

    /// Lines that begin or end both versions alike are no conflict.
    private mutating func conflict(
        _ base: ArraySlice<Substring>, _ mine: ArraySlice<Substring>, _ theirs: ArraySlice<Substring>
    ) {
        let head = zip(mine, theirs).prefix { $0 == $1 }.count
        let mineRest = mine.dropFirst(head)
        let theirsRest = theirs.dropFirst(head)
        let tail = zip(mineRest.reversed(), theirsRest.reversed()).prefix { $0 == $1 }.count
        common(mine.prefix(head))
        pieces.append(
            .conflict(
                base: Self.text(base), mine: Self.text(mineRest.dropLast(tail)),
                theirs: Self.text(theirsRest.dropLast(tail))))
        common(mineRest.suffix(tail))
    }

    private static func text(_ lines: ArraySlice<Substring>) -> String {
        lines.reduce(into: "") { $0 += $1 + "\n" }
    }
}
