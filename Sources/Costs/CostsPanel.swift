import Database
import Formats
import Platform
import Visits

/// The costs on the page of their visit: the sums for who may read them, one's own claims for the others.
enum CostsPanel {
    static let onVisit = Panel(on: "visit", rank: 80) { visitId, request in
        let known = try await request.site.database.read { reader -> (OpenCosts, CostsPage.Facts)? in
            let visit = try VisitQueries.load(id: visitId, reader)
            guard let open = try? OpenCosts.of(visit, request, reader) else { return nil }
            return (open, try CostsPage.Facts.load(open, reader, request))
        }
        guard let (open, facts) = known else { return .empty }
        let words = request.words
        var sentences: [String] = []
        if let budget = facts.budget {
            sentences.append(words("costs.sums.sentence", ["actual": budget.actual, "claimed": budget.claimed]))
            if let ceiling = budget.ceiling { sentences.append(words("costs.panel.ceiling", ["ceiling": ceiling])) }
            if !budget.overruns.isEmpty { sentences.append(words("costs.panel.overrun")) }
        } else {
            let own = facts.claims.filter { $0.state != .withdrawn }
            sentences.append(own.isEmpty ? words("costs.panel.none") : words("costs.panel.own", ["n": own.count, "amount": own.map(\.cents).sum]))
        }
        return """
            <section id="frais"><h2>\(words("costs.title"))</h2><p>\(sentences.joined(separator: " "))</p>
            <p class="acts no-print"><a class="button quiet" href="\(open.base)">\(words("costs.panel.open"))</a></p></section>
            """
    }
}
