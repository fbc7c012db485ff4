import Formats
import Platform

/// The plan of a programme as its file has it: read only, dates as they are written.
struct PlanView {
    let request: Request
    let programme: Programme
    let file: ProgrammeFile?
    var words: Words { request.words }

    init(_ request: Request, _ programme: Programme, _ file: ProgrammeFile?) {
        self.request = request
        self.programme = programme
        self.file = file
    }

    var page: Page {
        let title = words("community.plan.title")
        let parts =
            file.map { file -> Markup in
                let tables = PlanTables(words: words, file: file)
                return [
                    tables.aims, objectives(file, tables), tables.approaches, calendar(file), section(tables.declared),
                    section(tables.interventions), funders(file),
                ].joined()
            } ?? .empty
        let body: Markup =
            parts.isEmpty
            ? "<div class=\"empty\"><h2>\(words("community.plan.emptyTitle"))</h2><p>\(words("community.plan.emptyText"))</p></div>"
            : parts
        let content: Markup = """
            <h1>\(title)</h1><p class="lede">\(words("community.plan.lede"))</p>
            <p class="audience" data-audience="programme">\(words("community.audience.programme"))</p>\(body)
            """
        return programme.page(title, at: "", request, content)
    }

    private func objectives(_ file: ProgrammeFile, _ tables: PlanTables) -> Markup {
        let sections = file.objectives.map { objective -> Markup in
            let rows = objective.subObjectives.map { part -> Markup in
                """
                <tr><th scope="row">\(part.id) \(part.title)</th><td>\(written(part.period))</td><td>\(list(part.actions))</td><td>\(list(tables.means(part)))</td><td>\(list(part.indicators))</td><td>\(list(part.deliverables))</td></tr>
                """
            }
            let name = "\(objective.id). \(objective.title)"
            let columns = ["part", "dates", "actions", "means", "indicators", "deliverables"]
            return "<section><h2>\(name)</h2>\(rows.isEmpty ? .empty : table(name, columns, rows))</section>"
        }.joined()
        guard !sections.isEmpty else { return .empty }
        return """
            \(sections)\(request.exports("\(programme.path)/plan/export"))
            """
    }

    private func section(_ part: (name: String, columns: [String], rows: [Markup])) -> Markup {
        part.rows.isEmpty ? .empty : "<section><h2>\(part.name)</h2>\(table(part.name, part.columns, part.rows))</section>"
    }

    private func calendar(_ file: ProgrammeFile) -> Markup {
        guard !file.calendar.isEmpty else { return .empty }
        let rows = file.calendar.map { step -> Markup in
            "<tr><th scope=\"row\">\(step.title)</th><td>\(written(step.period))</td></tr>"
        }
        let name = words("community.plan.calendar")
        return "<section><h2>\(name)</h2>\(table(name, ["step", "dates"], rows))</section>"
    }

    private func funders(_ file: ProgrammeFile) -> Markup {
        guard !file.funders.isEmpty else { return .empty }
        let organizations = Dictionary(file.organizations.map { ($0.id, $0.name) }) { first, _ in first }
        let phases = Dictionary(file.phases.map { ($0.id, $0.title) }) { first, _ in first }
        let rows = file.funders.map { funder -> Markup in
            let said = funder.citation.words.isEmpty ? "" : words.quoted(funder.citation.words)
            return """
                <tr><th scope="row">\(organizations[funder.organization] ?? funder.organization)</th><td><span class="state" data-state="\(state(funder.status))">\(words("community.plan.funding.\(funder.status.rawValue)"))</span></td><td>\(list(funder.phases.map { phases[$0] ?? $0 }))</td><td>\(said)</td></tr>
                """
        }
        let name = words("community.plan.funders")
        return "<section><h2>\(name)</h2>\(table(name, ["funder", "status", "phases", "said"], rows))</section>"
    }

    private func state(_ status: ProgrammeFile.Funder.Status) -> String {
        switch status {
        case .granted: "validated"
        case .asked: "waiting"
        case .considered: "none"
        }
    }

    /// The words of the document first; the two ends otherwise. A date that does not exist is said so.
    private func written(_ period: ProgrammeFile.Period) -> Markup {
        let text =
            period.citation.words.isEmpty
            ? [period.start?.words, period.end?.words].compactMap { $0 }.joined(separator: " – ")
            : period.citation.words
        let isImpossible = [period.start, period.end].contains { day in
            if case .impossible? = day?.meaning { true } else { false }
        }
        return isImpossible
            ? "\(text) <span class=\"state\" data-state=\"refused\">\(words("community.plan.impossible"))</span>"
            : "\(text)"
    }

    private func list(_ items: [String]) -> Markup {
        switch items.count {
        case 0: "—"
        case 1: .text(items[0])
        default: "<ul>\(items.map { "<li>\($0)</li>" as Markup })</ul>"
        }
    }

    private func table(_ name: String, _ columns: [String], _ rows: [Markup]) -> Markup {
        let heads = columns.map { "<th scope=\"col\">\(words("community.plan.column.\($0)"))</th>" as Markup }
        return """
            <div class="scroll" role="region" aria-label="\(name)" tabindex="0"><table class="table" aria-label="\(name)"><thead><tr>\(heads)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }
}

extension ProgrammeFile.Quantity: WordArgument {
    public func said(in words: Words) -> String { self.words(in: words.language == .french ? .french : .english) }
    public var quantity: Int? { hundredths <= 100 ? 1 : 2 }
}
