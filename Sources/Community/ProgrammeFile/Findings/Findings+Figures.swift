extension ProgrammeFile {
    /// Figures given several times about one subject that are not the same, or not what the file counts.
    func figureFindings() -> [Finding] {
        let subjects = statements.map(\.subject)
        let ordered = subjects.enumerated().filter { !subjects[..<$0.offset].contains($0.element) }.map(\.element)
        return ordered.flatMap { subject in
            let group = statements.filter { $0.subject == subject }
            return [differingFinding(subject, group)].compactMap { $0 } + countedFindings(group)
                + group.compactMap(otherSeminarsFinding)
        }
    }

    private func differingFinding(_ subject: String, _ group: [Statement]) -> Finding? {
        var figures: [Argument] = []
        for statement in group where !figures.contains(statement.figure) { figures.append(statement.figure) }
        guard figures.count > 1, let measure = group.first?.measure else { return nil }
        let (rule, severity) = ProgrammeFile.rule(for: measure)
        return Finding(
            rule, severity, group.map(\.citation), ["subject": .text(subject), "figures": .alternatives(figures)])
    }

    private static func rule(for measure: Statement.Measure) -> (Finding.Rule, Finding.Severity) {
        switch measure {
        case .count: (.figures, .warning)
        case .seminars: (.seminars, .warning)
        case .visitLength: (.visitLength, .note)
        case .noteLength: (.noteLength, .note)
        }
    }

    private func countedFindings(_ group: [Statement]) -> [Finding] {
        group.compactMap { statement in
            guard let counted = statement.counted else { return nil }
            let (count, citations) = count(of: counted)
            guard statement.value != count, statement.upTo.map({ $0 < count }) ?? true || count < statement.value
            else { return nil }
            return Finding(
                .counted, .warning, [statement.citation] + citations,
                ["subject": .text(statement.subject), "said": statement.figure, "counted": .quantity(count)])
        }
    }

    /// Days of seminar that are counted, and seminars the document speaks of without saying how long they last.
    private func otherSeminarsFinding(_ statement: Statement) -> Finding? {
        let others = seminars.filter { $0.days == nil }
        guard statement.counted == .seminarDays, !others.isEmpty else { return nil }
        return Finding(
            .seminars, .note, [statement.citation] + others.map { $0.citation.or($0.title) },
            ["subject": .text(statement.subject), "said": statement.figure, "others": .number(others.count)],
            variant: "others")
    }

    private func count(of counted: Statement.Counted) -> (Quantity, [Citation]) {
        switch counted {
        case .visits: return (Quantity(visits.count), visits.map { $0.citation.or($0.title) })
        case .phases: return (Quantity(phases.count), phases.map { $0.citation.or($0.title) })
        case .facilitators:
            return (Quantity(facilitators.count), facilitatorGroups.map { $0.citation.or($0.name) })
        case .seminarDays:
            let dated = seminars.filter { $0.days != nil }
            return (dated.compactMap(\.days).total, dated.map { $0.citation.or($0.title) })
        }
    }
}

extension ProgrammeFile.Statement {
    fileprivate var figure: ProgrammeFile.Argument {
        upTo.map { .range(value, $0) } ?? .quantity(value)
    }
}
