extension ProgrammeFile {
    /// Whether visits, visiting groups, hosts and travel fit together.
    func visitFindings() -> [Finding] {
        [placesFinding()].compactMap { $0 } + presenceFindings() + hostFindings() + travelFindings()
    }

    /// Each facilitator's visits against the room there is in the visiting groups, without who works for the team.
    private func placesFinding() -> Finding? {
        guard let rule = visitRule, !visits.isEmpty, !facilitators.isEmpty else { return nil }
        let places = facilitators.count * rule.visitsEach
        let (fewest, most) = (visits.count * rule.smallestGroup, visits.count * rule.largestGroup)
        let variant = places < fewest ? "tooFew" : places > most ? "tooMany" : "enough"
        return Finding(
            .places, variant == "enough" ? .note : .warning,
            [rule.citation] + facilitatorGroups.map { $0.citation.or($0.name) },
            [
                "people": .number(facilitators.count), "visitsEach": .number(rule.visitsEach),
                "places": .number(places), "visits": .number(visits.count), "fewest": .number(fewest),
                "most": .number(most), "average": .quantity(Quantity(hundredths: places * 100 / visits.count)),
                "staff": .number(rule.staff.count), "inTheRoom": .number(rule.largestGroup + rule.staff.count),
            ], variant: variant)
    }

    /// Tasks of presence at visits that do not cover all of them.
    private func presenceFindings() -> [Finding] {
        interventions.flatMap { intervention -> [Finding] in
            let cycle = visits.filter { $0.phase == nil || $0.phase == intervention.phase }
            guard let length = shortestLength(in: intervention.phase) ?? shortestLength() else { return [] }
            let needed = length.shortestDays * cycle.count
            return intervention.tasks.filter { $0.presence == .visits && $0.days < needed }.map { task in
                Finding(
                    .presence, .note, [task.citation.or(task.title), length.citation],
                    [
                        "role": .text(role(intervention.role)?.name ?? intervention.role),
                        "days": .quantity(task.days), "needed": .quantity(needed),
                        "attended": .number(task.days.hundredths / length.shortestDays.hundredths),
                        "visits": .number(cycle.count),
                    ])
            }
        }
    }

    private func hostFindings() -> [Finding] {
        guard !facilitators.isEmpty else { return [] }
        let cohort = Set(members.filter { facilitators.contains($0.id) }.map(\.organization))
        return visits.compactMap { visit in
            if visit.hosts.isEmpty {
                return Finding(.noHost, .note, [visit.citation.or(visit.title)], ["visit": .text(visit.title)])
            }
            guard cohort.isDisjoint(with: visit.hosts) else { return nil }
            let names = organizations.filter { visit.hosts.contains($0.id) }.map(\.name)
            return Finding(
                .hostOutsideCohort, .warning,
                [visit.citation.or(visit.title)] + facilitatorGroups.map { $0.citation.or($0.name) },
                [
                    "visit": .text(visit.title), "host": .text(names.joined(separator: ", ")),
                    "people": .number(facilitators.count),
                ])
        }
    }

    /// Ceilings of travel costs against the days people would really travel.
    private func travelFindings() -> [Finding] {
        subObjectives.compactMap { subObjective in
            guard let travel = subObjective.travel, let days = daysEach(for: travel.purpose, subObjective) else {
                return nil
            }
            let ceiling = travel.days * travel.people
            let need = days * facilitators.count
            guard ceiling != need else { return nil }
            return Finding(
                .travel, ceiling < need ? .warning : .note,
                [travel.citation] + [visitRule?.citation].compactMap { $0 }
                    + facilitatorGroups.map { $0.citation.or($0.name) },
                [
                    "id": .text(subObjective.id), "ceiling": .quantity(ceiling), "need": .quantity(need),
                    "people": .number(travel.people), "days": .quantity(travel.days),
                    "cohort": .number(facilitators.count), "daysEach": .quantity(days),
                ], variant: ceiling < need ? "short" : "ample")
        }
    }

    private func daysEach(for purpose: Occasion, _ subObjective: SubObjective) -> Quantity? {
        guard !facilitators.isEmpty else { return nil }
        let phase = objectives.first { $0.subObjectives.contains(subObjective) }?.phase
        switch purpose {
        case .visits:
            guard let rule = visitRule, let length = shortestLength(in: phase) else { return nil }
            return length.shortestDays * rule.visitsEach
        case .seminars:
            let days = seminars.filter { $0.kind == .transversal && $0.phase == phase }.compactMap(\.days)
            return days.isEmpty ? nil : days.total
        }
    }

    var facilitatorGroups: [Group] { groups.filter { $0.kind == .facilitators } }

    /// The members of the cohort, once each.
    var facilitators: Set<String> { Set(facilitatorGroups.flatMap(\.allSeats).map(\.member)) }
}
