import Database
import Formats

/// « Je ne suis pas cette personne »: a private link that went to somebody else. Asked first, then closed for good; it waits for a new one.
public struct DisownedLink: Sendable, Decodable {
    public var objectId: String
    public var person: String

    /// Those that no new link replaced, to things that whoever reads may act upon, the oldest first.
    /// - Parameters:
    ///   - concerned: what still makes the person concerned, of `private_link` and `access`.
    public static func waiting(
        _ purpose: String, _ action: Action, concerned: SQL, _ reader: any Reader, _ request: Request
    ) throws -> [DisownedLink] {
        guard !request.viewer.roles.isEmpty else { return [] }
        return try reader.all(
            DisownedLink.self,
            """
            SELECT private_link.object_id, person.name AS person FROM private_link
            CROSS JOIN access JOIN person ON person.id = private_link.person_id
            WHERE disowned_at IS NOT NULL AND expires_at > \(request.now) AND purpose = \(purpose) AND access.object_id = private_link.object_id
                AND \(request.site.policy.condition(action, request.viewer)) AND \(concerned)
                AND NOT EXISTS (SELECT 1 FROM private_link AS later WHERE later.object_id = private_link.object_id
                    AND later.person_id = private_link.person_id AND later.purpose = private_link.purpose AND later.revoked_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM account WHERE account.person_id = private_link.person_id AND closed_at IS NULL)
            GROUP BY private_link.object_id, private_link.person_id, person.name ORDER BY min(disowned_at), private_link.object_id
            """)
    }

    public func todo(about thing: String, at path: String, _ words: Words) -> Todo {
        Todo(title: words("platform.todo.disowned", ["person": person, "thing": thing]), path: path, due: nil)
    }

    /// At the foot of a page behind a link.
    public static func section(_ base: String, _ request: Request) -> Markup {
        let words = request.words
        return """
            <section class="no-print"><h2>\(words("platform.notMe.title", ["name": request.viewer.name ?? ""]))</h2><p>\(words("platform.notMe.text"))</p>
            <p class="acts"><a class="button quiet" href="\(base)/pas-moi">\(words("platform.notMe.open"))</a></p></section>
            """
    }

    /// Before it is closed: what happens, and the way back for who followed the link without meaning it.
    public static func ask(_ base: String, _ request: Request) -> Response {
        let (words, name) = (request.words, request.viewer.name ?? "")
        let title = words("platform.notMe.title", ["name": name])
        return .page(
            Page(
                title, shape: .narrow,
                """
                <h1>\(title)</h1><p class="lede">\(words("platform.notMe.ask", ["name": name]))</p>
                <div class="acts">\(request.act("\(base)/pas-moi", words("platform.notMe.close"), style: "button danger")) <a href="\(base)">\(words("platform.notMe.back", ["name": name]))</a></div>
                """))
    }

    /// Once it is closed.
    public static func thanks(_ request: Request) -> Response {
        let title = request.words("platform.notMe.done")
        return .page(Page(title, shape: .narrow, "<h1>\(title)</h1><p class=\"lede\">\(request.words("platform.notMe.thanks"))</p>"))
    }
}

extension Change {
    /// Ends the links of a person to an object, which went to somebody else.
    public func disownLinks(to objectId: String, for personId: String) throws {
        try run(
            """
            UPDATE private_link SET revoked_at = \(now), disowned_at = \(now)
            WHERE object_id = \(objectId) AND person_id = \(personId) AND revoked_at IS NULL
            """)
    }
}
