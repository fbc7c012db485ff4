import Formats
import Platform

/// The first page of a programme: what it is, where it stands, what was noticed in its file.
struct OverviewView {
    let request: Request
    let overview: Overview
    let panels: Markup
    var words: Words { request.words }
    var programme: Programme { overview.programme }

    var page: Page {
        let isPublic = programme.audience == .everyone
        let audience: Markup = """
            <p class="audience" data-audience="\(isPublic ? "public" : "programme")">\(words(isPublic ? "community.overview.audience" : "community.audience.programme"))</p>
            """
        let summary: Markup =
            programme.summary.isEmpty ? .empty : "<div class=\"prose\">\(Markdown.html(programme.summary))</div>"
        let content: Markup = """
            <p class="kind">\(words("community.overview.kind"))</p><h1>\(programme.title)</h1>
            \(audience)\(acts)\(noticed)\(summary)\(phases)\(panels)\(rule)\(overview.lastChange?.line(words))
            """
        return programme.page(programme.title, at: "", request, content).with {
            $0.description = Markdown.plain(programme.summary).split(separator: "\n").first.map(String.init)
        }
    }

    private var acts: Markup {
        let base = programme.path
        var links: [Markup] = []
        if overview.isInside {
            links.append("<a class=\"button quiet\" href=\"\(base)/plan\">\(words("community.overview.plan"))</a>")
        }
        if overview.hasFindings, overview.noticed.isEmpty {
            links.append("<a class=\"button quiet\" href=\"\(base)/remarques\">\(words("community.overview.findings"))</a>")
        }
        if overview.mayManage {
            links.append(
                "<a class=\"button quiet\" data-icon=\"history\" href=\"\(base)/journal\">\(words("community.journal.title"))</a>")
            links.append(
                "<a class=\"button quiet\" data-icon=\"pencil\" href=\"\(base)/reglages\">\(words("community.overview.settings"))</a>"
            )
            links.append(
                "<a class=\"button quiet\" data-icon=\"download\" href=\"\(base)/export\">\(words("community.overview.export"))</a>"
            )
        }
        return links.isEmpty ? .empty : "<p class=\"acts no-print\">\(links.joined(separator: " "))</p>"
    }

    private var noticed: Markup {
        guard !overview.noticed.isEmpty else { return .empty }
        let counts = overview.noticed.map { words("community.finding.count.\($0.severity.rawValue)", ["n": $0.count]) }
        return """
            <div class="notice warning"><p>\(words("community.overview.noticed", ["counts": words.list(counts)])) <a href="\(programme.path)/remarques">\(words("community.overview.noticedLink"))</a></p></div>
            """
    }

    private var phases: Markup {
        guard !overview.phases.isEmpty else { return .empty }
        let rows = overview.phases.map { phase -> Markup in
            "<div><dt>\(phase.title)</dt><dd>\(phase.period.isEmpty ? words("community.overview.noPeriod") : phase.period)</dd></div>"
        }
        return """
            <section><h2>\(words("community.overview.phases"))</h2><dl class="facts">\(rows)</dl></section>
            """
    }

    private var rule: Markup {
        let rule = programme.rule
        let signatory = words("community.rule.\(rule.requiresSignatory ? "signatory" : "noSignatory")")
        let share = words("community.rule.share", ["percent": rule.sharePercent])
        let delay = words("community.rule.delay", ["n": rule.answerDays])
        return """
            <section><h2>\(words("community.rule.title"))</h2><p>\(words("community.rule.lede"))</p><ul><li>\(signatory)</li><li>\(share)</li><li>\(delay)</li><li>\(words("community.rule.licence", ["licence": words("community.licence.\(programme.license)")]))</li></ul></section>
            """
    }
}
