import Formats
import Platform
import Visits

/// The pieces of the page of costs.
struct CostsViews {
    let request: Request
    let open: OpenCosts
    let facts: CostsPage.Facts
    let people: [(value: String, label: String)]
    let typed: Fields?
    let problems: [Problem]
    var words: Words { request.words }

    var content: Markup {
        let claim: Markup =
            open.mayClaim || open.mayManage
            ? "<a class=\"button\" href=\"\(open.base)/nouvelle\">\(words("costs.act.claim"))</a> " : .empty
        let budget: Markup = open.mayManage ? "<a class=\"button quiet\" href=\"\(open.base)/budget\">\(words("costs.act.budget"))</a>" : .empty
        return """
            <p class="kind">\(open.visit.name)</p><h1>\(words("costs.title"))</h1>
            <p class="state-line"><span class="audience" data-audience="\(open.mayManage ? "programme" : "author")">\(words(open.mayManage ? "costs.audience.all" : "costs.audience.own"))</span></p>
            <p class="lede">\(words("costs.lede"))</p>\(next)\(overruns)<p class="acts no-print">\(claim)\(budget)</p>
            \(sums)\(accounts)\(claims)\(advances)
            """
    }

    /// What waits to be decided.
    private var next: Markup {
        guard open.mayManage else { return .empty }
        let waiting = facts.claims.count { $0.state == .claimed }
        guard waiting > 0 else { return .empty }
        return """
            <div class="next"><p><strong>\(words("costs.waiting", ["n": waiting, "amount": facts.claims.filter { $0.state == .claimed }.map(\.cents).sum]))</strong></p><p class="acts"><a class="button" href="?etat=claimed#demandes">\(words("costs.act.decide"))</a></p></div>
            """
    }

    private var overruns: Markup {
        guard let budget = facts.budget else { return .empty }
        let over = budget.overruns.map { line -> Markup in
            "<li>\(words("costs.overrun", ["what": name(line), "by": line.overrun ?? .zero, "ceiling": line.ceiling ?? .zero]))</li>"
        }
        let ahead = budget.overrunsAhead.map { line -> Markup in
            "<li>\(words("costs.overrunAhead", ["what": name(line), "by": line.overrunAhead ?? .zero, "ceiling": line.ceiling ?? .zero]))</li>"
        }
        guard !over.isEmpty || !ahead.isEmpty else { return .empty }
        return "<div class=\"notice warning\"><ul>\(over)\(ahead)</ul></div>"
    }

    /// « Hébergement, Région ».
    private func name(_ line: Budget.Line) -> String {
        let kind = words.name("costs.kind", of: line.kind)
        return line.funding.map { "\(kind), \($0.name)" } ?? kind
    }

    /// By funding and kind, then in all.
    private var sums: Markup {
        guard let budget = facts.budget else { return .empty }
        guard !budget.lines.isEmpty else {
            return "<section><h2>\(words("costs.sums.title"))</h2><p>\(words("costs.sums.none"))</p></section>"
        }
        let columns = ["ceiling", "actual", "claimed", "left"].map { "<th scope=\"col\" class=\"number\">\(words("costs.sums.\($0)"))</th>" as Markup }
        let rows = budget.lines.map { row(name($0, bare: $0.funding == nil), $0) }
        let totals = budget.totals.map { row(words("costs.sums.total", ["kind": words.name("costs.kind", of: $0.kind)]), $0, isTotal: true) }
        let all = Budget.Line(funding: nil, kind: .travel, ceiling: budget.ceiling, actual: budget.actual, claimed: budget.claimed)
        let total = row(words("costs.sums.all"), all, isTotal: true)
        let sentence = words("costs.sums.sentence", ["actual": budget.actual, "claimed": budget.claimed])
        return """
            <section><h2>\(words("costs.sums.title"))</h2><p>\(sentence)</p>
            <div class="scroll" role="region" aria-label="\(words("costs.sums.title"))" tabindex="0"><table class="table" aria-label="\(words("costs.sums.title"))"><thead><tr><th scope="col">\(words("costs.sums.what"))</th>\(columns)</tr></thead><tbody>\(rows)\(totals)\(total)</tbody></table></div></section>
            """
    }

    private func name(_ line: Budget.Line, bare: Bool) -> String {
        bare ? words("costs.sums.unfunded", ["kind": words.name("costs.kind", of: line.kind)]) : name(line)
    }

    private func row(_ name: String, _ line: Budget.Line, isTotal: Bool = false) -> Markup {
        let left: Markup =
            line.overrun.map { "<strong>\(words("costs.sums.over", ["by": $0]))</strong>" } ?? .text(line.left?.said(in: words) ?? "–")
        let cells: [Markup] = [.text(line.ceiling?.said(in: words) ?? "–"), .text(line.actual.said(in: words)), .text(line.claimed.said(in: words)), left]
        return """
            <tr\(Markup.attribute("class", value: isTotal ? "total" : nil))><th scope="row">\(name)</th>\(cells.map { "<td class=\"number\">\($0)</td>" as Markup })</tr>
            """
    }

    /// Who advanced what, was given what, is owed what.
    private var accounts: Markup {
        guard !facts.accounts.isEmpty else { return .empty }
        let columns = ["accepted", "paidBack", "given", "owed"].map { "<th scope=\"col\" class=\"number\">\(words("costs.accounts.\($0)"))</th>" as Markup }
        let rows = facts.accounts.map { account -> Markup in
            let owed = account.owed < .zero ? words("costs.accounts.back", ["by": Cents(-account.owed.cents)]) : account.owed.said(in: words)
            let cells = [account.accepted, account.paidBack, account.given].map { $0.said(in: words) } + [owed]
            return "<tr><th scope=\"row\">\(account.name)</th>\(cells.map { "<td class=\"number\">\($0)</td>" as Markup })</tr>"
        }
        return """
            <section><h2>\(words("costs.accounts.title"))</h2>
            <div class="scroll" role="region" aria-label="\(words("costs.accounts.title"))" tabindex="0"><table class="table" aria-label="\(words("costs.accounts.title"))"><thead><tr><th scope="col">\(words("costs.column.claimant"))</th>\(columns)</tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }

    /// Those of a state, of a kind, of somebody.
    static func wanted(_ claims: [Claim], _ request: Request) -> [Claim] {
        let (state, kind) = (request.query.line("etat"), request.query.line("nature"))
        let asked = French.fold(request.query.line("q")).split(separator: " ")
        return claims.filter { claim in
            guard state.isEmpty || claim.state.rawValue == state, kind.isEmpty || claim.kind.rawValue == kind else { return false }
            let said = French.fold("\(claim.claimant) \(claim.words)")
            return asked.allSatisfy { said.contains($0) }
        }
    }

    private var claims: Markup {
        guard !facts.claims.isEmpty else {
            return "<section id=\"demandes\"><div class=\"empty\"><h2>\(words("costs.claims.emptyTitle"))</h2><p>\(words("costs.claims.emptyText"))</p></div></section>"
        }
        let shown = Paged(Self.wanted(facts.claims, request), by: CostsPage.size, request)
        let form = FormView(request, values: request.method == .get ? request.query : Fields())
        let any = [(value: "", label: words("costs.filter.every"))]
        let states = any + Claim.State.allCases.map { (value: $0.rawValue, label: words.name("costs.state", of: $0)) }
        let kinds = any + CostKind.allCases.map { (value: $0.rawValue, label: words.name("costs.kind", of: $0)) }
        let items = shown.items.map { claim -> Markup in
            let receipts = claim.receipts == 0 ? words("costs.claims.noReceipt") : words("costs.claims.receipts", ["n": claim.receipts])
            return """
                <li><h3><a href="\(open.base)/\(claim.id)">\(claim.words)</a></h3><p class="meta">\(Self.state(claim.state, words)) \(claim.claimant) · \(words.name("costs.kind", of: claim.kind)) · \(words.date(claim.spentOn)) · <strong>\(claim.cents.said(in: words))</strong> · \(receipts)</p></li>
                """
        }
        let list: Markup = items.isEmpty ? "<p>\(words("costs.claims.noneFound"))</p>" : "<ol class=\"entries\">\(items)</ol>"
        return """
            <section id="demandes"><h2>\(words("costs.claims.title"))</h2>
            <form class="filters no-print" method="get" action="\(open.base)">\(form.input("q", words("costs.filter.search"), type: "search"))\(form.select("etat", words("costs.filter.state"), options: states))\(form.select("nature", words("costs.filter.kind"), options: kinds))<button class="button quiet">\(words("costs.filter.button"))</button></form>
            \(list)\(request.pages(of: shown))\(request.exports("\(open.base)/export"))</section>
            """
    }

    static func state(_ state: Claim.State, _ words: Words) -> Markup {
        let shape =
            switch state {
            case .claimed: "waiting"
            case .accepted: "draft"
            case .paid: "validated"
            case .refused, .withdrawn: "none"
            }
        return "<span class=\"state\" data-state=\"\(shape)\">\(words.name("costs.state", of: state))</span>"
    }

    /// Money given beforehand.
    private var advances: Markup {
        guard open.mayManage || !facts.advances.isEmpty else { return .empty }
        let items = facts.advances.map { advance -> Markup in
            let remove = open.mayManage ? request.act("\(open.base)/avances/\(advance.id)/retrait", words("costs.advances.remove"), style: "link") : .empty
            return "<li><p>\(words("costs.advances.one", ["name": advance.name, "amount": advance.cents, "day": advance.paidOn])) \(advance.words)</p>\(remove)</li>"
        }
        let list: Markup = items.isEmpty ? "<p>\(words("costs.advances.none"))</p>" : "<ul class=\"entries\">\(items)</ul>"
        let isTyped = typed != nil
        let form = FormView(request, values: typed ?? Fields(), problems: problems)
        let add: Markup =
            open.mayManage && !people.isEmpty
            ? """
            <details class="no-print"\(Markup.flag("open", if: isTyped))><summary>\(words("costs.advances.add"))</summary>\(form.form(to: "\(open.base)/avances", button: words("costs.advances.button"), style: "button quiet", form.select("person", words("costs.advances.who"), options: people) + form.input("amount", words("costs.field.amount"), hint: words("costs.field.amountHint"), width: "short", keyboard: "decimal") + form.input("paid_on", words("costs.advances.on"), hint: words("platform.form.dayHint"), width: "short") + form.input("words", words("costs.advances.words"))))</details>
            """ : .empty
        return "<section><h2>\(words("costs.advances.title"))</h2>\(list)\(add)</section>"
    }
}
