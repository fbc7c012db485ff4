/// The blocks of a difference as they are found, neighbours of one kind put together.
struct DifferenceWriter {
    private var blocks: [Difference.Block] = []
    private var same: [Substring] = []

    mutating func same(_ line: Substring) {
        same.append(line)
    }

    mutating func removed(_ lines: ArraySlice<Substring>) {
        guard !lines.isEmpty else { return }
        flush()
        blocks.append(.removed(lines.joined(separator: "\n")))
    }

    mutating func added(_ lines: ArraySlice<Substring>) {
        guard !lines.isEmpty else { return }
        flush()
        blocks.append(.added(lines.joined(separator: "\n")))
    }

    mutating func changed(_ words: [Difference.Word]) {
        flush()
        blocks.append(.changed(words))
    }

    mutating func finished() -> [Difference.Block] {
        flush()
        return blocks
    }

    private mutating func flush() {
        guard !same.isEmpty else { return }
        blocks.append(.same(same.joined(separator: "\n")))
        same.removeAll()
    }
}
