import Database
import Formats
import Platform
import Visits

/// Who pays for a visit and how much at most: each funding a line of three amounts, and one line more.
enum BudgetPage {
    static let new = "new"

    static func show(_ request: Request, _ open: OpenCosts) async throws -> Response {
        let fundings = try await request.site.database.read { try CostQueries.fundings(open.visit.id, $0) }
        return .page(page(request, open, fundings, values(fundings, request.words), []))
    }

    static func save(_ request: Request, _ open: OpenCosts) async throws -> Response {
        let (form, visit) = (request.form, open.visit)
        return try await request.attempt {
            try await request.site.amend(as: "costs.ceilingsSet", by: request.actor, isPublic: false) { change in
                try change.require(.manageCosts, on: visit.id)
                let known = try CostQueries.fundings(visit.id, change)
                try FormBase(values(known, change.site.words(.french))).check(form)
                let typed = try read(form, known)
                for funding in known where typed[funding.id] == nil { try CostQueries.remove(funding, in: change) }
                for funding in known {
                    guard let (name, ceilings) = typed[funding.id], name != funding.name || ceilings != funding.ceilings else { continue }
                    try CostQueries.save(funding.id, name, ceilings, of: visit.id, in: change)
                }
                if let (name, ceilings) = typed[new] { try CostQueries.save(nil, name, ceilings, of: visit.id, in: change) }
                try change.trace("visit", visit.id, programme: visit.programmeId)
            }
            return .redirect(Done.path(open.base, .budget))
        } otherwise: { problems in
            let fundings = try await request.site.database.read { try CostQueries.fundings(visit.id, $0) }
            return page(request, open, fundings, form, problems)
        }
    }

    /// By funding; a line whose name is emptied is taken off, unless amounts stand beside it.
    /// - Throws: `Refusals`
    static func read(_ form: Fields, _ known: [Funding]) throws -> [String: (name: String, ceilings: [CostKind: Cents])] {
        var refusals: [any Refusal] = []
        var typed: [String: (name: String, ceilings: [CostKind: Cents])] = [:]
        for id in known.map(\.id) + [new] {
            let name = form.line("name-\(id)")
            var ceilings: [CostKind: Cents] = [:]
            for kind in CostKind.allCases {
                do { ceilings[kind] = try CentsEntry.read(form, "\(kind.rawValue)-\(id)") } catch let refusal as any Refusal { refusals.append(refusal) }
            }
            if name.isEmpty, !ceilings.isEmpty { refusals.append(Refused("costs.refusal.fundingName", field: "name-\(id)")) }
            if name.unicodeScalars.count > 200 { refusals.append(Refused("costs.refusal.tooLong", ["n": 200], field: "name-\(id)")) }
            if !name.isEmpty { typed[id] = (name, ceilings) }
        }
        guard refusals.isEmpty else { throw Refusals(refusals) }
        return typed
    }

    static func values(_ fundings: [Funding], _ words: Words) -> Fields {
        Fields(
            fundings.flatMap { funding in
                [("name-\(funding.id)", funding.name)]
                    + CostKind.allCases.compactMap { kind in funding.ceilings[kind].map { ("\(kind.rawValue)-\(funding.id)", $0.plain(words)) } }
            })
    }

    private static func page(_ request: Request, _ open: OpenCosts, _ fundings: [Funding], _ values: Fields, _ problems: [Problem]) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let lines = (fundings.map { ($0.id, $0.name) } + [(new, words("costs.budget.new"))]).map { id, legend -> Markup in
            let amounts = CostKind.allCases.map { kind in
                form.input("\(kind.rawValue)-\(id)", words.name("costs.kind", of: kind), width: "short", keyboard: "decimal")
            }
            return """
                <fieldset class="field"><legend>\(legend)</legend>\(form.input("name-\(id)", words("costs.budget.name"), width: "medium"))<div class="row">\(amounts)</div></fieldset>
                """
        }
        let title = words("costs.budget.title")
        let base = FormBase(Self.values(fundings, request.site.words(.french))).field(form)
        return open.visit.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("costs.budget.lede"))</p>
            \(form.form(to: "\(open.base)/budget", button: words("costs.budget.button"), cancel: open.base, base + lines.joined()))
            """)
    }
}
