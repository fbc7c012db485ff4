import Formats
import Platform

/// What does not hold together in a programme file: said with both sources, never repaired.
struct FindingsView {
    private static let size = 20
    let request: Request
    var mayManage = false
    var problems: [Problem] = []
    var words: Words { request.words }

    func page(_ findings: [KeptFinding], of programme: Programme) -> Page {
        let title = words("community.findings.title")
        let path = "\(programme.path)/remarques"
        let wish = request.query.line("etat")
        let shown = findings.filter { wish.isEmpty || ($0.outcome == nil) == (wish == "ouvertes") }
        let list = Paged(shown, by: Self.size, request)
        let body: Markup =
            findings.isEmpty
            ? "<div class=\"empty\"><h2>\(words("community.findings.emptyTitle"))</h2><p>\(words("community.findings.emptyText"))</p></div>"
            : """
            <p class="lede">\(words("community.findings.lede"))</p><p class="state-line">\(words("community.findings.settledCount", ["n": findings.count { $0.outcome != nil }, "all": findings.count]))</p>
            \(filter(path))\(groups(list.items, path, of: shown))\(request.pages(of: list))
            """
        return programme.page(title, at: "", request, "<h1>\(title)</h1>\(audience)\(body)")
    }

    private var audience: Markup {
        "<p class=\"audience\" data-audience=\"programme\">\(words("community.audience.programme"))</p>"
    }

    private func filter(_ path: String) -> Markup {
        let states = ["", "ouvertes", "traitees"].map { ($0, words("community.findings.state.\($0.isEmpty ? "all" : $0)")) }
        return """
            <form class="filters no-print" method="get" action="\(path)">\(FormView(request, values: request.query).select("etat", words("community.findings.state"), options: states))<button class="button quiet">\(words("community.filter"))</button></form>
            """
    }

    /// The findings by severity, each with the words that disagree; the counts are those of all pages.
    func groups(_ findings: [KeptFinding], _ path: String? = nil, of all: [KeptFinding]? = nil) -> Markup {
        ProgrammeFile.Finding.Severity.allCases.map { severity -> Markup in
            let found = findings.filter { $0.severity == severity }
            guard !found.isEmpty else { return .empty }
            return """
                <section><h2>\(words("community.finding.severity.\(severity.rawValue)")) <b class="count">\((all ?? findings).count { $0.severity == severity })</b></h2><ul class="entries">\(found.map { item($0, path) })</ul></section>
                """
        }.joined()
    }

    private func item(_ finding: KeptFinding, _ path: String?) -> Markup {
        let sources = finding.sources(words)
        let list: Markup =
            sources.isEmpty
            ? .empty
            : "<details><summary>\(words("community.findings.sources", ["n": sources.count]))</summary><ul>\(sources.map { "<li>\($0)</li>" as Markup })</ul></details>"
        return
            "<li\(Markup.attribute("id", value: finding.id.map { "remarque-\($0)" }))><p>\(finding.sentence(words))</p>\(list)\(path.map { outcome(finding, $0) })</li>"
    }

    /// What was decided, or the form to say it.
    private func outcome(_ finding: KeptFinding, _ path: String) -> Markup {
        guard let id = finding.id else { return .empty }
        if let outcome = finding.outcome {
            let reopen = mayManage ? request.act("\(path)/\(id)/reprise", words("community.findings.reopen"), style: "link") : .empty
            return """
                <p><span class="state" data-state="validated">\(words("community.findings.settled"))</span> \(outcome.decision)</p><p class="meta">\(outcome.by.map { "\($0), " })\(words.element(outcome.at))</p>\(reopen)
                """
        }
        guard mayManage else { return .empty }
        guard request["finding"] == id || request.query["remarque"] == id else {
            let kept = request.query.without("remarque").pairs + [("remarque", id)]
            return "<p><a href=\"\(path)?\(URLForm.encode(kept))#remarque-\(id)\">\(words("community.findings.settle"))</a></p>"
        }
        let form = FormView(request, values: request.method == .post ? request.form : Fields(), problems: problems)
        return form.form(
            to: "\(path)/\(id)", button: words("community.findings.settleButton"), cancel: "\(path)#remarque-\(id)",
            form.input("decision", words("community.findings.decision"), isRequired: true))
    }
}
