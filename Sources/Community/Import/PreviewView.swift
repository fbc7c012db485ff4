import Formats
import Platform

/// What a file would create, and what was noticed in it, before anything is written.
struct PreviewView {
    let request: Request
    let file: ProgrammeFile
    let received: ReceivedFile
    var words: Words { request.words }

    var page: Page {
        let title = words("community.preview.title")
        let form = FormView(request, values: Fields([("audience", Audience.everyone.rawValue)]))
        let hidden = form.hidden("text", received.fields["text"] ?? "") + form.hidden("name", received.name)
        let content: Markup = """
            <p class="kind">\(words("community.preview.kind"))</p><h1>\(file.title)</h1>
            <div class="next"><p><strong>\(words("community.preview.nothingYet"))</strong></p>\(form.form(
                to: "/programmes/importations", button: words("community.preview.button"), cancel: "/programmes/importer", hidden + ProgrammeAudience.field(form)))</div>
            <section><h2>\(words("community.preview.creates"))</h2><dl class="facts">\(facts)</dl></section>
            \(visits)\(findings)
            """
        return Page(title, crumbs: ProgrammeCrumbs.steps(title, words), content)
    }

    private var facts: Markup {
        let counts: [(String, Int)] = [
            ("phases", file.phases.count), ("territories", file.territories.count),
            ("organizations", file.organizations.count), ("groups", file.groups.count),
            ("seats", file.groups.map(\.allSeats.count).reduce(0, +)), ("dimensions", file.grid?.dimensions.count ?? 0),
            ("visits", file.visits.count), ("seminars", file.seminars.count),
            ("objectives", file.objectives.map(\.subObjectives.count).reduce(0, +)), ("funders", file.funders.count),
        ]
        let address: Markup =
            "<div><dt>\(words("community.preview.address"))</dt><dd>/programmes/\(file.slug)</dd></div>"
        return address
            + counts.map { key, count -> Markup in
                "<div><dt>\(words("community.preview.count.\(key)"))</dt><dd>\(count)</dd></div>"
            }.joined()
    }

    private var visits: Markup {
        guard !file.visits.isEmpty else { return .empty }
        let organizations = Dictionary(file.organizations.map { ($0.id, $0.acronym ?? $0.name) }) { first, _ in first }
        let items = file.visits.map { visit -> Markup in
            let hosts = visit.hosts.map { organizations[$0] ?? $0 }
            let line = [words.list(hosts), visit.place ?? ""].filter { !$0.isEmpty }.joined(separator: " · ")
            return "<li><h3>\(visit.title)</h3><p class=\"meta\">\(line)</p></li>"
        }
        return
            "<section><h2>\(words("community.preview.count.visits"))</h2><ol class=\"entries\">\(items)</ol></section>"
    }

    private var findings: Markup {
        let found = file.findings().map { KeptFinding($0) }
        guard !found.isEmpty else {
            return "<p class=\"notice success\">\(words("community.findings.emptyTitle"))</p>"
        }
        return """
            <p class="notice warning">\(words("community.preview.findings", ["n": found.count]))</p>\(FindingsView(request: request).groups(found))
            """
    }
}
