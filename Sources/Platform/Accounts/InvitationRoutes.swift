import Database
import Formats

/// The first time: an invitation received by mail, the set-up of a new site.
enum InvitationRoutes {
    static let routes: [Route] = [
        .get("/invitation/{secret}", asks: .anyone, for: "who holds the link") { request in
            .page(SignInViews.invitation(try await SignInRoutes.link(.invitation, request), request))
        },
        .post("/invitation/{secret}", asks: .anyone, for: "who holds the link", accept),
        .get("/installation/{secret}", asks: .anyone, for: "who sets the site up") { request in
            _ = try await SignInRoutes.link(.setup, request)
            return .page(SignInViews.setUp(request))
        },
        .post("/installation/{secret}", asks: .anyone, for: "who sets the site up", setUp),
    ]

    private static func accept(_ request: Request) async throws -> Response {
        let link = try await SignInRoutes.link(.invitation, request)
        guard let personId = link.personId else { throw DeadLink() }
        let password = request.form["password"] ?? ""
        return try await request.attempt(
            {
                let known = [link.name, link.email].compactMap(\.self)
                let hash =
                    password.isEmpty
                    ? nil : try await Accounts.hash(password: password, knowing: known, site: request.site)
                return try await SignInRoutes.enter(as: "account.invitationAccepted", request) { change in
                    try link.use(in: change)
                    try change.trace("account", personId)
                    if let hash { try Accounts.setPassword(personId, hash: hash, in: change) }
                    return personId
                }
            },
            otherwise: { SignInViews.invitation(link, request, problems: $0) })
    }

    private static func setUp(_ request: Request) async throws -> Response {
        let link = try await SignInRoutes.link(.setup, request)
        let form = request.form
        return try await request.attempt(
            {
                let name = try People.checkedName(form.line("name"))
                let email = try People.checkedEmail(form.line("email"))
                let hash = try await Accounts.hash(
                    password: form["password"] ?? "", knowing: [name, email], site: request.site)
                return try await SignInRoutes.enter(as: "site.setUp", request) { change in
                    guard try !Accounts.hasAny(change) else { throw DeadLink() }
                    try link.use(in: change)
                    let personId = try People.add(name: name, email: email, language: request.language, in: change)
                    try Accounts.open(for: personId, isAdministrator: true, in: change)
                    try Accounts.setPassword(personId, hash: hash, in: change)
                    try change.trace("site", "site")
                    return personId
                }
            },
            otherwise: { SignInViews.setUp(request, values: form.without("csrf", "password"), problems: $0) })
    }
}
