import Database
import Formats

/// Words of notes that a person took back or refused: nobody cites them again, from whatever version of the note.
struct Withheld: Sendable {
    /// The excerpts that nobody reads any more, by the note (or the impression note) they come from.
    private let byNote: [String: [Excerpt]]

    init(_ byNote: [String: [Excerpt]]) { self.byNote = byNote }

    /// Where they stand in a text, in order, without overlap.
    func stretches(in source: CitableText) -> [Range<Int>] {
        let found = (byNote[source.protectedId] ?? []).flatMap { Withheld.stretches(of: $0, in: source) }
        return found.sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, range in
            guard let last = merged.last, range.lowerBound < last.upperBound else { return merged.append(range) }
            merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
        }
    }

    func touches(_ stretch: Range<Int>, in source: CitableText) -> Bool {
        stretches(in: source).contains { $0.overlaps(stretch) }
    }

    /// Where the words of an excerpt stand in one version of its note: their place in its own; in another, wherever the
    /// words, or four of them in a row, are found.
    static func stretches(of excerpt: Excerpt, in source: CitableText) -> [Range<Int>] {
        if excerpt.sourceId == source.id, excerpt.sourceVersion == source.version {
            return [excerpt.startPoint..<excerpt.endPoint]
        }
        return pieces(excerpt.words).flatMap { CodePoints.ranges(of: $0, in: source.text) }
    }

    /// A text without words that were erased, nor four of them in a row: as many dots stand in their place.
    static func dotted(_ words: String, in text: String) -> String {
        let ranges = pieces(words).flatMap { CodePoints.ranges(of: $0, in: text) }
        guard !ranges.isEmpty else { return text }
        var scalars = Array(text.unicodeScalars)
        for range in ranges { for place in range { scalars[place] = "·" } }
        var result = String.UnicodeScalarView()
        result.append(contentsOf: scalars)
        return String(result)
    }

    /// The words whole, and each row of four of them.
    private static func pieces(_ words: String) -> [String] {
        guard !words.isEmpty else { return [] }
        let each = words.split(whereSeparator: \.isWhitespace)
        guard each.count > 4 else { return [words] }
        return [words] + (0...(each.count - 4)).map { String(words[each[$0].startIndex..<each[$0 + 3].endIndex]) }
    }
}

extension Withheld {
    /// Those of a visit.
    static func of(visit visitId: String, _ reader: any Reader) throws -> Withheld {
        let excerpts = try reader.all(
            Excerpt.self,
            """
            SELECT * FROM excerpt WHERE visit_id = \(visitId)
                AND (withdrawn_at IS NOT NULL OR EXISTS (SELECT 1 FROM consent WHERE excerpt_id = excerpt.id AND is_given = 0))
            """)
        let allowances = try ExcerptQueries.allowances(of: excerpts, reader)
        let hidden = excerpts.filter { allowances[$0.id]?.isHidden == true }
        let notes = try ExcerptQueries.notes(of: hidden, reader)
        return Withheld(Dictionary(grouping: hidden) { notes[$0.id] ?? $0.sourceId })
    }
}

extension ExcerptQueries {
    /// The note, or the impression note, that each excerpt comes from, whatever its version.
    static func notes(of excerpts: [Excerpt], _ reader: any Reader) throws -> [String: String] {
        let revisions = excerpts.filter { $0.source == .revision }.map(\.sourceId)
        let texts = try reader.all(RevisionText.self, "SELECT id, text_id FROM revision WHERE id IN \(list: revisions)")
        let textOf = Dictionary(uniqueKeysWithValues: texts.map { ($0.id, $0.textId) })
        return Dictionary(uniqueKeysWithValues: excerpts.map { ($0.id, $0.source == .revision ? textOf[$0.sourceId] ?? $0.sourceId : $0.sourceId) })
    }

    /// Other excerpts that still show some of the same words of the same note.
    static func sharing(_ excerpt: Excerpt, _ reader: any Reader) throws -> [Excerpt] {
        let others = try reader.all(
            Excerpt.self,
            """
            SELECT * FROM excerpt WHERE visit_id = \(excerpt.visitId) AND id <> \(excerpt.id) AND withdrawn_at IS NULL
            ORDER BY created_at, id
            """)
        let notes = try notes(of: others + [excerpt], reader)
        return try others.filter { other in
            guard notes[other.id] == notes[excerpt.id], let source = try CitableText.of(other, reader) else { return false }
            let stretch = other.startPoint..<other.endPoint
            return Withheld.stretches(of: excerpt, in: source).contains { $0.overlaps(stretch) }
        }
    }
}

private struct RevisionText: Decodable {
    var id: String
    var textId: String
}
