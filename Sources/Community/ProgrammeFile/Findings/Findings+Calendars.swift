import Formats

extension ProgrammeFile {
    /// Objectives whose dates are not those of the announced calendar, or that begin before what they use.
    func calendarFindings() -> [Finding] {
        subObjectives.compactMap(calendarFinding) + subObjectives.flatMap(earlyFindings)
    }

    /// Compared month by month, since a calendar is announced in months.
    private func calendarFinding(_ subObjective: SubObjective) -> Finding? {
        let steps = calendar.filter { $0.subObjectives.contains(subObjective.id) }
        let starts = steps.compactMap(\.period.start?.first)
        let ends = steps.compactMap(\.period.end?.last)
        let startsDiffer = differs(subObjective.period.start?.first, starts.min())
        let endsDiffer = differs(subObjective.period.end?.last, ends.max())
        guard startsDiffer || endsDiffer else { return nil }
        let opening = steps.first { $0.period.start?.first == starts.min() }
        let closing = steps.first { $0.period.end?.last == ends.max() }
        return Finding(
            .calendars, .warning, [subObjective.period.cited] + unique(steps.map(\.period.cited)),
            [
                "id": .text(subObjective.id), "name": .text(subObjective.title),
                "start": .text(subObjective.period.start?.words ?? "?"),
                "end": .text(subObjective.period.end?.words ?? "?"),
                "announcedStart": .text(opening?.period.start?.words ?? "?"),
                "announcedEnd": .text(closing?.period.end?.words ?? "?"),
            ])
    }

    private func differs(_ planned: Day?, _ announced: Day?) -> Bool {
        guard let planned, let announced else { return false }
        return (planned.year, planned.month) != (announced.year, announced.month)
    }

    private func earlyFindings(_ subObjective: SubObjective) -> [Finding] {
        subObjective.uses.compactMap { id in
            guard let used = subObjectives.first(where: { $0.id == id }),
                let start = subObjective.period.start, let first = start.first,
                let usedStart = used.period.start, let usedFirst = usedStart.first, first < usedFirst
            else { return nil }
            return Finding(
                .startsTooEarly, .warning, [subObjective.period.cited, used.period.cited],
                [
                    "id": .text(subObjective.id), "start": .text(start.words), "used": .text(used.id),
                    "usedStart": .text(usedStart.words),
                ])
        }
    }

    private func unique(_ citations: [Citation]) -> [Citation] {
        citations.enumerated().filter { !citations[..<$0.offset].contains($0.element) }.map(\.element)
    }

    var subObjectives: [SubObjective] { objectives.flatMap(\.subObjectives) }
}
