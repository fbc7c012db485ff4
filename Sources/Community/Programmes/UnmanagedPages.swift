import Database
import Formats
import Platform

/// Where whoever administers the site entrusts a programme that nobody manages to somebody.
enum UnmanagedPages {
    private static let address = "/administration/programmes/{programme}"

    static let routes: [Route] = [
        .get(address, asks: .site(.administerSite), for: "who administers the site", fresh: .always) { request in
            let programme = try await request.site.database.read { try Unmanaged.load(request["programme"], $0) }
            return .page(page(request, programme))
        },
        .post(address, asks: .site(.administerSite), for: "who administers the site", fresh: .always) { request in
            let programme = try await request.site.database.read { try Unmanaged.load(request["programme"], $0) }
            let form = request.form
            return try await request.attempt(
                {
                    try await request.site.amend(as: "programme.entrusted", by: request.actor) { change in
                        try change.require(.administerSite)
                        try entrust(Unmanaged.load(programme.slug, change), form, change)
                    }
                    return .redirect("/a-faire")
                },
                otherwise: { page(request, programme, values: form, problems: $0) })
        },
    ]

    /// Somebody whom the site knows by their address keeps their account and their name.
    private static func entrust(_ programme: Programme, _ form: Fields, _ change: Change) throws {
        guard let role = Role(rawValue: form.line("role")), roles.contains(role) else {
            throw Refused("community.invite.roleMissing", field: "role")
        }
        guard let email = form.optional("email") else { throw PersonRefusal.noEmail }
        let person = try People.add(name: form.line("name"), email: email, in: change)
        try change.join(person, scope: programme.id, as: role)
        try change.trace("person", person, programme: programme.id, ["person": person, "role": role.rawValue])
        try programme.welcome(person, in: change)
    }

    private static let roles: [Role] = [.officer, .coordinator]

    private static func page(_ request: Request, _ programme: Programme, values: Fields = Fields(), problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let options = [("", words("community.invite.chooseRole"))] + roles.map { ($0.rawValue, words.name("community.role", of: $0)) }
        return .ofAccount(
            words("community.unmanaged.title", ["programme": programme.title]), request, lede: words("community.unmanaged.lede"),
            form.form(
                to: Unmanaged.path(programme), button: words("community.unmanaged.button"), cancel: "/a-faire",
                """
                \(form.input("name", words("community.invite.name"), isRequired: true, autocomplete: "off"))
                \(form.input("email", words("community.invite.email"), hint: words("community.invite.emailHint"), type: "email", isRequired: true, autocomplete: "off"))
                \(form.select("role", words("community.invite.role"), options: options))
                """))
    }
}
