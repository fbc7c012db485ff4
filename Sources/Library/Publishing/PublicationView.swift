import Community
import Formats
import Platform
import Texts
import Visits

/// The page of a publication: what is met, what is missing, what can be done.
struct PublicationView {
    let known: PublicationCase
    let lines: [PublicationRule.Line]
    let territories: [(id: String, name: String)]
    let form: FormView
    let mayPublish: Bool
    let mayArbitrate: Bool
    var request: Request { form.request }
    var words: Words { request.words }
    var path: String { "/textes/\(known.text.id)/publication" }

    var page: Page {
        let title = words(known.publication?.state == .open ? "library.publish.titleOpen" : "library.publish.title")
        let crumbs = [
            Crumb(words("library.home.crumb"), "/"), Crumb(known.programme.title, known.programme.path),
            Crumb(known.visit.name, known.visit.path), Crumb(known.head.title, "/textes/\(known.text.id)"), Crumb(title),
        ]
        let content: Markup = """
            <h1>\(title)</h1>\(next)
            <section><h2>\(words("library.publish.rule"))</h2><p>\(rule)</p><ul class="reasons">\(lines.map(reason))\(unexplained)</ul></section>
            \(referral)\(arbitration)\(mayPublish ? publish + withdrawal : .empty)
            <p class="meta no-print"><a data-icon="history" href="/historique/\(known.text.id)">\(words("library.publish.history"))</a></p>
            """
        return Page(title, crumbs: crumbs, content).with {
            $0.programme = ProgrammeNavigation(
                id: known.programme.id, name: known.programme.title, slug: known.programme.slug, current: "/textes")
            $0.notice = notice
            if request.query["fait"] != nil { $0.kept = ["publication-\(known.text.id)"] }
        }
    }

    private var notice: Markup {
        guard let done = request.query["fait"], words.has("library.publish.done.\(done)") else { return .empty }
        let key = done == "publie" && known.publication?.state == .open ? "public" : done
        return "<p class=\"notice success\" role=\"status\">\(words("library.publish.done.\(key)"))</p>"
    }

    private var isMet: Bool { lines.allSatisfy(\.isMet) }

    /// State and next step, first thing seen.
    private var next: Markup {
        let missing = lines.count { !$0.isMet }
        let publication = known.publication
        let sentence =
            switch publication?.state {
            case .open where publication?.revisionId == known.head.id: words("library.publish.state.open")
            case .open: words("library.publish.state.behind", ["number": known.head.number])
            case .scheduled:
                publication?.notBefore.map { words("library.publish.state.scheduled", ["day": $0]) } ?? words("library.publish.state.waiting")
            case .withdrawn: words("library.publish.state.withdrawn", ["reason": publication?.unpublishedReason ?? ""])
            case nil: missing == 0 ? words("library.publish.state.ready") : words("library.publish.state.missing", ["n": missing])
            }
        let link = publication.flatMap { publication -> Markup? in
            publication.state == .withdrawn ? nil : " <a href=\"\(publication.path)\">\(words("library.publish.see"))</a>"
        }
        let isDue = publication?.isDue(on: request.now.day()) == true && mayPublish
        let open = isDue ? request.act("\(path)/ouverture", words("library.publish.open"), style: "button") : .empty
        return "<div class=\"next\"><p><strong>\(sentence)</strong>\(remaining)\(link)</p>\(open)</div>"
    }

    /// Who may still answer, and until when.
    private var remaining: Markup {
        guard let validation = known.validation, !validation.isClosed, known.publication?.state != .open, !validation.silent.isEmpty,
            request.now.day() <= validation.request.deadline
        else { return .empty }
        return " \(words("library.publish.remaining", ["n": validation.silent.count, "day": validation.request.deadline]))"
    }

    private var rule: String {
        words(
            known.rule.requiresSignatory ? "library.publish.ruleSigned" : "library.publish.ruleUnsigned",
            ["share": known.programme.rule.sharePercent])
    }

    /// Dimensions left blank without a word: they keep nothing from being published, once that is meant.
    private var unexplained: Markup {
        guard !known.unexplained.isEmpty else { return .empty }
        let sentence = words("library.rule.dimensions.unexplained", ["n": known.unexplained.count, "names": words.list(known.unexplained)])
        return "<li data-ok=\"false\">\(sentence) <a href=\"/textes/\(known.text.id)#couverture\">\(words("library.publish.explain"))</a></li>"
    }

    private func reason(_ line: PublicationRule.Line) -> Markup {
        let refusal = line.refusal(known, words)
        return "<li data-ok=\"\(line.isMet ? "true" : "false")\">\(words(refusal.key, refusal.arguments))</li>"
    }

    /// Brings to the steering group what only it can decide.
    private var referral: Markup {
        guard mayPublish, let validation = known.validation, !validation.isClosed,
            validation.isHostSilent(on: request.now.day()) || validation.isHeldBack,
            lines.contains(where: { $0.subject == .signatory && !$0.isMet })
        else { return .empty }
        guard validation.request.referredAt == nil else {
            return "<p class=\"notice\">\(words("library.publish.referred", ["day": validation.request.referredAt?.day() ?? request.now.day()]))</p>"
        }
        return """
            <section><h2>\(words("library.publish.arbitration"))</h2><p>\(words("library.publish.referText"))</p>\(request.act("/textes/\(known.text.id)/validation/arbitrage", words("library.publish.refer")))</section>
            """
    }

    /// Shown to who may decide, once the deadline is over and the host silent.
    private var arbitration: Markup {
        guard mayArbitrate, let line = lines.first(where: { $0.subject == .signatory }), !line.isMet,
            line.reason == "silent" || known.validation?.isHeldBack == true
        else { return known.arbitration.map { "<section><h2>\(words("library.publish.arbitration"))</h2><p>\($0.reason)</p></section>" } ?? .empty }
        let hint = line.reason == "silent" ? "arbitrationHint" : "heldBackHint"
        let fields = form.area("reason", words("library.publish.reason"), hint: words("library.publish.\(hint)"), isRequired: true)
        return """
            <section><h2>\(words("library.publish.arbitration"))</h2>
            \(form.form(to: "\(path)/arbitrage", button: words("library.publish.arbitrate"), style: "button quiet", fields))</section>
            """
    }

    private var publish: Markup {
        let isOpen = known.publication?.state == .open
        let licenses = License.choices.map { (value: $0.id, label: $0.name(in: words)) }
        let places = [(value: "", label: words("library.publish.chooseTerritory"))] + territories.map { (value: $0.id, label: $0.name) }
        let notBefore =
            isOpen ? Markup.empty : form.input("not_before", words("library.publish.notBefore"), hint: words("library.publish.notBeforeHint"), width: "short")
        let fields: Markup = """
            \(form.area("lede", words("library.publish.lede"), hint: words("library.publish.ledeHint"), rows: 3))
            \(form.area("authors", words("library.publish.authors"), hint: words("library.publish.authorsHint"), rows: 4, isRequired: true))
            \(form.select("license", words("library.publish.license"), options: licenses))
            \(form.select("territory", words("library.publish.territory"), options: places))\(newTerritory)
            \(notBefore)
            \(known.unexplained.isEmpty ? .empty : form.check("unexplained", words("library.publish.unexplained", ["n": known.unexplained.count])))
            \(form.input("slug", words("library.publish.slug"), hint: words("library.publish.slugHint", ["base": request.site.configuration.link("/ressources/")])))
            """
        let button = words(isOpen ? "library.publish.again" : "library.publish.button")
        return """
            <section><h2>\(words("library.publish.particulars"))</h2><p class="notice warning">\(words("library.publish.warning"))</p>\(known.head.blanksNotice(words))
            \(form.form(to: path, button: button, keep: "publication-\(known.text.id)", style: isMet ? "button" : "button quiet", cancel: "/textes/\(known.text.id)", fields + known.head.base.field(form)))</section>
            """
    }

    /// Where the text is about a place that the programme does not have yet.
    private var newTerritory: Markup {
        "<p class=\"hint\"><a href=\"\(known.programme.path)/territoires/nouveau\">\(words("library.publish.newTerritory"))</a></p>"
    }

    private var withdrawal: Markup {
        guard let publication = known.publication, publication.state != .withdrawn else { return .empty }
        let fields = form.area("withdrawal", words("library.publish.reason"), hint: words("library.publish.withdrawHint"), rows: 3, isRequired: true)
        return """
            <details><summary>\(words("library.publish.withdraw"))</summary>\(form.form(to: "\(path)/retrait", button: words("library.publish.withdraw"), style: "button danger", fields))</details>
            """
    }
}
