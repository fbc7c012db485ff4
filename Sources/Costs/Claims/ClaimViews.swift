import Formats
import Platform
import Visits

/// The pieces of the page of a claim.
struct ClaimViews {
    let request: Request
    let open: OpenCosts
    let claim: Claim
    let receipts: [Receipt]
    let fundings: [Funding]
    let reach: CostQueries.Reach
    let typed: Fields?
    let problems: [Problem]
    var words: Words { request.words }
    private var base: String { "\(open.base)/\(claim.id)" }
    private var isOwn: Bool { claim.claimantId == request.viewer.personId }

    var content: Markup {
        """
        <p class="kind">\(words("costs.claim.kind"))</p><h1>\(claim.words)</h1>
        <p class="state-line">\(CostsViews.state(claim.state, words)) <span class="audience" data-audience="author">\(words("costs.claim.audience"))</span></p>
        \(facts)\(untold)\(files)\(acts)\(decision)\(payment)
        <p class="meta no-print"><a href="\(open.base)">\(words("costs.claim.back"))</a></p>
        """
    }

    private var facts: Markup {
        let funding = claim.fundingId.flatMap { id in fundings.first { $0.id == id }?.name }
        let rows: [(String, String)] = [
            ("claimant", claim.claimant), ("enteredBy", claim.enteredBy ?? ""), ("kind", words.name("costs.kind", of: claim.kind)),
            ("spentOn", words.day(claim.spentOn)), ("amount", claim.cents.said(in: words)), ("accepted", claim.actual?.said(in: words) ?? ""),
            ("funding", funding ?? ""), ("reason", claim.reason), ("decidedBy", claim.decidedBy ?? ""), ("paidOn", claim.paidOn.map { words.day($0) } ?? ""),
        ]
        let shown = rows.filter { !$0.1.isEmpty }.map { name, value -> Markup in
            "<div><dt>\(words("costs.column.\(name)"))</dt><dd>\(value)</dd></div>"
        }
        return "<dl class=\"facts\">\(shown)</dl>"
    }

    /// Whoever decides is told how the claimant will hear of it: by mail without account, or from them alone.
    private var untold: Markup {
        guard open.mayManage, !isOwn, claim.state != .withdrawn, !reach.hasAccount || !reach.hasAddress else { return .empty }
        let key = reach.hasAddress ? "byMail" : reach.hasAccount ? "byAccount" : "byNobody"
        return "<p class=\"notice\(reach.hasAddress ? "" : " warning")\">\(words("costs.told.\(key)", ["name": claim.claimant]))</p>\(reach.hasAddress ? .empty : toPassOn)"
    }

    /// The words that no mail carries, to be copied or printed.
    private var toPassOn: Markup {
        let lines = ClaimNews(claim: claim, visit: open.visit).paragraphs(request).map { "<p>\($0)</p>" as Markup }
        return lines.isEmpty ? .empty : "<section><h2>\(words("costs.told.text", ["name": claim.claimant]))</h2><blockquote>\(lines)</blockquote></section>"
    }

    private var files: Markup {
        let items = receipts.map { receipt -> Markup in
            let remove = claim.isOpen ? request.act("\(base)/justificatifs/\(receipt.id)/retrait", words("costs.receipt.remove"), style: "link") : .empty
            return """
                <li><a href="\(base)/justificatifs/\(receipt.id)">\(receipt.name.isEmpty ? words("costs.field.receipt") : receipt.name)</a> <span class="meta">(\(receipt.kind.label), \(words.size(receipt.size)))</span>\(remove)</li>
                """
        }
        let list: Markup = items.isEmpty ? "<p>\(words("costs.receipt.none"))</p>" : "<ul class=\"entries\">\(items)</ul>"
        return "<section id=\"justificatifs\"><h2>\(words("costs.receipt.title"))</h2>\(undo)\(list)\(add)</section>"
    }

    private var undo: Markup {
        guard let id = request.query["justificatif"], Identifier.isName(id) else { return .empty }
        return """
            <div class="notice undo" role="status" data-undo="20"><p>\(words("costs.receipt.removed"))</p>\(request.act("\(base)/justificatifs/\(id)/retour", words("costs.receipt.undo")))<span data-undo-left></span></div>
            """
    }

    private var add: Markup {
        guard claim.state != .withdrawn, claim.state != .paid else { return .empty }
        let isTyped = problems.contains { $0.field == "file" }
        let form = FormView(request, problems: isTyped ? problems : [])
        return """
            <div class="no-print">\(form.form(to: "\(base)/justificatifs", button: words("costs.receipt.add"), isMultipart: true, style: "button quiet", ClaimPage.receiptField(form)))</div>
            """
    }

    private var acts: Markup {
        guard isOwn || open.mayManage else { return .empty }
        let edit: Markup = claim.isOpen ? "<a class=\"button quiet\" href=\"\(base)/modifier\">\(words("costs.claim.edit"))</a> " : .empty
        let withdraw: Markup = claim.isOpen || claim.state == .accepted ? request.act("\(base)/retrait", words("costs.claim.withdraw"), style: "link") : .empty
        return edit.isEmpty && withdraw.isEmpty ? .empty : "<div class=\"acts no-print\">\(edit)\(withdraw)</div>"
    }

    /// Whoever manages costs accepts it, whole or in part, out of a funding; or refuses it, and says why.
    private var decision: Markup {
        guard open.mayManage, claim.state != .withdrawn, claim.state != .paid else { return .empty }
        let isTyped = typed?.has("decision") == true || typed?.has("accepted") == true
        let known = Fields([
            ("decision", claim.state == .refused ? "refuse" : "accept"), ("accepted", (claim.actual ?? claim.cents).plain(words)),
            ("funding", claim.fundingId ?? (fundings.count == 1 ? fundings[0].id : "")), ("reason", claim.reason),
        ])
        let form = FormView(request, values: isTyped ? typed! : known, problems: isTyped ? problems : [])
        let options = [(value: "", label: words("costs.decide.noFunding"))] + fundings.map { (value: $0.id, label: $0.name) }
        let fields: [Markup] = [
            form.choices("decision", words("costs.decide.what"), options: ["accept", "refuse"].map { ($0, words("costs.decide.\($0)")) }),
            form.input("accepted", words("costs.decide.amount"), hint: words("costs.decide.amountHint"), width: "short", keyboard: "decimal"),
            form.select("funding", words("costs.column.funding"), options: options, width: "medium"),
            form.area("reason", words("costs.decide.reason"), hint: words("costs.decide.reasonHint"), rows: 2), claim.base.field(form),
        ]
        return """
            <section class="no-print"><h2>\(words(claim.decidedAt == nil ? "costs.decide.title" : "costs.decide.again"))</h2>\(form.form(to: "\(base)/decision", button: words("costs.decide.button"), style: claim.state == .claimed ? "button" : "button quiet", fields.joined()))</section>
            """
    }

    private var payment: Markup {
        guard open.mayManage, claim.state == .accepted else { return .empty }
        let isTyped = typed?.has("paid_on") == true
        let form = FormView(request, values: isTyped ? typed! : Fields([("paid_on", request.now.day().typed)]), problems: isTyped ? problems : [])
        return """
            <section class="no-print"><h2>\(words("costs.pay.title"))</h2>\(form.form(to: "\(base)/paiement", button: words("costs.pay.button"), form.input("paid_on", words("costs.pay.on"), hint: words("platform.form.dayHint"), width: "short") + claim.base.field(form)))</section>
            """
    }
}
