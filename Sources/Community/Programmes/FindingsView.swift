import Formats
import Platform

/// What does not hold together in a programme file: said with both sources, never repaired.
struct FindingsView {
    let request: Request
    var words: Words { request.words }

    func page(_ findings: [KeptFinding], of programme: Programme) -> Page {
        let title = words("community.findings.title")
        let body: Markup =
            findings.isEmpty
            ? "<div class=\"empty\"><h2>\(words("community.findings.emptyTitle"))</h2><p>\(words("community.findings.emptyText"))</p></div>"
            : "<p class=\"lede\">\(words("community.findings.lede"))</p>\(groups(findings))"
        return programme.page(title, at: "", request, "<h1>\(title)</h1>\(audience)\(body)")
    }

    private var audience: Markup {
        "<p class=\"audience\" data-audience=\"programme\">\(words("community.audience.programme"))</p>"
    }

    /// The findings by severity, each with the words that disagree.
    func groups(_ findings: [KeptFinding]) -> Markup {
        ProgrammeFile.Finding.Severity.allCases.map { severity -> Markup in
            let found = findings.filter { $0.severity == severity }
            guard !found.isEmpty else { return .empty }
            return """
                <section><h2>\(words("community.finding.severity.\(severity.rawValue)")) <b class="count">\(found.count)</b></h2><ul class="entries">\(found.map(item))</ul></section>
                """
        }.joined()
    }

    private func item(_ finding: KeptFinding) -> Markup {
        let sources = finding.citations.filter { !$0.words.isEmpty || !$0.place.isEmpty }.map { citation -> Markup in
            let place = [
                citation.place,
                citation.line > 0 ? words("community.findings.line", ["line": String(citation.line)]) : "",
            ].filter { !$0.isEmpty }.joined(separator: ", ")
            return
                "<li>\(citation.words.isEmpty ? "" : words.quoted(citation.words)) \(place.isEmpty ? "" : "(\(place))")</li>"
        }
        let list: Markup =
            sources.isEmpty
            ? .empty
            : "<details><summary>\(words("community.findings.sources", ["n": sources.count]))</summary><ul>\(sources)</ul></details>"
        return "<li><p>\(finding.sentence(words))</p>\(list)</li>"
    }
}
