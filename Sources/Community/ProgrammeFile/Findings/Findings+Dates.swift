extension ProgrammeFile {
    /// Dates that do not exist or cannot be read, and periods that end before they begin.
    func dateFindings() -> [Finding] {
        periods.flatMap { name, period in
            [period.start, period.end].compactMap { $0 }.compactMap { dateFinding($0, in: period) }
                + (period.isReversed ? [reversedFinding(name, period)] : [])
        }
    }

    private func dateFinding(_ day: WrittenDay, in period: Period) -> Finding? {
        switch day.meaning {
        case .impossible(let lastDay, _, _):
            Finding(
                .impossibleDate, .error, [period.cited],
                ["words": .text(day.words), "lastDay": .number(lastDay)])
        case .unread: Finding(.unreadDate, .note, [period.cited], ["words": .text(day.words)])
        case .day, .month: nil
        }
    }

    private func reversedFinding(_ name: String, _ period: Period) -> Finding {
        Finding(
            .endBeforeStart, .error, [period.cited],
            [
                "name": .text(name), "start": .text(period.start?.words ?? ""),
                "end": .text(period.end?.words ?? ""),
            ])
    }

    /// Every period of the file with the name of what it dates.
    private var periods: [(name: String, period: Period)] {
        phases.map { ($0.title, $0.period) } + subObjectives.map { ("\($0.id) \($0.title)", $0.period) }
            + calendar.map { ($0.title, $0.period) }
            + visits.compactMap { visit in visit.period.map { (visit.title, $0) } }
    }
}
