/// The common page of a visiting group: its shared notes by dimension, in an order that each of the group may change. The notes
/// stay as they were written; only their place is the group's.
enum CommonPage {
    /// Between two notes that were moved: room for others.
    static let step: Int64 = 1_024

    /// The notes of a dimension (nil: of none that is in use) in the order of the group; a note may stand under several.
    static func notes(_ notes: [SharedNote], under dimension: String?, among dimensions: Set<String>) -> [SharedNote] {
        let there = notes.filter { note in
            let own = note.dimensions(among: dimensions)
            return dimension.map(own.contains) ?? own.isEmpty
        }
        return there.sorted { ($0.order(under: dimension), $0.id) < ($1.order(under: dimension), $1.id) }
    }

    /// Where a note stands once it is put under these dimensions: where it was under those it keeps, at the end of the others.
    static func shelves(
        of note: SharedNote, under chosen: Set<String>, in notes: [SharedNote], among dimensions: Set<String>, now: Int64
    ) -> [SharedNote.Shelf] {
        let goals: [String?] = chosen.isEmpty ? [nil] : chosen.sorted()
        return goals.map { goal in
            if let kept = note.places.first(where: { $0.dimensionId == goal }) { return kept }
            let line = Self.notes(notes, under: goal, among: dimensions)
            return SharedNote.Shelf(dimensionId: goal, rank: max(now, (line.last?.order(under: goal) ?? 0) + 1))
        }
    }

    /// The ranks to write so that a note stands before another one of a list, or at its end: its own alone, as long as there
    /// is room; everybody's otherwise.
    ///
    /// - Parameters:
    ///   - notes: where it goes, in their order, itself or not.
    ///   - before: nil for the end.
    ///   - dimension: the one they stand under; nil: none.
    ///   - now: in milliseconds: notes that come later stand after those put at the end.
    static func ranks(putting id: String, before: String?, in notes: [SharedNote], under dimension: String?, now: Int64) -> [String: Int64] {
        let others = notes.filter { $0.id != id }
        let place = before.flatMap { before in others.firstIndex { $0.id == before } } ?? others.count
        let lower = place > 0 ? others[place - 1].order(under: dimension) : nil
        guard place < others.count else { return [id: max(now, (lower ?? 0) + 1)] }
        let upper = others[place].order(under: dimension)
        guard let lower else { return [id: upper - step] }
        if upper - lower >= 2 { return [id: lower + (upper - lower) / 2] }
        var line = others.map(\.id)
        line.insert(id, at: place)
        let last = others.last?.order(under: dimension) ?? now
        return Dictionary(
            uniqueKeysWithValues: line.enumerated().map { index, id in (id, last - Int64(line.count - 1 - index) * step) })
    }

    /// One place up or down: the note that it then stands before, nil for the end.
    struct Step: Equatable {
        let before: String?
    }

    /// - Returns: nil when it is at that end already.
    static func step(of id: String, isUp: Bool, in notes: [SharedNote]) -> Step? {
        guard let place = notes.firstIndex(where: { $0.id == id }) else { return nil }
        if isUp { return place > 0 ? Step(before: notes[place - 1].id) : nil }
        guard place + 1 < notes.count else { return nil }
        return Step(before: place + 2 < notes.count ? notes[place + 2].id : nil)
    }
}
