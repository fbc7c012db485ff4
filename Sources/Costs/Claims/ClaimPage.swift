import Database
import Formats
import Platform
import Visits

/// A claim: what was spent, its receipts, what was decided.
enum ClaimPage {
    /// The form of a new one.
    static func new(_ request: Request, _ open: OpenCosts) async throws -> Response {
        guard open.mayClaim || open.mayManage else { throw Forbidden(.claimCosts) }
        return .page(try await form(request, open, nil, values: Fields([("claimant", request.viewer.personId ?? "")]), problems: []))
    }

    static func show(_ request: Request, _ open: OpenCosts, _ claim: Claim) async throws -> Response {
        .page(try await page(request, open, claim))
    }

    static func edit(_ request: Request, _ open: OpenCosts, _ claim: Claim) async throws -> Response {
        let words = request.words
        let values = Fields([
            ("kind", claim.kind.rawValue), ("spent_on", claim.spentOn.typed), ("amount", claim.cents.plain(words)), ("words", claim.words),
        ])
        return .page(try await form(request, open, claim, values: values, problems: []))
    }

    /// The people a claim may be for: those of the visit.
    static func people(_ visit: Visit, _ reader: any Reader) throws -> [(value: String, label: String)] {
        let people = try Delegation.people(visit, reader)
        return (people.visitors + people.staff + people.host).map { ($0.id, $0.said) }
    }

    static func form(_ request: Request, _ open: OpenCosts, _ claim: Claim?, values: Fields, problems: [Problem]) async throws -> Page {
        let words = request.words
        let people = open.mayManage && claim == nil ? try await request.site.database.read { try ClaimPage.people(open.visit, $0) } : []
        let form = FormView(request, values: values, problems: problems)
        var fields: [Markup] = [
            form.choices("kind", words("costs.field.kind"), options: CostKind.allCases.map { ($0.rawValue, words.name("costs.kind", of: $0)) }),
            form.input("words", words("costs.field.words"), hint: words("costs.field.wordsHint")),
            form.input("spent_on", words("costs.field.spentOn"), hint: words("platform.form.dayHint"), width: "short"),
            form.input("amount", words("costs.field.amount"), hint: words("costs.field.amountHint"), width: "short", keyboard: "decimal"),
        ]
        if people.count > 1 { fields.insert(form.select("claimant", words("costs.field.claimant"), options: people), at: 0) }
        if claim == nil { fields.append(receiptField(form, isAgain: !problems.isEmpty)) }
        let title = words(claim == nil ? "costs.claim.new" : "costs.claim.edit")
        let target = claim.map { "\(open.base)/\($0.id)" } ?? open.base
        return open.visit.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("costs.claim.lede"))</p>
            \(form.form(to: target, button: words(claim == nil ? "costs.claim.send" : "costs.claim.save"), isMultipart: claim == nil, cancel: claim == nil ? open.base : target, fields.joined()))
            """)
    }

    static func receiptField(_ form: FormView, isAgain: Bool = false) -> Markup {
        let words = form.request.words
        let hint = words("costs.field.receiptHint", ["most": ReceivedFile.limit >> 20]) + (isAgain ? " \(words("platform.file.again"))" : "")
        return form.file("file", words("costs.field.receipt"), hint: hint, accept: ".pdf,.odt,.docx,.txt,image/*")
    }

    static func page(_ request: Request, _ open: OpenCosts, _ claim: Claim, typed: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        let (now, receipts, fundings, reach) = try await request.site.database.read { reader in
            (
                try CostQueries.claim(claim.id, of: open.visit.id, reader), try CostQueries.receipts(claim.id, reader),
                try CostQueries.fundings(open.visit.id, reader), try CostQueries.reach(claim.claimantId, reader)
            )
        }
        let views = ClaimViews(
            request: request, open: open, claim: now, receipts: receipts, fundings: fundings, reach: reach, typed: typed, problems: problems)
        return open.visit.page(now.words, request, views.content).with { $0.notice = Done.notice(request) }
    }
}
