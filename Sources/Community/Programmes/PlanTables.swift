import Formats
import Platform

/// The parts of a plan that say what is aimed at, and who works how much.
struct PlanTables {
    let words: Words
    let file: ProgrammeFile

    /// What the programme is for, its overall objective, its operational objectives.
    var aims: Markup {
        var rows: [(String, ProgrammeFile.Citation)] = []
        if let purpose = file.purpose { rows.append((words("community.plan.purpose"), purpose.citation)) }
        if let overall = file.overallObjective { rows.append((words("community.plan.overall"), overall.citation)) }
        let facts = rows.map { name, citation -> Markup in "<div><dt>\(name)</dt><dd>\(said(citation))</dd></div>" }
        let items = file.operationalObjectives.map { aim -> Markup in
            let quote = said(aim.citation)
            return "<li>\(aim.title)\(quote.isEmpty ? .empty : " <small>\(quote)</small>" as Markup)</li>"
        }
        guard !facts.isEmpty || !items.isEmpty else { return .empty }
        let list: Markup = items.isEmpty ? .empty : "<h3>\(words("community.plan.operational"))</h3><ul>\(items)</ul>"
        return "<section><h2>\(words("community.plan.aims"))</h2><dl class=\"facts\">\(facts)</dl>\(list)</section>"
    }

    /// The questions and the steps of each phase that has some.
    var approaches: Markup {
        file.phases.map { phase -> Markup in
            guard let approach = phase.approach else { return .empty }
            func part(_ key: String, _ tag: String, _ items: [String]) -> Markup {
                guard !items.isEmpty else { return .empty }
                let lines = items.map { "<li>\($0)</li>" as Markup }.joined()
                return "<h3>\(words("community.plan.\(key)"))</h3>\(tag == "ol" ? "<ol>\(lines)</ol>" as Markup : "<ul>\(lines)</ul>")"
            }
            return """
                <section><h2>\(words("community.plan.approach", ["phase": phase.title]))</h2>\(part("questions", "ul", approach.questions))\(part("steps", "ol", approach.steps))\(paragraph(approach.citation))</section>
                """
        }.joined()
    }

    /// The days that the document declares, by role and phase.
    var declared: (name: String, columns: [String], rows: [Markup]) {
        let rows = file.declaredDays.map { line -> Markup in
            let days = words(line.isEach ? "community.plan.daysEach" : "community.plan.days", ["days": line.days])
            return "<tr><th scope=\"row\">\(role(line.role))</th><td>\(phase(line.phase))</td><td>\(days)</td><td>\(said(line.citation))</td></tr>"
        }
        return (words("community.plan.declared"), ["role", "phase", "days", "said"], rows)
    }

    /// What each role is to do in each phase, task by task.
    var interventions: (name: String, columns: [String], rows: [Markup]) {
        let rows = file.interventions.map { line -> Markup in
            let tasks = line.tasks.map { task -> Markup in
                "<li>\(task.title) (\(words("community.plan.days", ["days": task.days])))</li>"
            }
            return "<tr><th scope=\"row\">\(role(line.role))</th><td>\(phase(line.phase))</td><td><ul>\(tasks)</ul></td><td>\(said(line.citation))</td></tr>"
        }
        return (words("community.plan.interventions"), ["role", "phase", "tasks", "said"], rows)
    }

    /// The sub-objectives as a table for a spreadsheet.
    var export: (header: [String], rows: [[String]]) {
        let header = ["objective", "part", "dates", "actions", "means", "indicators", "deliverables"]
        let rows = file.objectives.flatMap { objective in
            objective.subObjectives.map { part in
                [
                    "\(objective.id). \(objective.title)", "\(part.id) \(part.title)", part.period.cited.words,
                    part.actions.joined(separator: "\n"), means(part).joined(separator: "\n"), part.indicators.joined(separator: "\n"),
                    part.deliverables.joined(separator: "\n"),
                ]
            }
        }
        return (header.map { words("community.plan.column.\($0)") }, rows)
    }

    /// The days of each role, then the travel.
    func means(_ part: ProgrammeFile.SubObjective) -> [String] {
        part.means.map { words("community.plan.means", ["role": role($0.role), "days": $0.personDays]) }
            + (part.travel.map { [words("community.plan.travel", ["people": $0.people, "days": $0.days])] } ?? [])
    }

    private func role(_ id: String) -> String { file.roles.first { $0.id == id }?.name ?? id }
    private func phase(_ id: String) -> String { file.phases.first { $0.id == id }?.title ?? id }

    /// « mots » (§3.3), or nothing.
    private func said(_ citation: ProgrammeFile.Citation) -> Markup {
        guard !citation.words.isEmpty else { return .empty }
        return "\(words.quoted(citation.words))\(citation.place.isEmpty ? "" : " (\(citation.place))")"
    }

    private func paragraph(_ citation: ProgrammeFile.Citation) -> Markup {
        let quote = said(citation)
        return quote.isEmpty ? .empty : "<p class=\"meta\">\(quote)</p>"
    }
}
