import Events
import Formats
import Grids
import Platform

/// A note as it is read away from its notebook: its words, each version of them, and where they come from.
enum NoteWords {
    static func shown(_ versions: [NoteBlock], _ photos: [Attachment], _ words: Words) -> Markup {
        let texts = versions.enumerated().map { index, block -> Markup in
            let number: Markup = versions.count > 1 ? "<p class=\"meta\">\(words("notes.twin.version", ["number": index + 1]))</p>" : .empty
            return "\(number)<p class=\"words\">\(text(block, words))</p>"
        }
        let pictures = photos.filter(\.isImage).map { photo -> Markup in
            let people: Markup = photo.people == .none ? .empty : "<figcaption class=\"meta\">\(words("notes.photo.people"))</figcaption>"
            return "<figure class=\"image\">\(photo.image())\(people)</figure>"
        }
        let others = photos.filter { !$0.isImage }.map { "<p>\($0.link(words, label: [$0.caption, $0.name].first { !$0.isEmpty } ?? ""))</p>" as Markup }
        return "\(texts)\(pictures)\(others)"
    }

    /// Only what was said word for word is between quotation marks.
    static func text(_ block: NoteBlock, _ words: Words) -> String { block.manner == .verbatim ? words.quoted(block.text) : block.text }

    /// « Bo · Atelier des salariés · 14 avril 2026 à 14 h 05 · salarié ou salariée · mot à mot · dimension choisie par Bo : … »
    static func provenance(
        _ block: NoteBlock, _ note: SharedNote? = nil, without left: ReadingOrder? = nil, _ open: OpenNotebook, _ words: Words
    ) -> String {
        let own = note.flatMap { $0.rank != nil && $0.placedDimensionId != $0.ownDimensionId ? $0 : nil }
        let named = Dictionary(open.dimensions.map { ($0.id, $0.name) }) { first, _ in first }
        let chosen = own.map { own in
            words("notes.common.chosen", ["name": own.author, "dimension": own.ownDimensionId.flatMap { named[$0] } ?? words("notes.group.noDimension")])
        }
        let dimension = note?.dimensionId.flatMap { named[$0] } ?? block.dimension
        let parts: [String?] = [
            left == .author ? nil : block.author, left == .encounter ? nil : block.encounter, block.subgroup, words.moment(block.createdAt),
            block.speaker.map { words("events.kind.\($0)") }, words("notes.manner.\(block.manner.rawValue)"),
            left == nil || left == .dimension ? nil : dimension, chosen,
            block.isShared ? nil : words("notes.audience.author"),
        ]
        return parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    }
}
