import Formats
import Platform

/// « Annuler cette saisie »: which answer was a mistake, why, what follows.
struct CancellationView {
    let request: Request
    let facts: ExcerptFacts
    let typed: Fields?
    let problems: [Problem]
    private var words: Words { request.words }

    var section: Markup {
        guard !choices.isEmpty else { return .empty }
        let isTyped = typed?.has("reason") ?? false
        let known = Fields([("consent", choices[0].value)])
        let form = FormView(request, values: isTyped ? typed ?? known : known, problems: isTyped ? problems : [])
        let fields: [Markup] = [
            form.select("consent", words("evidence.cancel.which"), options: choices),
            form.area("reason", words("evidence.cancel.reason"), hint: words("evidence.cancel.reasonHint"), rows: 2),
            form.check("confirmed", words("evidence.cancel.confirm"), id: "cancel-confirmed"),
        ]
        return """
            <details id="annulation" class="no-print"\(Markup.flag("open", if: isTyped))><summary>\(words("evidence.cancel.open"))</summary><p>\(words(facts.excerpt.publicPath.isEmpty ? "evidence.cancel.text" : "evidence.cancel.textPublic"))</p>
            \(form.form(to: "/extraits/\(facts.excerpt.id)/annulation", button: words("evidence.cancel.button"), style: "button quiet", fields.joined()))</details>
            """
    }

    /// The answers that hold, the latest first; the withdrawal, while no yes went with it.
    private var choices: [(value: String, label: String)] {
        if facts.excerpt.withdrawnAt != nil {
            return Cancellation.isOpen(facts.excerpt, facts.consents.map(\.consent))
                ? [("", words("evidence.cancel.withdrawal"))] : []
        }
        return facts.consents.filter { $0.consent.holds }.map { answered in
            let consent = answered.consent
            let label = [
                words("evidence.consent.\(consent.isGiven ? "yes" : "no")"), words.name("evidence.purpose", of: consent.purpose),
                words.day(consent.collectedOn), answered.collector ?? "",
            ]
            return (consent.id, label.filter { !$0.isEmpty }.joined(separator: ", "))
        }
    }
}
