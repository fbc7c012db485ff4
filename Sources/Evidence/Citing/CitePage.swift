import Database
import Formats
import Grids
import Notes
import Platform
import Texts
import Visits

/// The page where words of one note are cited without script, and where a citation comes back when it is refused.
enum CitePage {
    static func show(_ request: Request) async throws -> Response {
        .page(try await page(request, values: request.query, problems: []))
    }

    static func page(_ request: Request, values: Fields, problems: [Problem]) async throws -> Page {
        let textId = request["text"]
        let (visit, source, dimensions, withheld) = try await request.site.database.read { reader in
            let thing = try reader.see(textId, request)
            let policy = request.site.policy
            guard policy.allows(.writeSynthesis, request.viewer, on: thing) else { throw Forbidden(.writeSynthesis) }
            let text = try TextQueries.text(textId, reader)
            guard let kind = Excerpt.Source(rawValue: values.line("source")) else { throw NotFound() }
            let source = try CitableText.one(kind, values.line("id"), version: values.integer("version") ?? 0, reader)
            try reader.see(source.protectedId, request)
            guard source.visitId == text.subjectId else { throw NotFound() }
            return (
                try VisitQueries.load(id: text.subjectId, reader), source, try Grids.dimensions(text.programmeId, reader),
                try Withheld.of(visit: text.subjectId, reader).stretches(in: source)
            )
        }
        let words = request.words
        let title = words("evidence.cite.title")
        let known = CiteForm.known(source, values, words)
        let form = CiteForm(
            request: request, textId: textId, dimensions: dimensions,
            form: FormView(request, values: known, problems: problems))
        return visit.page(
            title, request, shape: .reading,
            """
            <h1>\(title)</h1><p class="lede">\(words("evidence.cite.lede"))</p>
            <ol class="blocks"><li class="block" data-manner="\(source.manner.rawValue)"><p class="meta">\(NoteLine.said(source, words))</p>\(NoteLine.marked(source, withheld, request))</li></ol>
            \(form.page(source, isAmbiguous: values.has("occurrence") || problems.contains { $0.field == "occurrence" }))
            """)
    }
}

/// What is said of a note above its words: who wrote it, where, who speaks, how it was taken.
enum NoteLine {
    static func said(_ note: CitableText, _ words: Words) -> String {
        let manner =
            note.source == .revision ? words("evidence.note.impression") : words.name("evidence.manner", of: note.manner)
        return [note.author, note.encounterTitle, Excerpt.speaker(note.speaker, words), manner]
            .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: " · ")
    }

    /// The words of a note with a neutral mark in place of those that were taken back; its author goes on reading them.
    static func marked(_ note: CitableText, _ withheld: [Range<Int>], _ request: Request) -> Markup {
        let mark: Markup = "<span class=\"withheld\">\(request.words("evidence.quotation.withdrawn"))</span>"
        let isAuthor = note.authorId != nil && note.authorId == request.viewer.personId
        var pieces: [Markup] = []
        var position = 0
        for range in withheld {
            pieces.append(.text(CodePoints.slice(note.text, from: position, to: range.lowerBound) ?? ""))
            let words = CodePoints.slice(note.text, from: range.lowerBound, to: range.upperBound) ?? ""
            pieces.append(isAuthor ? "<s>\(words)</s> \(mark)" : mark)
            position = range.upperBound
        }
        pieces.append(.text(CodePoints.slice(note.text, from: position, to: CodePoints.count(note.text)) ?? ""))
        return "<p class=\"words\">\(pieces)</p>"
    }
}
