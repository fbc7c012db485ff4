import Community
import Database
import Formats
import Platform

/// The addresses of seminars.
enum EventsRoutes {
    static let routes = own + AttendanceRoutes.routes(seminar, frame) + polls + PollRoutes.guests

    private static let own: [Route] = [
        .get("/programmes/{programme}/seminaires", asks: .signedInTo(.see), for: "community", list),
        .get("/programmes/{programme}/seminaires/export", asks: .signedInTo(.see), for: "community", export),
        .get("/programmes/{programme}/seminaires/nouveau", asks: .thing(.manageProgramme), for: "officer", new),
        .post("/programmes/{programme}/seminaires", asks: .thing(.manageProgramme), for: "officer", add),
        .get("/programmes/{programme}/seminaires/{event}", asks: .signedInTo(.see), for: "community", show),
        .get(
            "/programmes/{programme}/seminaires/{event}/modifier", asks: .thing(.manageProgramme), for: "officer", edit),
        .post(
            "/programmes/{programme}/seminaires/{event}/modifier", asks: .thing(.manageProgramme), for: "officer", save),
        .post("\(seminar)/modifier/fichier", asks: .thing(.manageProgramme), for: "officer", bring),
        .get("\(seminar)/seminaire.ics", asks: .signedInTo(.see), for: "community", SeminarActs.calendar),
        .post("\(seminar)/participation", asks: .signedInTo(.see), for: "community", SeminarActs.register),
        .post("\(seminar)/annulation", asks: .thing(.manageProgramme), for: "officer", SeminarActs.cancel),
        .post("\(seminar)/reprise", asks: .thing(.manageProgramme), for: "officer", SeminarActs.resume),
    ]

    private static let polls = PollRoutes.routes(seminar, usual: 2, manager: .manageProgramme, frame) { frame, halfDays, change in
        try Slots.set(halfDays, of: frame.event.id, in: change)
    }

    private static let seminar = "/programmes/{programme}/seminaires/{event}"

    private static func list(_ request: Request) async throws -> Response {
        let (programme, events, agendas) = try await all(request)
        return .page(view(request, programme).list(events, agendas, mayAdd: mayManage(programme, request)))
    }

    private static func export(_ request: Request) async throws -> Response {
        let (programme, events, agendas) = try await all(request)
        return try view(request, programme).file(events, agendas)
    }

    private static func all(_ request: Request) async throws -> (Programme, [Event], [String: Agenda]) {
        try await request.site.database.read { reader in
            let programme = try ProgrammeFrame.load(request["programme"], reader, request)
            guard request.site.policy.allows(.see, request.viewer, on: programme.community) else { throw NotFound() }
            let events = try EventQueries.seminars(of: programme.id, reader, request)
            return (programme, events, try Slots.of(events.map(\.id), reader))
        }
    }

    private static func new(_ request: Request) async throws -> Response {
        let programme = try await managed(request)
        return .page(
            view(request, programme).form(nil, values: Fields([("length", "one"), ("mode", "on_site")])))
    }

    private static func add(_ request: Request) async throws -> Response {
        let programme = try await managed(request)
        return try await request.attempt {
            let id = try await request.site.amend(as: "seminar.planned", by: request.actor) { change in
                try change.require(.manageProgramme, on: programme.id)
                let position = try EventQueries.nextPosition(in: programme.id, change)
                let blank = Event(
                    id: change.newId(), programmeId: programme.id, kind: .seminar, title: "", position: position)
                let typed = try SeminarForm(request.form, for: blank)
                try Seminars.add(typed.event, typed.halfDays, in: change)
                return typed.event.id
            }
            return .redirect("\(programme.path)/seminaires/\(id)")
        } otherwise: { problems in
            view(request, programme).form(nil, values: request.form, problems: problems)
        }
    }

    private static func show(_ request: Request) async throws -> Response {
        let (programme, event, slots, thing) = try await open(request)
        let mayEdit = request.site.policy.allows(.manageProgramme, request.viewer, on: thing)
        let coming = try await request.site.database.read { reader in
            let poll = try Polls.last(about: event.id, reader)?.poll
            return SeminarViews.Coming(
                own: try Registrations.answer(request.viewer.personId, event.id, reader),
                names: try Attendees.of(event, thing, reader).map(\.name), hasPoll: poll != nil, isPollOpen: poll.map { !$0.isClosed } ?? false)
        }
        let panels = try await request.site.panels(on: "seminar", of: event.id, request)
        return .page(view(request, programme).seminar(event, slots, coming, panels: panels, mayEdit: mayEdit))
    }

    private static func edit(_ request: Request) async throws -> Response {
        let (programme, event, slots, thing) = try await open(request)
        guard request.site.policy.allows(.manageProgramme, request.viewer, on: thing) else {
            throw Forbidden(.manageProgramme)
        }
        return .page(view(request, programme).form(event, values: SeminarForm.values(event, slots.map(\.halfDay)), told: try await told(event, thing, request)))
    }

    private static func save(_ request: Request) async throws -> Response {
        let (programme, event, _, thing) = try await open(request)
        return try await request.attempt {
            if request.form["zone"] == "" { throw Refused("events.refusal.zoneUnsaid", field: "zone") }
            try await request.site.amend(as: "seminar.changed", by: request.actor) { change in
                try change.require(.manageProgramme, on: event.id)
                let typed = try SeminarForm(request.form, for: event)
                let before = try SeminarNews(EventQueries.event(event.id, change), Slots.of(event.id, change))
                try EventQueries.save(typed.event, in: change)
                try Slots.set(typed.halfDays, of: event.id, in: change)
                if request.form["tell"] == "1" {
                    let now = try SeminarNews(typed.event, Slots.of(event.id, change))
                    try now.tell(Attendees.of(event, thing, change), since: before, opening: "\(programme.path)/seminaires/\(event.id)", in: change)
                }
                try change.trace("event", event.id, programme: programme.id, ["label": typed.event.title])
            }
            return .redirect("\(programme.path)/seminaires/\(event.id)")
        } otherwise: { problems in
            view(request, programme).form(event, values: request.form, told: try await told(event, thing, request), problems: problems)
        }
    }

    /// What somebody brings from their agenda fills the form; nothing is written yet.
    private static func bring(_ request: Request) async throws -> Response {
        let (programme, event, slots, thing) = try await open(request)
        guard request.site.policy.allows(.manageProgramme, request.viewer, on: thing) else { throw Forbidden(.manageProgramme) }
        let count = try await told(event, thing, request)
        return try await request.attempt {
            guard let file = request.form.file("ics") else { throw Refused("events.refusal.ics.missing", field: "ics") }
            let brought = try BroughtDates(file.bytes, on: event.zone)
            var meant = event
            meant.zone = brought.zone(on: event.zone)
            return .page(view(request, programme).form(event, values: SeminarForm.values(meant, brought.halfDays), told: count, brought: brought))
        } otherwise: { problems in
            view(request, programme).form(event, values: SeminarForm.values(event, slots.map(\.halfDay)), told: count, problems: problems)
        }
    }

    /// How many people said that they come, besides whoever changes it.
    private static func told(_ event: Event, _ thing: Protection, _ request: Request) async throws -> Int {
        try await request.site.database.read { try Attendees.of(event, thing, $0).count { $0.personId != request.viewer.personId } }
    }

    /// The seminar of the path as the pages that every event has need it.
    @Sendable static func frame(_ request: Request) async throws -> EventFrame {
        let (programme, event, _, thing) = try await open(request)
        let path = "\(programme.path)/seminaires/\(event.id)"
        return EventFrame(
            event, programmeSlug: programme.slug, path: path, thing: thing,
            mayManage: request.site.policy.allows(.manageProgramme, request.viewer, on: thing)
        ) { title, request, content in
            let crumbs = [Crumb(request.words("events.list.title"), "\(programme.path)/seminaires"), Crumb(event.title, path)]
            return programme.page(title, at: "/seminaires", crumbs: crumbs, request, content)
        }
    }

    /// The seminar of the path, for who may see it.
    private static func open(_ request: Request) async throws -> (Programme, Event, [Slot], Protection) {
        try await request.site.database.read { reader in
            let programme = try ProgrammeFrame.load(request["programme"], reader, request)
            let event = try EventQueries.event(request["event"], reader)
            guard event.programmeId == programme.id, event.kind != .visit else { throw NotFound() }
            let thing = try reader.see(event.id, request)
            return (programme, event, try Slots.of(event.id, reader), thing)
        }
    }

    /// The programme of the path, for who may add to it.
    private static func managed(_ request: Request) async throws -> Programme {
        let programme = try await request.site.database.read {
            try ProgrammeFrame.load(request["programme"], $0, request)
        }
        guard mayManage(programme, request) else { throw Forbidden(.manageProgramme) }
        return programme
    }

    private static func mayManage(_ programme: Programme, _ request: Request) -> Bool {
        request.site.policy.allows(.manageProgramme, request.viewer, on: programme.community)
    }

    private static func view(_ request: Request, _ programme: Programme) -> SeminarViews {
        SeminarViews(request: request, programme: programme)
    }
}
