import Database
import Platform

/// The programmes that nobody manages: the last officer or coordinator left the site, or none was ever named.
enum Unmanaged {
    private static let condition: SQL = """
        NOT EXISTS (SELECT 1 FROM membership WHERE scope_id = programme.id AND role IN ('officer', 'coordinator') AND until IS NULL)
        """

    static func all(_ reader: any Reader) throws -> [Programme] {
        try reader.texts("SELECT id FROM programme WHERE \(condition) ORDER BY title, id").map { try Programme.load(id: $0, reader) }
    }

    /// The one of this address, for whoever administers the site, whoever may read it.
    /// - Throws: `NotFound` for one that somebody manages.
    static func load(_ slug: String, _ reader: any Reader) throws -> Programme {
        guard let id = try reader.text("SELECT id FROM programme WHERE slug = \(slug) AND \(condition)") else { throw NotFound() }
        return try Programme.load(id: id, reader)
    }

    static func path(_ programme: Programme) -> String { "/administration/programmes/\(programme.slug)" }

    /// It waits for whoever administers the site.
    static let todos: @Sendable (any Reader, Request) throws -> [Todo] = { reader, request in
        guard request.site.policy.allows(.administerSite, request.viewer) else { return [] }
        return try all(reader).map { Todo(title: request.words("community.todo.unmanaged", ["programme": $0.title]), path: path($0)) }
    }

    /// Tells those who administer the site, by mail, of the programmes that somebody who goes leaves to nobody.
    static func tell(without personId: String, in change: Change) throws {
        let left = try change.texts(
            """
            SELECT id FROM programme WHERE \(condition) AND id IN (
                SELECT scope_id FROM membership WHERE person_id = \(personId) AND role IN ('officer', 'coordinator')
                    AND (until IS NULL OR until >= \(change.now)))
            ORDER BY title, id
            """)
        guard !left.isEmpty else { return }
        let administrators = try change.texts("SELECT person_id FROM account WHERE is_administrator = 1 AND closed_at IS NULL ORDER BY person_id")
        for programme in try left.map({ try Programme.load(id: $0, change) }) {
            for administrator in administrators where administrator != personId {
                try change.write(
                    to: administrator, "community.mail.unmanaged", ["programme": programme.title], opening: path(programme), about: programme.id)
            }
        }
    }
}
