import Formats

/// What touches somebody's way in, each on a page of its own: what follows from it, and the reason asked.
struct AccountActPage {
    enum Act: Sendable {
        case shelter
        /// Given, or taken from who has it.
        case grant
    }

    let request: Request
    let entry: AccountEntry
    var words: Words { request.words }
    private var path: String { AccountAdministration.path(of: entry.personId) }

    func page(_ act: Act, values: Fields, problems: [Problem]) -> Page {
        switch act {
        case .shelter: page("platform.shelter", to: "\(path)/abri", follows: ["sessions", "password", "addresses", "factor", "mail"], values, problems)
        case .grant:
            page(
                entry.isAdministrator ? "platform.grant.take" : "platform.grant.give", to: "\(path)/administration", follows: ["what", "mail"], values,
                problems)
        }
    }

    private func page(_ key: String, to action: String, follows: [String], _ values: Fields, _ problems: [Problem]) -> Page {
        let title = words("\(key).title", ["name": entry.name])
        let form = FormView(request, values: values, problems: problems)
        let lines = follows.map { "<li>\(words("\(key).\($0)"))</li>" as Markup }
        return Page(
            title, shape: .reading,
            crumbs: AdministrationPage.crumbs(words) + [
                Crumb(words("platform.accounts.title"), AccountAdministration.path), Crumb(entry.name, path), Crumb(title),
            ],
            """
            <h1>\(title)</h1><p class="lede">\(words("\(key).lede"))</p><ul>\(lines)</ul>
            \(form.form(to: action, button: words("\(key).button"), style: "button danger", cancel: path,
                form.hidden("act", entry.isAdministrator ? "take" : "give")
                    + form.input("reason", words("platform.reset.reason"), hint: words("platform.reset.reasonHint"), isRequired: true)))
            """)
    }
}
