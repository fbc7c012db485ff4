import Formats
import Platform

/// The people of the host on the page of the group: list, signatory, form to add one.
struct HostViews {
    let request: Request
    let visit: Visit
    let people: Delegation
    var words: Words { request.words }

    func section(values: Fields, problems: [Problem]) -> Markup {
        let form = FormView(request, values: values, problems: problems)
        return """
            <section><h2>\(words("visits.host.heading", ["host": visit.hostName ?? words("visits.host.unnamed")]))</h2>
            <p>\(words("visits.host.lede"))</p>\(list)\(signatory(form))
            <h3>\(words("visits.host.add"))</h3>
            \(form.form(to: "\(visit.path)/structure", button: words("visits.host.addButton"), style: "button quiet", fields(form)))</section>
            """
    }

    private var list: Markup {
        guard !people.host.isEmpty else { return "<p>\(words("visits.host.nobody"))</p>" }
        let items = people.host.map { person -> Markup in
            let account = words(
                person.email == nil
                    ? "visits.host.noAddress" : person.hasAccount ? "visits.host.hasAccount" : "visits.host.byLink")
            return """
                <li><p>\(person.said)</p><p class="meta">\(account)</p>\
                \(request.act("\(visit.path)/structure/\(person.id)/depart", words("visits.host.remove", ["name": person.name]), style: "link"))</li>
                """
        }
        return "<ol class=\"entries\">\(items)</ol>"
    }

    private func signatory(_ form: FormView) -> Markup {
        guard !people.host.isEmpty else { return .empty }
        let options = people.host.map { ($0.id, $0.said) }
        return form.form(
            to: "\(visit.path)/signataire", button: words("visits.host.signatoryButton"), style: "button quiet",
            form.choices(
                "signatory", words("visits.host.signatory"), hint: words("visits.host.signatoryHint"), options: options)
        )
    }

    private func fields(_ form: FormView) -> Markup {
        form.input("name", words("visits.host.name"), autocomplete: "off")
            + form.input("function", words("visits.host.function"), hint: words("visits.host.functionHint"))
            + form.input("other_host", words("visits.host.structure"), hint: words("visits.host.structureHint"), autocomplete: "organization")
            + form.input(
                "email", words("visits.host.email"), hint: words("visits.host.emailHint"), type: "email",
                autocomplete: "off")
    }
}
