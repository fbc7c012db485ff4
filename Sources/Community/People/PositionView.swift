import Formats
import Platform

/// Where somebody's function and organisation are put right.
struct PositionView {
    let card: PersonCard
    let organizations: [Organization]
    let form: FormView
    var words: Words { form.request.words }

    init(
        _ request: Request, _ card: PersonCard, _ organizations: [Organization], values: Fields,
        problems: [Problem] = []
    ) {
        self.card = card
        self.organizations = organizations
        form = FormView(request, values: values, problems: problems)
    }

    var page: Page {
        let title = words("community.position.title", ["name": card.profile.name])
        let base = "\(card.programme.path)/communaute"
        let path = "\(base)/\(card.profile.personId)"
        let options = [("", words("community.invite.noOrganization"))] + organizations.map { ($0.id, $0.name) }
        let fields: Markup = """
            \(form.input("function", words("community.invite.function"), hint: words("community.invite.functionHint"), isRequired: true))
            \(form.select("organization", words("community.invite.organization"), options: options))
            """
        let content: Markup = """
            <h1>\(title)</h1>\(form.form(to: "\(path)/fonction", button: words("community.position.button"), cancel: path, fields))
            """
        let crumbs = [Crumb(words("community.people.title"), base), Crumb(card.profile.name, path)]
        return card.programme.page(title, at: "/communaute", crumbs: crumbs, form.request, content)
    }
}
