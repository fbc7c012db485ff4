import Database
import Formats
import Platform

/// The visiting group and the people of the host, on one page.
enum GroupPage {
    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response {
        .page(try await page(open.visit, request, typed: nil, problems: []).with { $0.notice = Done.notice(request) })
    }

    static func save(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let id = open.visit.id
        let wish = GroupWish(request.form)
        return try await request.attempt {
            try await request.site.amend(as: "visit.grouped", by: request.actor) { change in
                try change.require(.manageVisit, on: id)
                var visit = try VisitQueries.load(id: id, change)
                let now = try Delegation.people(visit, change)
                try FormBase(known(visit, now)).check(request.form)
                try wish.check(GroupChoices.load(visit, change), now)
                try wish.apply(to: visit, now, in: change)
                let after = try Delegation.people(visit, change)
                // What came back untouched was said of the former size.
                let isKept = wish.reason == visit.sizeReason && visit.explains(now)
                visit.reasonSize = wish.reason.isEmpty ? "" : isKept ? visit.reasonSize : after.size
                visit.sizeReason = wish.reason
                try VisitQueries.save(visit, in: change)
                try VisitQueries.settle(id, in: change)
                try change.trace(
                    "visit", id, programme: visit.programmeId,
                    ["visitors": String(wish.visitors.count), "staff": String(wish.staff.count)])
            }
            return .redirect(Done.path(open.visit.path, .group))
        } otherwise: { problems in
            try await page(open.visit, request, typed: request.form, problems: problems)
        }
    }

    /// - Parameter typed: what came back from one of the forms of the page.
    static func page(_ visit: Visit, _ request: Request, typed: Fields?, problems: [Problem]) async throws -> Page {
        let (visit, choices, people, withdrawals, clashes) = try await request.site.database.read { reader in
            let visit = try VisitQueries.load(id: visit.id, reader)
            return (
                visit, try GroupChoices.load(visit, reader), try Delegation.people(visit, reader), try HostWithdrawal.of(visit.id, reader),
                try Clash.of(visit, reader)
            )
        }
        let base = FormBase(known(visit, people))
        let known = Fields(known(visit, people).pairs + [("signatory", people.signatory?.id ?? "")])
        let words = request.words
        let title = words("visits.group.title", ["visit": visit.name])
        let isGroupForm = typed?.has("size_reason") ?? false
        let group = FormView(request, values: isGroupForm ? typed ?? known : known, problems: problems)
        let host = HostViews(request: request, visit: visit, people: people)
        return visit.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("visits.group.lede"))</p>
            \(warning(people, visit, words))\(warning(clashes, words))\(isGroupForm ? base.now(typed ?? Fields(), now(visit, people, words), words) : .empty)
            <section><h2>\(words("visits.group.heading"))</h2><p class="audience" data-audience="group">\
            \(words("visits.group.audience"))</p>
            \(group.form(to: "\(visit.path)/groupe", button: words("visits.group.button"), cancel: visit.path, base.field(group) + fields(group, choices, visit, words)))\(GroupViews(request: request, visit: visit, mayManage: true).count(people))</section>
            \(host.section(values: isGroupForm ? known : typed ?? known, problems: problems))
            \(HostWithdrawal.section(visit, withdrawals, FormView(request, values: typed ?? Fields(), problems: problems)))
            """)
    }

    /// The group as its form knows it: a reason said of another size is not shown as said of this one.
    private static func known(_ visit: Visit, _ people: Delegation) -> Fields {
        Fields(
            people.visitors.map { ("visitors", $0.id) } + people.staff.map { ("staff", $0.id) }
                + [("size_reason", visit.explains(people) ? visit.sizeReason : "")])
    }

    private static func now(_ visit: Visit, _ people: Delegation, _ words: Words) -> [(label: String, value: String)] {
        [
            (words("visits.group.whoVisits"), words.list(people.visitors.map(\.name))),
            (words("visits.group.whoComes"), words.list(people.staff.map(\.name))),
            (words("visits.group.reason"), visit.explains(people) ? visit.sizeReason : ""),
        ]
    }

    private static func fields(_ form: FormView, _ choices: GroupChoices, _ visit: Visit, _ words: Words) -> Markup {
        let visitors: Markup =
            choices.visitors.isEmpty
            ? "<p class=\"notice\">\(words("visits.group.noFacilitator")) <a href=\"/programmes/\(visit.programmeSlug)/communaute\">\(words("visits.group.toCommunity"))</a></p>"
            : form.choices(
                "visitors", words("visits.group.whoVisits"), hint: words("visits.group.whoVisitsHint"),
                options: choices.visitors.map { ($0.id, label($0, words)) }, several: true)
        let staff: Markup =
            choices.staff.isEmpty
            ? .empty
            : form.choices(
                "staff", words("visits.group.whoComes"), hint: words("visits.group.whoComesHint"),
                options: choices.staff.map { ($0.id, said($0)) }, several: true)
        return visitors + staff
            + form.area("size_reason", words("visits.group.reason"), hint: words("visits.group.reasonHint"), rows: 2)
    }

    private static func label(_ person: Candidate, _ words: Words) -> String {
        "\(said(person)) — \(person.isAtHome ? words("visits.group.atHome") : words("visits.group.visits", ["n": person.visits]))"
    }

    private static func said(_ person: Candidate) -> String {
        [person.name, person.function, person.organization ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    /// Who is expected elsewhere on the same day, with the way to the other visit.
    private static func warning(_ clashes: [Clash], _ words: Words) -> Markup {
        clashes.map { "<p class=\"notice warning\">\($0.sentence(in: words)) <a href=\"\($0.path)\">\($0.other)</a></p>" as Markup }.joined()
    }

    private static func warning(_ people: Delegation, _ visit: Visit, _ words: Words) -> Markup {
        let warning: VisitWarning
        switch people.warning {
        case nil: return .empty
        case .fewer(let count): warning = .fewer(visitors: count)
        case .more: warning = .more(visitors: people.visitors.count, inTheRoom: people.inTheRoom)
        }
        let old = visit.sizeReason.isEmpty ? "" : " " + words("visits.group.otherSize", ["reason": visit.sizeReason])
        let ask = visit.explains(people) ? "" : old + " " + words("visits.group.askReason")
        return "<p class=\"notice warning\">\(warning.sentence(in: words))\(ask)</p>"
    }
}
