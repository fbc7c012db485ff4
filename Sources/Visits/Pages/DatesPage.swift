import Database
import Events
import Formats
import Platform

/// The dates of a visit, by half-days; and the note that it took place.
enum DatesPage {
    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response {
        .page(try await page(open.visit, request))
    }

    /// The half-days that were just chosen one by one, said with their confirmation.
    static func chosen(_ agenda: Agenda, _ request: Request) -> Markup? {
        guard let done = request.query["fait"].flatMap(Done.init), done == .dates || done == .datesTold,
            DatesForm.values(agenda.slots.map(\.halfDay)).line("length") == DatesForm.Length.chosen.rawValue
        else { return nil }
        let words = request.words
        let list = words("visits.dates.chosen", ["halfDays": words.list(agenda.slots.map { $0.said(in: words) })])
        return "<p class=\"notice success\" role=\"status\">\(words.name("visits.done", of: done)) \(list)</p>"
    }

    /// What somebody brings from their agenda fills the form; nothing is written yet.
    static func bring(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await request.attempt {
            guard let file = request.form.file("ics") else { throw Refused("events.refusal.ics.missing", field: "ics") }
            let brought = try BroughtDates(file.bytes, on: open.visit.zone)
            let values = DatesForm.values(brought.halfDays).with("zone", brought.zone(on: open.visit.zone)).with("tell", "1")
            return .page(try await page(open.visit, request, values: values, brought: brought))
        } otherwise: { problems in
            try await page(open.visit, request, problems: problems)
        }
    }

    static func save(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let id = open.visit.id
        return try await request.attempt {
            let known = try await request.site.database.read { try Slots.of(id, $0).map(\.halfDay) }
            let typed = try DatesForm(request.form, from: known)
            if request.form["zone"] == "" { throw Refused("events.refusal.zoneUnsaid", field: "zone") }
            let zone = try request.form.optional("zone").map { zone in
                guard let known = EventZone(rawValue: zone) else { throw VisitRefusal.unknownChoice(field: "zone") }
                return known.rawValue
            }
            let isTelling = request.form["tell"] == "1"
            let told = try await request.site.amend(as: "visit.dated", by: request.actor) { change -> Int in
                try change.require(.manageVisit, on: id)
                let before = try ToldDates.of(id, change)
                try set(typed.halfDays, zone: zone, of: id, in: change)
                return isTelling ? try Invitations.follow(id, since: before, in: change) : 0
            }
            return .redirect(Done.path(open.visit.path, told > 0 ? .datesTold : .dates))
        } otherwise: { problems in
            try await page(open.visit, request, values: request.form, problems: problems)
        }
    }

    /// The dates that a poll chose: those asked are told by the poll, the others who were invited here.
    static func choose(_ halfDays: [HalfDay], of id: String, in change: Change) throws {
        let before = try ToldDates.of(id, change)
        try set(halfDays, of: id, in: change)
        let asked = try Polls.last(about: id, change)?.voters.map(\.personId) ?? []
        try Invitations.follow(id, since: before, besides: Set(asked), in: change)
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
        for follow in change.site.features.compactMap(\.dated) { try follow(id, change) }
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

    /// - Parameter typed: nil for the dates as they are.
    private static func page(
        _ visit: Visit, _ request: Request, values typed: Fields? = nil, brought: BroughtDates? = nil, problems: [Problem] = []
    ) async throws -> Page {
        let (slots, invited) = try await request.site.database.read { reader in
            (try Slots.of(visit.id, reader), visit.isHeld ? 0 : try Invitations.audience(visit, besides: request.viewer.personId, reader))
        }
        let words = request.words
        let values = typed ?? DatesForm.values(slots.map(\.halfDay)).with("zone", visit.zone).with("tell", "1")
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
                "zone", words("events.field.zone"), hint: words("events.field.zoneHint"), options: (values["zone"] == "" ? [("", words("events.ics.chooseZone"))] : []) + EventZone.options(words),
                width: "medium"),
            invited == 0 ? .empty : form.check("tell", words("visits.dates.tell", ["n": invited])),
        ]
        let title = words("visits.dates.title", ["visit": visit.name])
        return visit.page(
            title, request,
            """
            <h1>\(title)</h1>\(brought?.notice(words, clocks: visit.zone) ?? .empty)\(written)<p class="no-print"><a href="\(visit.path)/sondage">\(words("visits.dates.poll"))</a></p>
            \(form.form(to: "\(visit.path)/dates", button: words("visits.dates.button"), cancel: visit.path, fields.joined()))
            \(BroughtDates.form(form, to: "\(visit.path)/dates/fichier", isOpen: problems.contains { $0.field == "ics" }))
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
