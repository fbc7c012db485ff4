import Events
import Formats
import Grids
import Platform

/// By what a notebook is read as a document.
enum ReadingOrder: String, CaseIterable {
    case time = "temps"
    case encounter = "rencontre"
    case dimension
    case author = "auteur"

    init(_ query: Fields) {
        self = query["ordre"].flatMap(ReadingOrder.init) ?? .time
    }

    /// A part of the document under its own title.
    struct Part: Equatable {
        let title: String
        let notes: [SharedNote]
        /// The dimension that it is about, or « none », in the order of dimensions.
        var shelf: CommonPageShelf?
    }

    /// The notes, which come from the first to the last, in the parts of the document: none is empty, each note is in one; under
    /// each of its dimensions, in that order.
    func parts(of notes: [SharedNote], _ open: OpenNotebook, _ words: Words) -> [Part] {
        switch self {
        case .time:
            return Self.runs(notes) { note in
                note.day.map { "\(words.day($0)), \(words("events.half.\(note.half ?? "am")"))" } ?? words("notes.group.noSlot")
            }
        case .encounter:
            let places = open.encounters.map { ($0.id, $0.title) }
            return Self.sorted(notes, along: places, rest: words("notes.group.noEncounter"), by: \.encounterId)
        case .dimension:
            let known = Set(open.dimensions.map(\.id))
            let shelves = open.dimensions.map { (CommonPageShelf(dimensionId: $0.id), $0.name) } + [(.none, words("notes.group.noDimension"))]
            return shelves.map { Part(title: $1, notes: CommonPage.notes(notes, under: $0.dimensionId, among: known), shelf: $0) }
                .filter { !$0.notes.isEmpty }
        case .author:
            let authors = Set(notes.map { [$0.authorId, $0.author] }).sorted { ($0[1], $0[0]) < ($1[1], $1[0]) }
            return Self.sorted(notes, along: authors.map { ($0[0], $0[1]) }, rest: "") { $0.authorId }
        }
    }

    private static func runs(_ notes: [SharedNote], title: (SharedNote) -> String) -> [Part] {
        var titles: [String] = []
        var groups: [String: [SharedNote]] = [:]
        for note in notes {
            let title = title(note)
            if groups[title] == nil { titles.append(title) }
            groups[title, default: []].append(note)
        }
        return titles.map { Part(title: $0, notes: groups[$0] ?? []) }
    }

    /// In the order of the places; what is at none of them comes last.
    private static func sorted(
        _ notes: [SharedNote], along places: [(String, String)], rest: String, by place: (SharedNote) -> String?
    ) -> [Part] {
        let known = Set(places.map { $0.0 })
        let groups = Dictionary(grouping: notes) { note in place(note).flatMap { known.contains($0) ? $0 : nil } ?? "" }
        let parts = places.compactMap { id, title in groups[id].map { Part(title: title, notes: $0) } }
        return parts + (groups[""].map { [Part(title: rest, notes: $0)] } ?? [])
    }
}
