import Database
import Formats

/// The accounts of the site, for whoever administers it: found, looked at, helped; nothing of what their people write.
enum AccountAdministration {
    static let path = "/administration/comptes"
    static func path(of personId: String) -> String { "\(path)/\(personId)" }

    static let routes: [Route] = [
        .get(path, asks: .site(.administerSite), for: "administrators") { request in
            let list = try await request.site.database.read { try AccountList.load($0, request) }
            return .page(AccountListView(request: request, list: list).page)
        },
        .get("\(path)/export", asks: .site(.administerSite), for: "administrators", export),
        .get("\(path)/{person}", asks: .site(.administerSite), for: "administrators") { .page(try await page($0)) },
        .post("\(path)/{person}/acces", asks: .site(.administerSite), for: "administrators", fresh: .always, sendWayIn),
        .get("\(path)/{person}/abri", asks: .site(.administerSite), for: "administrators", fresh: .always) { request in
            .page(try await act(request, .shelter))
        },
        .post("\(path)/{person}/abri", asks: .site(.administerSite), for: "administrators", fresh: .always, shelter),
        .get("\(path)/{person}/administration", asks: .site(.administerSite), for: "administrators", fresh: .always) { request in
            .page(try await act(request, .grant))
        },
        .post("\(path)/{person}/administration", asks: .site(.administerSite), for: "administrators", fresh: .always, grant),
    ]

    /// The list with everybody's address leaves the site: the journal says so.
    private static func export(_ request: Request) async throws -> Response {
        let list = try await request.site.database.read { try AccountList.load(whole: true, $0, request) }
        try await request.site.amend(as: "site.accountsTaken", by: Actor(request.viewer), isPublic: false) { change in
            try change.require(.administerSite)
            try change.trace("site", "site", ["n": String(list.page.count)])
        }
        return try AccountListView(request: request, list: list).file()
    }

    private static func page(_ request: Request) async throws -> Page {
        let (personId, now) = (request["person"], request.now)
        let account = try await request.site.database.read { try AccountDetails.load(personId, $0, at: now) }
        return AccountPage(request: request, account: account).page
    }

    private static func act(
        _ request: Request, _ act: AccountActPage.Act, values: Fields = Fields(), problems: [Problem] = []
    ) async throws -> Page {
        let personId = request["person"]
        let entry = try await request.site.database.read { try AccountEntry.load(personId, $0) }
        return AccountActPage(request: request, entry: entry).page(act, values: values, problems: problems)
    }

    private static func sendWayIn(_ request: Request) async throws -> Response {
        let wayIn = WayIn(personId: request["person"])
        do { try wayIn.begin(request) } catch { return error.response(try await page(request), request) }
        return try await request.attempt(
            {
                try await wayIn.send(request)
                return .redirect("\(path(of: wayIn.personId))?fait=acces")
            },
            otherwise: { _ in try await page(request) })
    }

    private static func shelter(_ request: Request) async throws -> Response {
        let (personId, form) = (request["person"], request.form)
        return try await request.attempt(
            {
                try await Shelter(personId, reason: form.line("reason")).apply(request.site, by: request.actor)
                return .redirect("\(path(of: personId))?fait=abri")
            },
            otherwise: { try await act(request, .shelter, values: form, problems: $0) })
    }

    private static func grant(_ request: Request) async throws -> Response {
        let (personId, form) = (request["person"], request.form)
        let isGiven = form.line("act") == "give"
        return try await request.attempt(
            {
                try await AdministrationGrant(isGiven, to: personId, reason: form.line("reason")).apply(request.site, by: request.actor)
                return .redirect("\(path(of: personId))?fait=\(isGiven ? "administration" : "sans-administration")")
            },
            otherwise: { try await act(request, .grant, values: form, problems: $0) })
    }
}
