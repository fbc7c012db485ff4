import Database
import Events
import Formats
import Platform

/// The sub-groups of a visit: who goes where while the others go elsewhere, and who takes notes in each.
enum SubgroupPages {
    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response { .page(try await page(request, open.visit)) }

    static func add(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await request.attempt {
            try await request.site.amend(as: "visit.subgroupAdded", by: request.actor, isPublic: false) { change in
                try change.require(.manageVisit, on: open.visit.id)
                let subgroup = Subgroup(
                    id: change.newId(), eventId: open.visit.id, position: try Subgroups.nextPosition(of: open.visit.id, change), name: "")
                try write(subgroup, open.visit, request.form, in: change)
            }
            return .redirect(Done.path("\(open.visit.path)/sous-groupes", .subgroup))
        } otherwise: {
            try await page(request, open.visit, values: request.form, problems: $0)
        }
    }

    static func edit(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let subgroup = try await one(request, open)
        let known = Fields(
            [("name", subgroup.name)] + subgroup.members.map { ("members", $0.personId) } + subgroup.noteTakers.map { ("note_takers", $0.personId) })
        return .page(try await editPage(request, open.visit, subgroup, values: known))
    }

    static func save(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let subgroup = try await one(request, open)
        return try await request.attempt {
            try await request.site.amend(as: "visit.subgroupChanged", by: request.actor, isPublic: false) { change in
                try change.require(.manageVisit, on: open.visit.id)
                try write(subgroup, open.visit, request.form, in: change)
            }
            return .redirect(Done.path("\(open.visit.path)/sous-groupes", .subgroup))
        } otherwise: {
            try await editPage(request, open.visit, subgroup, values: request.form, problems: $0)
        }
    }

    static func remove(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let id = request["subgroup"]
        try await request.site.amend(as: "visit.subgroupRemoved", by: request.actor, isPublic: false) { change in
            try change.require(.manageVisit, on: open.visit.id)
            try Subgroups.remove(id, of: open.visit.id, in: change)
            try change.trace("visit", open.visit.id, programme: open.visit.programmeId, ["subgroup": id])
        }
        return .redirect(Done.path("\(open.visit.path)/sous-groupes", .subgroupRemoved))
    }

    /// - Throws: `Refusals`, `VisitRefusal`
    private static func write(_ known: Subgroup, _ visit: Visit, _ form: Fields, in change: Change) throws {
        var subgroup = known
        subgroup.name = form.line("name")
        let (members, noteTakers) = (form.all("members"), form.all("note_takers"))
        var refusals: [any Refusal] = []
        if subgroup.name.isEmpty { refusals.append(Refused("visits.refusal.subgroupName", field: "name")) }
        if members.isEmpty { refusals.append(Refused("visits.refusal.subgroupEmpty", field: "members")) }
        if !Set(members).isSuperset(of: noteTakers) { refusals.append(Refused("visits.refusal.noteTakerElsewhere", field: "note_takers")) }
        guard refusals.isEmpty else { throw Refusals(refusals) }
        let people = try Delegation.people(visit, change)
        guard Set((people.visitors + people.staff).map(\.id)).isSuperset(of: members) else { throw VisitRefusal.unknownChoice(field: "members") }
        try Subgroups.save(subgroup, members: Set(members).sorted(), noteTakers: noteTakers, in: change)
        try change.trace("visit", visit.id, programme: visit.programmeId, ["subgroup": subgroup.id, "label": subgroup.name])
    }

    private static func one(_ request: Request, _ open: OpenVisit) async throws -> Subgroup {
        let all = try await request.site.database.read { try Subgroups.of(open.visit.id, $0) }
        guard let subgroup = all.first(where: { $0.id == request["subgroup"] }) else { throw NotFound() }
        return subgroup
    }

    private static func page(_ request: Request, _ visit: Visit, values: Fields = Fields(), problems: [Problem] = []) async throws -> Page {
        let (subgroups, people) = try await request.site.database.read { reader in
            (try Subgroups.of(visit.id, reader), try Delegation.people(visit, reader))
        }
        let words = request.words
        let title = words("visits.subgroups.title", ["visit": visit.name])
        let items = subgroups.map { subgroup -> Markup in
            let notes = subgroup.noteTakers.isEmpty ? words("visits.subgroups.noNotes") : words("visits.meetings.notesLine", ["names": words.list(subgroup.noteTakers.map(\.name))])
            let path = "\(visit.path)/sous-groupes/\(subgroup.id)"
            return """
                <li><h2>\(subgroup.name)</h2><p>\(words.list(subgroup.members.map(\.name)))</p><p class="meta">\(notes)</p><div class="acts"><a href="\(path)" aria-label="\(words("visits.meetings.changeNamed", ["name": subgroup.name]))">\(words("visits.meetings.change"))</a>\(request.act("\(path)/retrait", words("visits.subgroups.remove", ["name": subgroup.name]), style: "link"))</div></li>
                """
        }
        let list: Markup = items.isEmpty ? "<p>\(words("visits.subgroups.none"))</p>" : "<ol class=\"entries\">\(items)</ol>"
        let form = FormView(request, values: values, problems: problems)
        return visit.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("visits.subgroups.lede"))</p>\(list)
            <section><h2>\(words("visits.subgroups.add"))</h2>\(form.form(to: "\(visit.path)/sous-groupes", button: words("visits.subgroups.addButton"), cancel: "\(visit.path)/rencontres", fields(form, people, words)))</section>
            """
        ).with { $0.notice = Done.notice(request) }
    }

    private static func editPage(
        _ request: Request, _ visit: Visit, _ subgroup: Subgroup, values: Fields, problems: [Problem] = []
    ) async throws -> Page {
        let people = try await request.site.database.read { try Delegation.people(visit, $0) }
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let title = words("visits.meetings.changeNamed", ["name": subgroup.name])
        return visit.page(
            title, request,
            """
            <h1>\(title)</h1>
            \(form.form(to: "\(visit.path)/sous-groupes/\(subgroup.id)", button: words("visits.meetings.saveButton"), cancel: "\(visit.path)/sous-groupes", fields(form, people, words)))
            """)
    }

    private static func fields(_ form: FormView, _ people: Delegation, _ words: Words) -> Markup {
        let group = (people.visitors + people.staff).map { ($0.id, $0.name) }
        guard !group.isEmpty else { return "<p class=\"notice\">\(words("visits.subgroups.nobody"))</p>" }
        return form.input("name", words("visits.subgroups.name"), hint: words("visits.subgroups.nameHint"), isRequired: true)
            + form.choices("members", words("visits.subgroups.members"), options: group, several: true)
            + form.choices("note_takers", words("visits.meetings.noteTakers"), options: group, several: true)
    }
}
