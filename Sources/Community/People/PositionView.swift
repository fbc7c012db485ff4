import Formats
import Platform

/// Where somebody's function and organisation are put right.
struct PositionView {
    let card: PersonCard
    let organizations: [Organization]
    let form: FormView
    /// Whether the address is put right here; else its owner does.
    let mayReaddress: Bool
    var words: Words { form.request.words }

    init(
        _ request: Request, _ card: PersonCard, _ organizations: [Organization], mayReaddress: Bool, values: Fields,
        problems: [Problem] = []
    ) {
        self.card = card
        self.organizations = organizations
        self.mayReaddress = mayReaddress
        form = FormView(request, values: values, problems: problems)
    }

    private var isOwn: Bool { card.isOwn(form.request) }

    private var address: Markup {
        if isOwn { return .empty }
        return mayReaddress
            ? form.input(
                "email", words("community.position.email"), hint: words("community.position.emailHint"), type: "email", autocomplete: "off")
            : "<p class=\"notice\">\(words("community.position.ownAddress"))</p>"
    }

    var page: Page {
        let title = isOwn ? words("community.person.editOwn") : words("community.position.title", ["name": card.profile.name])
        let base = "\(card.programme.path)/communaute"
        let path = "\(base)/\(card.profile.personId)"
        let options = [("", words("community.invite.noOrganization"))] + organizations.map { ($0.id, $0.name) }
        let fields: Markup = """
            \(form.input("function", words("community.invite.function"), hint: words("community.invite.functionHint"), isRequired: true))
            \(form.select("organization", words("community.invite.organization"), options: options))
            \(address)
            """
        let content: Markup = """
            <h1>\(title)</h1>\(form.form(to: "\(path)/fonction", button: words("community.position.button"), cancel: path, fields))
            """
        let crumbs = [Crumb(words("community.people.title"), base), Crumb(card.profile.name, path)]
        return card.programme.page(title, at: "/communaute", crumbs: crumbs, form.request, content)
    }
}
