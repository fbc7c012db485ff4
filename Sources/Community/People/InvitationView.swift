import Formats
import Platform

/// Where somebody is invited.
struct InvitationView {
    let roster: Roster
    let namesakes: [Namesake]
    let form: FormView
    var words: Words { form.request.words }

    init(_ request: Request, _ roster: Roster, values: Fields, namesakes: [Namesake] = [], problems: [Problem] = []) {
        self.roster = roster
        self.namesakes = namesakes
        form = FormView(request, values: values, problems: problems)
    }

    var page: Page {
        let title = words("community.invite.title")
        let base = "\(roster.programme.path)/communaute"
        let organizations =
            [("", words("community.invite.noOrganization"))] + roster.organizations.map { ($0.id, $0.name) }
        let roles =
            [("", words("community.invite.chooseRole"))]
            + Assignment.roles.map { ($0.rawValue, words.name("community.role", of: $0)) }
        let seats =
            [("", words("community.invite.noSeat"))]
            + roster.seats.filter { $0.personId == nil }.map { ($0.id, $0.label) }
        let fields: Markup = """
            \(same)\(form.input("name", words("community.invite.name"), isRequired: true, autocomplete: "off"))
            \(form.input("email", words("community.invite.email"), hint: words("community.invite.emailHint"), type: "email", isRequired: true, autocomplete: "off"))
            \(form.input("function", words("community.invite.function"), hint: words("community.invite.functionHint"), isRequired: true))
            <div class="row">\(form.select("organization", words("community.invite.organization"), options: organizations))\(form.input("other_organization", words("community.invite.otherOrganization")))</div>
            \(form.select("role", words("community.invite.role"), hint: words("community.invite.roleHint"), options: roles))
            \(form.select("seat", words("community.invite.seat"), hint: words("community.invite.seatHint"), options: seats))
            """
        let content: Markup = """
            <h1>\(title)</h1><p class="lede">\(words("community.invite.lede"))</p>
            \(form.form(to: "\(base)/invitations", button: words("community.invite.button"), keep: Self.kept(roster.programme), cancel: base, fields))
            """
        let crumb = Crumb(words("community.people.title"), base)
        return roster.programme.page(title, at: "/communaute", crumbs: [crumb], form.request, content)
    }

    /// The people of the same name, to choose from.
    private var same: Markup {
        guard !namesakes.isEmpty else { return .empty }
        let options =
            namesakes.map { person in
                (
                    person.personId,
                    words("community.invite.samePerson", ["name": person.name, "position": person.position])
                )
            } + [("nobody", words("community.invite.otherPerson"))]
        return form.choices(
            "same", words("community.invite.same"), hint: words("community.invite.sameHint"), options: options)
    }

    /// The name under which the browser keeps what is typed, until the invitation has left.
    static func kept(_ programme: Programme) -> String { "invitation-\(programme.slug)" }

    /// What the address proposes: the function and the organisation of a seat.
    static func proposed(_ request: Request, _ roster: Roster) -> Fields {
        guard let seat = roster.seats.first(where: { $0.id == request.query.line("seat") && $0.personId == nil }) else {
            return Fields([("role", request.query.line("role"))])
        }
        let role: Role? =
            switch seat.scopeKind {
            case .steering: .committee
            case .cohort: .facilitator
            default: nil
            }
        return Fields([
            ("seat", seat.id), ("function", seat.function), ("organization", seat.organizationId ?? ""),
            ("role", role?.rawValue ?? ""),
        ])
    }
}
