import Database
import Events
import Formats
import Platform

/// Who is met and when: the people to meet and the encounters, added and listed on one page.
enum MeetingPage {
    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response {
        .page(try await page(open.visit, request, values: Fields(), problems: []))
    }

    /// The page once an encounter is saved, which says so.
    static func saved(_ encounter: String, of visit: Visit) -> String { Done.path("\(visit.path)/rencontres", .encounter) + "&rencontre=\(encounter)" }

    /// What was just saved is outside the hours of its half-day, or at the hour of another: said where it is confirmed.
    private static func doubtful(_ agenda: Agenda, _ encounters: [Encounter], _ request: Request) -> Markup? {
        guard request.query["fait"] == Done.encounter.rawValue, let saved = encounters.first(where: { $0.id == request.query["rencontre"] }),
            let slot = agenda.slots.first(where: { $0.id == saved.slotId })
        else { return nil }
        let words = request.words
        let others = encounters.filter { $0.clashes(with: saved) }.map { words.quoted($0.title) }
        let sentences = [
            slot.holds(saved) ? nil : words("visits.done.encounterOutside", ["title": saved.title, "times": slot.times(words)]),
            others.isEmpty ? nil : words("visits.done.encounterClash", ["title": saved.title, "names": words.list(others)]),
        ].compactMap(\.self)
        return sentences.isEmpty ? nil : "<div class=\"notice warning\" role=\"status\">\(sentences.map { "<p>\($0)</p>" as Markup })</div>"
    }

    /// The page with what was typed in one of its two forms.
    static func page(_ visit: Visit, _ request: Request, values: Fields, problems: [Problem]) async throws -> Page {
        let (agenda, encounters, stakeholders, removed, details, pattern) = try await request.site.database.read { reader in
            (
                Agenda(try Slots.of(visit.id, reader)), try Encounters.of(visit.id, reader),
                try Stakeholders.of(visit.id, reader), try Removed.asked(visit, reader, request),
                try EncounterDetails.load(visit, reader), try VisitPattern.of(visit.programmeId, reader, request.words)
            )
        }
        let words = request.words
        let views = MeetingViews(request: request, visit: visit, mayManage: true)
        let form = FormView(request, values: values, problems: problems)
        let path = visit.path
        let title = words("visits.meetings.pageTitle", ["visit": visit.name])
        let met = views.halfDays(agenda, encounters, details) { views.buttons("\(path)/rencontres/\($0.id)", of: $0.title) }
        return visit.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("visits.meetings.lede"))</p>
            \(views.pattern(agenda, pattern))\(views.twice(details.twice(encounters)))<section><h2>\(words("visits.meetings.people"))</h2>\(views.people(stakeholders))\(CoverageViews(words: words).section(StakeholderCoverage(stakeholders, encounters)))
            <h3>\(words("visits.meetings.addPerson"))</h3>\
            \(form.form(to: "\(path)/parties-prenantes", button: words("visits.meetings.addPersonButton"), style: "button quiet", views.personFields(form)))</section>
            <section><h2>\(words("visits.meetings.encounters"))</h2><p class="acts no-print"><a class="button quiet" href="\(path)/sous-groupes" data-icon="users">\(words("visits.subgroups.open"))</a> <a class="button quiet" href="\(path)/programme">\(words("visits.programme.open"))</a></p>\
            \(met.isEmpty ? "<p>\(words("visits.meetings.noEncounter"))</p>" : met)
            <h3>\(words("visits.meetings.addEncounter"))</h3>\
            \(form.form(to: "\(path)/rencontres", button: words("visits.meetings.addEncounterButton"), views.encounterFields(form, agenda, nil)))</section>\(request.manyActs)
            """
        ).with { $0.notice = removed?.undo(request, visit) ?? doubtful(agenda, encounters, request) ?? Done.notice(request) }
    }
}

/// Something just taken off, that can be put back for twenty seconds: `?retire=ID`.
struct Removed: Decodable, Sendable {
    var id: String
    var name: String
    /// `rencontres` or `parties-prenantes`.
    var kind: String

    /// What the address says was just taken off, while it can be put back.
    static func asked(_ visit: Visit, _ reader: any Reader, _ request: Request) throws -> Removed? {
        guard let id = request.query["retire"] else { return nil }
        let since = request.now - .seconds(30)
        return try reader.first(
            Removed.self,
            """
            SELECT id, title AS name, 'rencontres' AS kind FROM encounter
            WHERE id = \(id) AND event_id = \(visit.id) AND removed_at > \(since)
            UNION ALL
            SELECT id, label AS name, 'parties-prenantes' AS kind FROM visit_stakeholder
            WHERE id = \(id) AND visit_id = \(visit.id) AND removed_at > \(since)
            """)
    }

    func undo(_ request: Request, _ visit: Visit) -> Markup {
        """
        <form class="notice undo" method="post" action="\(visit.path)/\(kind)/\(id)/retour" role="status" data-undo="20">\
        \(request.formField)<p>\(request.words("visits.meetings.removed", ["name": name]))</p>\
        <button class="button quiet">\(request.words("visits.meetings.undo"))</button><span data-undo-left></span>\
        </form>
        """
    }
}
