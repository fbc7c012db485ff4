import Community
import Database
import Formats
import Grids
import Platform
import Territories
import Texts

/// What the search knows of a publication: its words, without those of its quotations, which their authors may take back.
enum PublicationIndex {
    static func document(_ publication: Publication, _ revision: Revision, _ reader: any Reader) throws -> SearchDocument {
        let dimensions = try reader.texts("SELECT dimension_id FROM publication_dimension WHERE publication_id = \(publication.id)")
        let territory = try TerritoryNames.named([publication.territoryId], reader)
        let programme = try Programme.load(id: publication.programmeId, reader)
        let body = revision.sections.map { "\($0.title)\n\(Markdown.plain($0.body))" }
        return SearchDocument(
            "resource", publication.id, programme: publication.programmeId, title: publication.title,
            body: ([publication.lede] + body + publication.authorNames).filter { !$0.isEmpty }.joined(separator: "\n"),
            path: publication.path, language: programme.language,
            facets: [
                "territory": Array(territory.values), "dimension": Array(try Grids.names(of: dimensions, reader).values),
                "programme": [programme.title],
            ])
    }
}
