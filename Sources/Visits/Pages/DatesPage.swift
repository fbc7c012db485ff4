import Database
import Events
import Formats
import Platform

/// The dates of a visit, by half-days; and the note that it took place.
enum DatesPage {
    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let slots = try await request.site.database.read { try Slots.of(open.visit.id, $0) }
        return .page(page(open.visit, request, values: DatesForm.values(Agenda(slots)).with("zone", open.visit.zone), problems: []))
    }

    static func save(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let id = open.visit.id
        return try await request.attempt {
            let typed = try DatesForm(request.form)
            let zone = try request.form.optional("zone").map { zone in
                guard let known = EventZone(rawValue: zone) else { throw VisitRefusal.unknownChoice(field: "zone") }
                return known.rawValue
            }
            try await request.site.amend(as: "visit.dated", by: request.actor) { change in
                try change.require(.manageVisit, on: id)
                try set(typed.halfDays, zone: zone, of: id, in: change)
            }
            return .redirect(Done.path(open.visit.path, .dates))
        } otherwise: { problems in
            page(open.visit, request, values: request.form, problems: problems)
        }
    }

    /// Gives a visit its half-days, however they were chosen; none takes its dates off.
    /// - Throws: `VisitRefusal`
    static func set(_ halfDays: [HalfDay], zone: String? = nil, of id: String, in change: Change) throws {
        var visit = try VisitQueries.load(id: id, change)
        visit.zone = zone ?? visit.zone
        if halfDays.isEmpty { try visit.postpone() } else { try visit.plan(halfDays, today: change.today) }
        try VisitQueries.save(visit, in: change)
        try Slots.set(halfDays, of: id, in: change)
        try VisitQueries.settle(id, in: change)
        try change.trace(
            "visit", id, programme: visit.programmeId, as: halfDays.isEmpty ? "visit.postponed" : "visit.dated",
            ["halfDays": String(halfDays.count), "first": halfDays.first?.value ?? ""])
    }

    /// Notes that the visit took place.
    static func complete(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let id = open.visit.id
        return try await request.attempt {
            try await request.site.amend(as: "visit.held", by: request.actor) { change in
                try change.require(.manageVisit, on: id)
                var visit = try VisitQueries.load(id: id, change)
                let before = visit.stage
                try visit.complete(Agenda(Slots.of(id, change)), on: change.today)
                try VisitQueries.save(visit, in: change)
                try change.trace("visit", id, programme: visit.programmeId, ["from": before.rawValue])
            }
            return .redirect(Done.path(open.visit.path, .held))
        } otherwise: { _ in
            try await VisitPage.page(request, open)
        }
    }

    private static func page(_ visit: Visit, _ request: Request, values: Fields, problems: [Problem]) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let written: Markup =
            visit.lengthWritten.isEmpty
            ? .empty
            : "<p class=\"notice\">\(words("visits.dates.written", ["words": words.quoted(visit.lengthWritten)]))</p>"
        let fields: [Markup] = [
            form.input(
                "first_day", words("visits.dates.firstDay"), hint: words("platform.form.dayHint"), width: "short"),
            form.choices(
                "length", words("visits.dates.length"),
                options: DatesForm.Length.allCases.map { ($0.rawValue, words.name("visits.length", of: $0)) }),
            form.choices(
                "half_days", words("visits.dates.halfDays"), hint: words("visits.dates.halfDaysHint"),
                options: DatesForm.Choice.all.map { choice in
                    let half = words.name("events.half", of: choice.half)
                    return (choice.value, words("visits.dates.choice", ["day": choice.offset + 1, "half": half]))
                }, several: true),
            form.select(
                "zone", words("events.field.zone"), hint: words("events.field.zoneHint"), options: EventZone.options(words), width: "medium"),
        ]
        let title = words("visits.dates.title", ["visit": visit.name])
        return visit.page(
            title, request,
            """
            <h1>\(title)</h1>\(written)<p class="no-print"><a href="\(visit.path)/sondage">\(words("visits.dates.poll"))</a></p>
            \(form.form(to: "\(visit.path)/dates", button: words("visits.dates.button"), cancel: visit.path, fields.joined()))
            """)
    }
}

extension Fields {
    /// The same with a field set.
    fileprivate func with(_ name: String, _ value: String) -> Fields {
        var fields = self
        fields.set(name, to: value)
        return fields
    }
}
