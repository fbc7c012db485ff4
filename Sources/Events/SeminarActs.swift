import Database
import Formats
import Platform

/// What people do with a seminar: say that they come, put it in their agenda, call it off.
enum SeminarActs {
    static func calendar(_ request: Request) async throws -> Response {
        let frame = try await EventsRoutes.frame(request)
        let entries = try await request.site.database.read { reader in
            try EventCalendar.entries(
                of: [frame.event], addresses: [frame.event.id: request.site.configuration.link(frame.path)], reader, request.words, at: request.now)
        }
        return .download(CalendarFile(frame.event.title, entries).bytes, type: CalendarFile.type, name: "seminaire.ics")
    }

    /// To say that one comes is an intention: the sheet says who came.
    static func register(_ request: Request) async throws -> Response {
        let frame = try await EventsRoutes.frame(request)
        guard let person = request.viewer.personId else { throw NotFound() }
        let comes = request.form.line("comes") == "1"
        try await request.site.amend(as: "seminar.registered", by: request.actor, isPublic: false) { change in
            try change.require(.see, on: frame.event.id)
            try Registrations.say(comes, person, frame.event.id, in: change)
            try change.trace("event", frame.event.id, programme: frame.event.programmeId, ["comes": comes ? "yes" : "no", "label": frame.event.title])
        }
        return .redirect(frame.path)
    }

    static func cancel(_ request: Request) async throws -> Response { try await set(.cancelled, as: "seminar.cancelled", request) }
    static func resume(_ request: Request) async throws -> Response { try await set(.confirmed, as: "seminar.resumed", request) }

    /// Those who said that they come are told.
    private static func set(_ state: Event.State, as action: String, _ request: Request) async throws -> Response {
        let frame = try await EventsRoutes.frame(request)
        try await request.site.amend(as: action, by: request.actor) { change in
            try change.require(.manageProgramme, on: frame.event.id)
            var event = try EventQueries.event(frame.event.id, change)
            guard event.state != state else { return change.leaveAsItIs() }
            event.state = state
            try EventQueries.save(event, in: change)
            for person in try Attendees.of(event, frame.thing, change) where person.personId != change.actor.personId {
                try change.write(
                    to: person.personId, state == .cancelled ? "events.mail.cancelled" : "events.mail.resumed",
                    ["event": event.title, "by": change.viewer.name ?? ""], opening: frame.path, about: event.id)
            }
            try change.trace("event", event.id, programme: event.programmeId, ["label": event.title])
        }
        return .redirect(frame.path)
    }
}
