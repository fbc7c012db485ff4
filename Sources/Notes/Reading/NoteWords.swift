import Events
import Formats
import Grids
import Platform

/// A note as it is read away from its notebook: its words, each version of them, and where they come from.
enum NoteWords {
    static func shown(_ versions: [NoteBlock], _ photos: [Attachment], in language: Language, _ words: Words) -> Markup {
        let texts = versions.enumerated().map { index, block -> Markup in
            let number: Markup = versions.count > 1 ? "<p class=\"meta\">\(version(index, block, words))</p>" : .empty
            return "\(number)<p class=\"words\"\(words.lang(language))>\(text(block, words))</p>"
        }
        let pictures = photos.filter(\.isImage).map { photo -> Markup in
            let people: Markup = photo.people == .none ? .empty : "<figcaption class=\"meta\">\(words("notes.photo.people"))</figcaption>"
            return "<figure class=\"image\">\(photo.image())\(people)</figure>"
        }
        let others = photos.filter { !$0.isImage }.map { "<p>\($0.link(words, label: [$0.caption, $0.name].first { !$0.isEmpty } ?? ""))</p>" as Markup }
        return "\(texts)\(pictures)\(others)"
    }

    /// « Version 2, reçue le 14 avril 2026 à 14 h 05 »
    static func version(_ index: Int, _ block: NoteBlock, _ words: Words) -> String {
        words("notes.twin.version", ["number": index + 1, "moment": words.moment(block.receivedAt)])
    }

    /// Only what was said word for word is between quotation marks.
    static func text(_ block: NoteBlock, _ words: Words) -> String { block.manner == .verbatim ? words.quoted(block.text) : block.text }

    /// « Bo · Atelier des salariés · 14 avril 2026 à 14 h 05 · salarié ou salariée · mot à mot · dimension choisie par Bo : … »
    /// - Parameter shelf: the dimension that one reads under: it is not said again.
    static func provenance(
        _ block: NoteBlock, _ note: SharedNote? = nil, without left: ReadingOrder? = nil, under shelf: CommonPageShelf? = nil,
        _ open: OpenNotebook, _ words: Words
    ) -> String {
        let chosen = note.flatMap { Self.chosen($0, open, words) }
        let dimensions = Self.dimensions(of: block, note, open).filter { $0.id != shelf?.dimensionId }
        let list = dimensions.isEmpty ? nil : words.list(dimensions.map(\.name))
        let parts: [String?] = [
            left == .author ? nil : block.author, left == .encounter ? nil : block.encounter, block.subgroup, words.moment(block.createdAt),
            block.speaker.map { words("events.kind.\($0)") }, words("notes.manner.\(block.manner.rawValue)"),
            shelf == nil ? list : list.map { words("notes.common.also", ["dimensions": $0]) }, chosen,
            block.isShared ? nil : words("notes.audience.author"),
        ]
        return parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// Under which dimensions in use a note is read: the group's, else its author's.
    static func dimensions(of block: NoteBlock, _ note: SharedNote?, _ open: OpenNotebook) -> [Dimension] {
        let own = note.map { $0.places.compactMap(\.dimensionId) } ?? block.dimensions.map(\.id)
        return open.dimensions.filter { own.contains($0.id) }
    }

    /// Several in a cell of a table.
    static func listed(_ names: [String]) -> String { names.joined(separator: " ; ") }

    /// What its author had chosen, where the group chose otherwise.
    private static func chosen(_ note: SharedNote, _ open: OpenNotebook, _ words: Words) -> String? {
        guard !note.shelves.isEmpty, Set(note.shelves.compactMap(\.dimensionId)) != Set(note.ownDimensions) else { return nil }
        let own = open.dimensions.filter { note.ownDimensions.contains($0.id) }.map(\.name)
        let list = own.isEmpty ? words("notes.group.noDimension") : words.list(own)
        return words("notes.common.chosen", ["n": max(1, own.count), "name": note.author, "dimension": list])
    }
}
