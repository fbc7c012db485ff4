import Database
import Formats
import Grids
import Notes
import Platform
import Texts
import Visits

/// Making an excerpt of the words chosen in a note.
enum CiteActs {
    static func add(_ request: Request) async throws -> Response {
        let form = request.form
        let textId = request["text"]
        return try await request.attempt {
            let id = try await request.site.amend(as: "excerpt.cited", by: request.actor, isPublic: false) { change in
                let (text, source) = try open(textId, form, change)
                return try add(Citation(form), from: source, for: text, in: change)
            }
            guard let section = form.optional("editing"), isSection(section) else {
                return .redirect("/extraits/\(id)?fait=cited")
            }
            return .redirect("/textes/\(textId)/sections/\(section)/modifier?extrait=\(id)#extrait-\(id)")
        } otherwise: { problems in
            try await CitePage.page(request, values: form, problems: problems)
        }
    }

    /// The synthesis one writes and the text one takes words from, both allowed and of one visit.
    private static func open(_ textId: String, _ form: Fields, _ change: Change) throws -> (Text, CitableText) {
        try change.require(.writeSynthesis, on: textId)
        let text = try TextQueries.text(textId, change)
        guard text.kind.isPublishable, let kind = Excerpt.Source(rawValue: form.line("source")) else { throw NotFound() }
        let source = try CitableText.one(kind, form.line("id"), version: form.integer("version") ?? 0, change)
        guard source.visitId == text.subjectId else { throw NotFound() }
        try change.require(.citeNote, on: source.protectedId)
        return (text, source)
    }

    /// Writes the excerpt; the same words with the same attribution are one excerpt, however often the form is sent.
    private static func add(_ citation: Citation, from source: CitableText, for text: Text, in change: Change) throws -> String {
        if let id = citation.dimensionId, try !Grids.dimensions(text.programmeId, change).contains(where: { $0.id == id }) {
            throw Refused("evidence.refusal.dimension", field: "about_dimension")
        }
        let visit = try VisitQueries.load(id: source.visitId, change)
        let excerpt = try citation.excerpt(
            change.newId(), of: source, programme: text.programmeId, by: change.actor.personId, at: change.now)
        guard try !Withheld.of(visit: visit.id, change).touches(excerpt.startPoint..<excerpt.endPoint, in: source) else {
            throw Refused("evidence.refusal.withheld", field: "words")
        }
        let known = try change.text(
            """
            SELECT id FROM excerpt WHERE source_id = \(source.id) AND source_version = \(source.version)
                AND start_point = \(excerpt.startPoint) AND end_point = \(excerpt.endPoint)
                AND attribution = \(excerpt.attribution) AND shown_as = \(excerpt.shownAs) AND withdrawn_at IS NULL
            """)
        if let known {
            try change.trace("excerpt", known, programme: text.programmeId, as: "excerpt.citedAgain")
            return known
        }
        try NoteCitations.add(source.protectedId, in: change)
        try ExcerptQueries.insert(excerpt, delegation: visit.delegationId, in: change)
        try ExcerptIndex.put(excerpt, at: "/extraits/\(excerpt.id)", in: change)
        try change.trace("excerpt", excerpt.id, programme: text.programmeId, ["visit": visit.name])
        return excerpt.id
    }

    private static func isSection(_ section: String) -> Bool {
        TextKind.allCases.contains { $0.isPublishable && $0.sections.contains(section) }
    }
}
