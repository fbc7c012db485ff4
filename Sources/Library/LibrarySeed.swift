import Database
import Formats
import Platform
import Texts
import Visits

/// Many plausible resources, always the same: for measures of speed, never for a real site.
package enum LibrarySeed {
    /// What a resource is drawn from.
    package struct Source: Sendable {
        let visit: Visit
        let programme: String
        let territory: (id: String, name: String)
        let dimensions: [(id: String, name: String)]
    }

    /// The visits of the site that have a territory, in their order.
    package static func sources(_ reader: any Reader) throws -> [Source] {
        let dimensions = Dictionary(
            grouping: try reader.all(
                Named.self,
                "SELECT programme_id AS of_id, dimension.id, name FROM dimension JOIN grid ON grid.id = grid_id ORDER BY position"),
            by: \.ofId)
        let territories = try reader.all(
            Named.self,
            """
            SELECT visit.id AS of_id, territory.id, territory.name FROM visit JOIN territory ON territory.id = territory_id
            ORDER BY visit.created_at, visit.position, visit.id
            """)
        return try territories.map { territory in
            let visit = try VisitQueries.load(id: territory.ofId, reader)
            return Source(
                visit: visit, programme: visit.programmeTitle, territory: (territory.id, territory.name),
                dimensions: (dimensions[visit.programmeId] ?? []).map { ($0.id, $0.name) })
        }
    }

    /// Writes open resources, spread over the sources. They rest on no validation.
    package static func resources(_ numbers: Range<Int>, from sources: [Source], seed: Int, in change: Change) throws {
        for number in numbers where !sources.isEmpty {
            try resource(number, from: sources[number % sources.count], seed: seed, in: change)
        }
        try change.trace("site", "site", ["seeded": String(numbers.count)])
    }

    private static func resource(_ number: Int, from source: Source, seed: Int, in change: Change) throws {
        var prose = SampleProse(seed: seed, 10_000_000 + number)
        let text = try TextSeed.text(.publicVersion, about: source.visit, &prose, in: change)
        let (id, lede) = (change.newId(), prose.sentence())
        let slug = "\(French.slug(text.title.text))-\(number)"
        try change.run(
            """
            INSERT INTO publication (id, programme_id, text_id, revision_id, slug, title, lede, kind, license, authors, territory_id,
                version, published_at, updated_at, opened_at, subject_id)
            VALUES (\(id), \(source.visit.programmeId), \(text.id), \(text.revisionId), \(slug), \(text.title.text), \(lede.text),
                \(TextKind.publicVersion), 'CC-BY-SA-4.0', \("Groupe de visite \(number)"), \(source.territory.id), 1, \(change.now),
                \(change.now), \(change.now + .minutes(-number)), \(source.visit.id))
            """)
        try change.protect(Protection("publication", id, programme: source.visit.programmeId, author: nil, audience: .everyone))
        let dimension = source.dimensions.isEmpty ? nil : source.dimensions[prose.number(below: source.dimensions.count)]
        if let dimension {
            try change.run("INSERT INTO publication_dimension (publication_id, dimension_id) VALUES (\(id), \(dimension.id))")
        }
        let body = lede + text.body
        try change.index(
            SearchDocument(
                "resource", id, programme: source.visit.programmeId, title: text.title.text, body: "\(lede.text)\n\(text.body.text)",
                path: "/ressources/\(slug)",
                facets: [
                    "territory": [source.territory.name], "dimension": [dimension?.name].compactMap { $0 }, "programme": [source.programme],
                ]),
            words: SearchWords(title: text.title.stems, body: body.stems, surface: (text.title + body).surface))
    }
}

private struct Named: Decodable {
    var ofId: String
    var id: String
    var name: String
}
