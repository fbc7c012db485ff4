import Database
import Formats

/// A mail of the outbox, as the demonstration shows it.
struct KeptMail: Sendable, Decodable {
    var id: String
    var createdAt: Instant
    var personId: String?
    var address: String
    var name: String?
    var subject: String
    var body: String
}

/// The people who have mails, to choose one.
private struct Addressee: Decodable {
    var id: String
    var name: String
}

/// The mails of a demonstration: nothing leaves, everything can be read here.
enum MailRoutes {
    static let routes: [Route] = [
        .get("/courriels", asks: .demonstration, for: "everybody, in a demonstration", list),
        .get("/courriels/{mail}", asks: .demonstration, for: "everybody, in a demonstration") { request in
            let id = request["mail"]
            let mail = try await request.site.database.read { reader in
                try reader.first(KeptMail.self, select + " WHERE mail.id = \(id)")
            }
            guard let mail else { throw NotFound() }
            return .page(MailViews.mail(mail, request))
        },
    ]

    private static let select: SQL = """
        SELECT mail.id, mail.created_at, mail.person_id, mail.address, person.name, mail.subject, mail.body FROM mail
        LEFT JOIN person ON person.id = mail.person_id
        """
    private static let size = 50

    private static func list(_ request: Request) async throws -> Response {
        let person = request.query.line("personne")
        let wished = max(1, request.query.integer("page") ?? 1)
        let view = try await request.site.database.read { reader in
            let filter: SQL = person.isEmpty ? "" : " WHERE mail.person_id = \(person)"
            let count = try reader.count("SELECT COUNT(*) FROM mail" + filter)
            let pages = max(1, (count + size - 1) / size)
            let page = min(wished, pages)
            let mails = try reader.all(
                KeptMail.self,
                select + filter
                    + " ORDER BY mail.created_at DESC, mail.id DESC LIMIT \(size) OFFSET \((page - 1) * size)")
            let people = try reader.all(
                Addressee.self,
                """
                SELECT DISTINCT person.id, person.name, person.sort_key FROM mail
                JOIN person ON person.id = mail.person_id ORDER BY person.sort_key, person.id
                """)
            return MailViews.list(
                mails, people: people.map { ($0.id, $0.name) }, page: page, pages: pages, request)
        }
        return .page(view)
    }
}
