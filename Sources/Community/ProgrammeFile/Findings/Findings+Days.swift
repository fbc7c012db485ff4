extension ProgrammeFile {
    /// Days of work: what is declared, what tasks and lines add up to, and what a post can hold.
    func dayFindings() -> [Finding] {
        roles.flatMap { role in
            phases.compactMap { dayFinding(role, $0) } + [capacityFinding(role) ?? totalFinding(role)].compactMap { $0 }
        } + declaredDays.compactMap(entitlementFinding)
    }

    private func dayFinding(_ role: Role, _ phase: Phase) -> Finding? {
        let declared = declaredDays.filter { $0.role == role.id && $0.phase == phase.id && !$0.isEach }
        let tasks = interventions.filter { $0.role == role.id && $0.phase == phase.id }.flatMap(\.tasks)
        let lines = means(of: role, in: phase)
        var figures: [(name: String, value: Quantity)] = []
        if !declared.isEmpty { figures.append(("declared", declared.map(\.days).total)) }
        if !tasks.isEmpty { figures.append(("tasks", tasks.map(\.days).total)) }
        if !lines.isEmpty { figures.append(("lines", lines.map(\.personDays).total)) }
        guard Set(figures.map(\.value)).count > 1 else { return nil }
        var arguments: [String: Argument] = ["role": .text(role.name), "phase": .text(phase.title)]
        for figure in figures { arguments[figure.name] = .quantity(figure.value) }
        return Finding(
            .days, .warning,
            declared.map(\.citation) + tasks.map { $0.citation.or($0.title) } + lines.map(\.citation), arguments,
            variant: figures.map(\.name).joined(separator: "_"))
    }

    /// What nobody declared a total for.
    private func totalFinding(_ role: Role) -> Finding? {
        let byPhase = phases.map { means(of: role, in: $0) }.filter { !$0.isEmpty }
        guard byPhase.count > 1, !declaredDays.contains(where: { $0.role == role.id }) else { return nil }
        let parts = byPhase.map { $0.map(\.personDays).total }
        return Finding(
            .total, .note, byPhase.flatMap { $0.map(\.citation) },
            [
                "role": .text(role.name), "total": .quantity(parts.total),
                "parts": .text(parts.map(\.description).joined(separator: " + ")),
            ])
    }

    /// A part-time post against the days its lines add up to; how many days a year has is a written assumption.
    private func capacityFinding(_ role: Role) -> Finding? {
        guard let share = role.share, let months = role.months else { return nil }
        let lines = phases.flatMap { means(of: role, in: $0) }
        let total = lines.map(\.personDays).total
        let capacity = Quantity(hundredths: assumptions.workingDays * share * months / 12)
        guard total > capacity else { return nil }
        return Finding(
            .capacity, .warning,
            [role.citation.or(role.name), assumptions.citation].filter { !$0.words.isEmpty } + lines.map(\.citation),
            [
                "role": .text(role.name), "total": .quantity(total), "capacity": .quantity(capacity),
                "over": .quantity(total - capacity), "share": .number(share), "months": .number(months),
                "workingDays": .number(assumptions.workingDays),
            ])
    }

    /// Days declared for each facilitator against the visits and seminars they are entitled to.
    private func entitlementFinding(_ declared: DeclaredDays) -> Finding? {
        guard declared.isEach, role(declared.role)?.kind == .facilitation, let rule = visitRule,
            let length = shortestLength(in: declared.phase)
        else { return nil }
        let seminars = seminars.filter { $0.kind == .transversal && $0.phase == declared.phase }
        let seminarDays = seminars.compactMap(\.days).total
        let guest = length.shortestDays * rule.visitsEach + seminarDays
        let host = rule.hostsOneMore ? guest + length.shortestDays : guest
        guard declared.days != guest, declared.days != host else { return nil }
        return Finding(
            .entitlement, .warning, [declared.citation, rule.citation] + seminars.map { $0.citation.or($0.title) },
            [
                "declared": .quantity(declared.days), "guest": .quantity(guest), "host": .quantity(host),
                "visitsEach": .number(rule.visitsEach), "visitDays": .quantity(length.shortestDays),
                "seminarDays": .quantity(seminarDays),
            ])
    }

    private func means(of role: Role, in phase: Phase) -> [Means] {
        objectives.filter { $0.phase == phase.id }.flatMap(\.subObjectives).flatMap(\.means)
            .filter { $0.role == role.id }
    }

    func role(_ id: String) -> Role? { roles.first { $0.id == id } }

    /// The shortest length of the visits of a phase, or of all visits.
    func shortestLength(in phase: String? = nil) -> Length? {
        visits.filter { phase == nil || $0.phase == phase }.compactMap(\.length)
            .min { $0.shortest < $1.shortest }
    }
}
