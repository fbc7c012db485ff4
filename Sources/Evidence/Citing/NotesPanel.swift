import Database
import Events
import Formats
import Grids
import Notes
import Platform
import Texts

/// Beside the editor of a synthesis: the notes to cite, by dimension, and the excerpts made of them.
enum NotesPanel {
    /// How many notes, and how many excerpts, stand beside the editor at a time.
    static let size = 8
    static let excerpts = 5
    static let panel = Panel(on: "text-side", rank: 20) { textId, request in try await render(textId, request) }

    private static func render(_ textId: String, _ request: Request) async throws -> Markup {
        let asked = Asked(request.query)
        let content = try await request.site.database.read { reader -> Content? in
            let text = try TextQueries.text(textId, reader)
            guard text.kind.isPublishable, let thing = try reader.protection(of: textId),
                request.site.policy.allows(.writeSynthesis, request.viewer, on: thing)
            else { return nil }
            return try Content.load(text, asked, reader, request)
        }
        guard let content else { return .empty }
        return NotesPanelView(request: request, textId: textId, asked: asked, content: content).panel
    }

    /// What the address asks for: `?dimension=…&encounter=…&manner=…&page=2&extrait=…`.
    struct Asked: Sendable, Equatable {
        var filter = CitableText.Filter()
        var page: Int
        /// The excerpt just made.
        var fresh: String?

        init(_ query: Fields) {
            switch query.line("dimension") {
            case "": filter.shelf = .all
            case "aucune": filter.shelf = .untagged
            case "impressions": filter.shelf = .impressions
            case let id: filter.shelf = .dimension(id)
            }
            filter.encounter = query.optional("encounter")
            filter.manner = query.optional("manner").flatMap(Manner.init)
            page = max(1, query.integer("page") ?? 1)
            fresh = query.optional("extrait")
        }

        var shelf: String {
            switch filter.shelf {
            case .all: ""
            case .untagged: "aucune"
            case .impressions: "impressions"
            case .dimension(let id): id
            }
        }
    }

    /// What the panel shows.
    struct Content: Sendable {
        let notes: [CitableText]
        let pages: Int
        let dimensions: [Dimension]
        let encounters: [Encounter]
        let excerpts: [Excerpt]
        let allowances: [String: Allowance]
        let hasImpressions: Bool
        /// The words that nobody may cite any more.
        let withheld: Withheld
        /// Why the person of the excerpt just made could be recognised.
        let recognition: [Recognition]

        static func load(_ text: Text, _ asked: Asked, _ reader: any Reader, _ request: Request) throws -> Content {
            let visit = text.subjectId
            let impressions = try CitableText.impressions(of: visit, reader, request)
            let isImpressions = asked.filter.shelf == .impressions
            let count = isImpressions ? 0 : try CitableText.count(of: visit, asked.filter, reader, request)
            let excerpts = try ExcerptQueries.visible(of: visit, reader, request)
            return Content(
                notes: isImpressions
                    ? impressions
                    : try CitableText.notes(of: visit, asked.filter, page: asked.page, size: size, reader, request),
                pages: max(1, (count + size - 1) / size), dimensions: try Grids.dimensions(text.programmeId, reader),
                encounters: try Encounters.of(visit, reader), excerpts: excerpts,
                allowances: try ExcerptQueries.allowances(of: excerpts, reader), hasImpressions: !impressions.isEmpty,
                withheld: try Withheld.of(visit: visit, reader),
                recognition: try recognition(excerpts.first { $0.id == asked.fresh }, reader))
        }

        private static func recognition(_ excerpt: Excerpt?, _ reader: any Reader) throws -> [Recognition] {
            guard let excerpt else { return [] }
            return try Recognition.reasons(excerpt, reader)
        }
    }
}
