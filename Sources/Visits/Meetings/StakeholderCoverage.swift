import Events
import Formats
import Platform

/// Which kinds of people a visit is to meet, and how sure that is (dossier §3.2.1, « promoteurs, bénéficiaires, habitants,
/// financeurs, accompagnateurs, partenaires, etc. »).
struct StakeholderCoverage: Sendable, Equatable {
    /// Those that the dossier names: every visit should meet some of each.
    static let expected: [StakeholderKind] = [.initiativeLead, .beneficiary, .resident, .funder, .facilitator, .partner]

    struct Line: Sendable, Equatable {
        let kind: StakeholderKind
        /// People or groups thought of.
        let planned: Int
        let confirmed: Int
        /// Encounters that have a half-day.
        let encounters: Int
        var isCovered: Bool { planned > 0 || encounters > 0 }
    }

    /// The kinds expected, then the others that are met as well.
    let lines: [Line]

    init(_ stakeholders: [Stakeholder], _ encounters: [Encounter]) {
        let all = StakeholderKind.allCases.map { kind in
            Line(
                kind: kind, planned: stakeholders.count { $0.kind == kind }, confirmed: stakeholders.count { $0.kind == kind && $0.isConfirmed },
                encounters: encounters.count { $0.kind == kind && $0.slotId != nil })
        }
        lines = Self.expected.compactMap { kind in all.first { $0.kind == kind } } + all.filter { !Self.expected.contains($0.kind) && $0.isCovered }
    }

    private var asked: [Line] { lines.filter { Self.expected.contains($0.kind) } }
    var covered: Int { asked.count(where: \.isCovered) }
    var missing: [StakeholderKind] { asked.filter { !$0.isCovered }.map(\.kind) }
}

/// How far the kinds of people are covered, as a reader sees it.
struct CoverageViews {
    let words: Words

    /// « 4 des 6 catégories du dossier sont prévues. Il manque : habitant ou habitante. »
    func sentence(_ coverage: StakeholderCoverage) -> String {
        let first = words("visits.coverage.sentence", ["n": coverage.covered, "all": StakeholderCoverage.expected.count])
        guard !coverage.missing.isEmpty else { return first }
        return "\(first) \(words("visits.coverage.missing", ["kinds": words.list(coverage.missing.map { $0.said(in: words) })]))"
    }

    func section(_ coverage: StakeholderCoverage) -> Markup {
        let lines = coverage.lines.map { line -> Markup in
            let most = max(1, line.planned)
            let value = line.planned == 0 && line.encounters > 0 ? 1 : line.confirmed
            let said = words("visits.coverage.line", ["planned": line.planned, "confirmed": line.confirmed, "encounters": line.encounters])
            return """
                <li><span>\(line.kind.said(in: words))</span> <meter min="0" max="\(most)" value="\(value)" aria-label="\(line.kind.said(in: words))">\(said)</meter> <span>\(said)</span></li>
                """
        }
        return "<h3>\(words("visits.coverage.heading"))</h3><p>\(sentence(coverage))</p><ul class=\"meters\">\(lines)</ul>"
    }
}
