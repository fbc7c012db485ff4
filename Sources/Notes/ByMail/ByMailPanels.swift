import Community
import Database
import Formats
import Platform
import Texts
import Visits

/// What pages say of notes by mail: the address to ask for, the mail that a note came from, what waits to be sorted.
enum ByMailPanels {
    /// Under the impressions of a visit.
    static func ofVisit(_ visit: Visit, isMember: Bool, _ request: Request) -> Markup {
        let words = request.words
        let own: Markup =
            isMember
            ? """
            <p class="meta">\(words(request.site.configuration.replies == nil ? "notes.byMail.byLink" : "notes.byMail.byAddress"))</p><div class="acts no-print">\(request.act("\(visit.path)/impressions/adresse", words("notes.byMail.ask"), style: "link"))</div>
            """ : .empty
        let mayManage = request.site.policy.allows(.manageVisit, request.viewer, on: visit.protection) && !visit.isCancelled
        let all: Markup =
            mayManage ? "<div class=\"acts no-print\">\(request.act("\(visit.path)/impressions/adresses", words("notes.byMail.giveAll")))</div>" : .empty
        return own + all
    }

    /// Under one's own note: the mails it came from, and what was joined; whoever reads the note reads the files.
    static let underText = Panel(on: "text", rank: 20) { textId, request in
        let (mails, files) = try await request.site.database.read { reader -> ([IncomingMail], [IncomingFile]) in
            guard let thing = try reader.protection(of: textId), request.site.policy.allows(.see, request.viewer, on: thing) else { return ([], []) }
            let mails = try IncomingQueries.of(text: textId, reader)
            return (mails, try IncomingQueries.files(mails.map(\.id), reader))
        }
        guard !mails.isEmpty else { return .empty }
        let words = request.words
        let items = mails.map { mail -> Markup in
            let original: Markup =
                mail.personId == request.viewer.personId ? " <a href=\"/courriels-recus/\(mail.id)/original\">\(words("notes.mailIn.original"))</a>" : .empty
            let joined = files.filter { $0.mailId == mail.id }.map { IncomingViews.file($0, words) }
            return "<li>\(words("notes.byMail.came")) \(words.element(mail.receivedAt))\(original)\(joined.isEmpty ? .empty : "<ul>\(joined)</ul>" as Markup)</li>"
        }
        return "<section><h2>\(words("notes.byMail.title"))</h2><ul class=\"entries\">\(items)</ul></section>"
    }

    private struct Waiting: Decodable, Sendable {
        var slug: String
        var title: String
        var count: Int
    }

    /// What waits to be sorted, for whoever conducts a programme or administers the site; for the latter, that nothing comes in.
    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] { try folder(request) + waiting(reader, request) }

    private static func folder(_ request: Request) -> [Todo] {
        let site = request.site
        guard site.policy.allows(.administerSite, request.viewer), let folder = site.configuration.mailFolder.map(MailFolder.init), let trouble = folder.trouble
        else { return [] }
        return [Todo(title: request.words("notes.todo.folder.\(trouble.rawValue)", ["folder": folder.path]), path: "/administration/courriels")]
    }

    private static func waiting(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let programmes = request.viewer.roles.filter { $0.value.contains(.officer) }.keys.sorted()
        let strays = try StrayMail.todos(reader, request)
        guard !programmes.isEmpty else { return strays }
        return try strays
            + reader.all(
                Waiting.self,
                """
                SELECT programme.slug, programme.title, count(*) AS count FROM programme
                JOIN received_mail ON \(IncomingQueries.sorted(by: "programme.id")) AND state = 'waiting'
                WHERE programme.id IN \(list: programmes) GROUP BY programme.id, programme.slug, programme.title ORDER BY programme.slug
                """
            ).map { Todo(title: request.words("notes.todo.sort", ["n": $0.count, "programme": $0.title]), path: "/programmes/\($0.slug)/courriels-recus") }
    }
}
