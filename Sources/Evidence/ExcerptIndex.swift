import Community
import Database
import Platform

/// Excerpts in the search: found by whoever may read them, gone as soon as nobody may.
enum ExcerptIndex {
    static let kind = "excerpt"

    static func put(_ excerpt: Excerpt, at path: String, in change: Change) throws {
        let names = try change.first(
            ExcerptNames.self,
            """
            SELECT visit.name AS visit, territory.name AS territory, dimension.name AS dimension FROM excerpt
            JOIN visit ON visit.id = excerpt.visit_id LEFT JOIN territory ON territory.id = visit.territory_id
            LEFT JOIN dimension ON dimension.id = excerpt.dimension_id WHERE excerpt.id = \(excerpt.id)
            """)
        let words = change.site.words(.french)
        try change.index(
            SearchDocument(
                kind, excerpt.id, programme: excerpt.programmeId,
                title: words("evidence.search.title", ["visit": names?.visit ?? ""]), body: excerpt.words,
                path: path,
                facets: [
                    "territory": [names?.territory].compactMap { $0 }, "dimension": [names?.dimension].compactMap { $0 },
                ].merging(try Programme.facets(excerpt.programmeId, change)) { own, _ in own }))
    }
}

private struct ExcerptNames: Decodable {
    var visit: String
    var territory: String?
    var dimension: String?
}
