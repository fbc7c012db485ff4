import Database
import Formats
import Platform

extension Programme {
    private static let columns: SQL = """
        programme.id, slug, title, summary, language, license, requires_signatory, required_share, answer_days
        """

    /// The programme of an address, for this person.
    /// - Throws: `NotFound` when there is none that they may see.
    package static func load(_ slug: String, _ reader: any Reader, _ request: Request) throws -> Programme {
        let visible = request.site.policy.condition(.see, request.viewer)
        let found = try reader.first(
            Programme.self,
            """
            SELECT \(columns) FROM programme JOIN access ON access.object_id = programme.id
            WHERE slug = \(slug) AND \(visible)
            """)
        guard let found else { throw NotFound() }
        return found
    }

    /// A programme by its identifier, whoever asks: the right is asked on the thing one came from.
    /// - Throws: `NotFound`
    package static func load(id: String, _ reader: any Reader) throws -> Programme {
        let found = try reader.first(Programme.self, "SELECT \(columns) FROM programme WHERE id = \(id)")
        guard let found else { throw NotFound() }
        return found
    }

    /// The programmes that this person may see, in the order of their titles.
    package static func visible(to request: Request, _ reader: any Reader) throws -> [Programme] {
        try reader.all(
            Programme.self,
            """
            SELECT \(columns) FROM programme JOIN access ON access.object_id = programme.id
            WHERE \(request.site.policy.condition(.see, request.viewer))
            """
        ).sorted { (French.sortKey($0.title), $0.slug) < (French.sortKey($1.title), $1.slug) }
    }
}
