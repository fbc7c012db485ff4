/// What of a document is left aside, counted as it is read.
struct AsideCounter {
    var (insertions, deletions, objects, headers) = (0, 0, 0, 0)
    var hasContents = false
    var comments: [OfficeText.Aside] = []

    var all: [OfficeText.Aside] {
        var all: [OfficeText.Aside] = []
        if objects > 0 { all.append(.objects(objects)) }
        if insertions > 0 { all.append(.insertions(insertions)) }
        if deletions > 0 { all.append(.deletions(deletions)) }
        if headers > 0 { all.append(.headers(headers)) }
        if hasContents { all.append(.contents) }
        return all + comments
    }
}

extension [OfficePiece] {
    /// What a cell of a table holds, as one line.
    var cell: [Prose.Inline] {
        var runs: [Prose.Inline] = []
        for piece in self {
            let inside: [Prose.Inline] =
                switch piece {
                case .line(let line): (line.item != nil ? [.text("• ")] : []) + line.runs.settled
                case .table(let table): ([table.head] + table.rows).flatMap { $0.flatMap { $0 + [.text(" ")] } }
                }
            if !runs.isEmpty, !inside.isEmpty { runs.append(Prose.Inline(.lineBreak)) }
            runs += inside
        }
        return runs.settled
    }
}

extension [Prose.Inline] {
    /// A heading is strong by itself: when all of it is, nothing is said.
    var plainStrong: [Prose.Inline] {
        guard allSatisfy({ $0.marks.isStrong || $0.text?.allSatisfy(\.isWhitespace) == true }) else { return self }
        return map { run in
            var run = run
            run.marks.isStrong = false
            return run
        }
    }
}

extension String {
    /// Figures raised, as in « m² »; other words as they are.
    var raised: String {
        let figures: [Character: Character] = [
            "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷", "8": "⁸", "9": "⁹",
        ]
        return allSatisfy { figures[$0] != nil } ? String(map { figures[$0] ?? $0 }) : self
    }
}
