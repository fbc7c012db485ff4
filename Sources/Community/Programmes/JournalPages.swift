import Database
import Platform

/// The journal of a programme, for those who conduct it: as much of it as they may see the history of.
enum JournalPages {
    private static let path = "/programmes/{programme}/journal"

    static let routes: [Route] = [
        .get(path, asks: .thing(.manageProgramme), for: "officer, coordinator") { request in
            let (programme, view) = try await load(request)
            let words = request.words
            let title = words("community.journal.title")
            return .page(programme.page(title, at: "", request, view.content(title, lede: words("community.journal.lede"))))
        },
        .get("\(path)/export", asks: .thing(.manageProgramme), for: "officer, coordinator") { request in
            let (programme, view) = try await load(request, whole: true)
            return try view.table(named: "journal-\(programme.slug)")
        },
    ]

    private static func load(_ request: Request, whole: Bool = false) async throws -> (Programme, JournalView) {
        try await request.site.database.read { reader in
            let programme = try Programme.managed(request["programme"], reader, request)
            let wish = Journal.Wish(request.query)
            let journal = try Journal.load(.programme(programme.id), wish, whole: whole, reader, request)
            return (programme, JournalView(journal, at: "\(programme.path)/journal", request))
        }
    }
}
