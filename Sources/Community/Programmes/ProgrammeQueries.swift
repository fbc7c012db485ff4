import Database
import Formats
import Platform

extension Programme {
    private static let columns: SQL = """
        programme.id, slug, title, summary, language, license, requires_signatory, required_share, answer_days, access.audience
        """

    /// Those that this person may see: a host's people, of a circle of the programme, see its first page as its people do.
    private static func readable(by request: Request) -> SQL {
        """
        (\(request.site.policy.condition(.see, request.viewer)) OR (access.withdrawn_at IS NULL AND programme.id IN
            (SELECT programme_id FROM scope WHERE id IN \(list: request.viewer.roles.keys.sorted()))))
        """
    }

    /// The programme of an address, for this person.
    /// - Throws: `NotFound` when there is none that they may see.
    package static func load(_ slug: String, _ reader: any Reader, _ request: Request) throws -> Programme {
        let found = try reader.first(
            Programme.self,
            """
            SELECT \(columns) FROM programme JOIN access ON access.object_id = programme.id
            WHERE slug = \(slug) AND \(readable(by: request))
            """)
        guard let found else { throw NotFound() }
        return found
    }

    /// A programme by its identifier, whoever asks: the right is asked on the thing one came from.
    /// - Throws: `NotFound`
    package static func load(id: String, _ reader: any Reader) throws -> Programme {
        let found = try reader.first(Programme.self, "SELECT \(columns) FROM programme JOIN access ON access.object_id = programme.id WHERE programme.id = \(id)")
        guard let found else { throw NotFound() }
        return found
    }

    /// The programmes that this person may see, in the order of their titles.
    package static func visible(to request: Request, _ reader: any Reader) throws -> [Programme] {
        try reader.all(
            Programme.self,
            """
            SELECT \(columns) FROM programme JOIN access ON access.object_id = programme.id
            WHERE \(readable(by: request))
            """
        ).sorted { (French.sortKey($0.title), $0.slug) < (French.sortKey($1.title), $1.slug) }
    }
}
