import Database
import Formats
import Platform

/// Signs, adds somebody who came.
enum AttendanceActs {
    /// One's own presence, on one's own page.
    static func signOwn(_ request: Request, _ frame: EventFrame) async throws -> Response {
        guard let person = request.viewer.personId else { throw NotFound() }
        return try await request.attempt {
            let day = try await request.site.amend(as: "attendance.signed", by: request.actor, isPublic: false) { change in
                let sheet = try frame.attendance(change)
                let slot = try slot(request["slot"], sheet)
                try sign(person, slot, .self, sheet, frame, in: change)
                return slot.day
            }
            return .redirect("\(frame.sheet)?fait=signe&jour=\(day.iso)")
        } otherwise: {
            try await AttendancePage.page(request, frame, problems: $0)
        }
    }

    /// Somebody beside whoever holds the phone: they type their name themselves.
    static func signBeside(_ request: Request, _ frame: EventFrame) async throws -> Response {
        guard frame.mayKeep(request) else { throw Forbidden(.keepAttendance) }
        let (person, typed) = (request["person"], request.form.line("typed"))
        return try await request.attempt {
            let day = try await request.site.amend(as: "attendance.signed", by: request.actor, isPublic: false) { change in
                let sheet = try frame.attendance(change)
                let slot = try slot(request["slot"], sheet)
                guard let name = sheet.people.first(where: { $0.personId == person })?.name else { throw NotFound() }
                guard !typed.isEmpty else { throw AttendanceRefusal.nameMissing }
                guard Signature.isName(typed, of: name) else { throw AttendanceRefusal.nameOther(name) }
                try sign(person, slot, .beside, typed: String(typed.prefix(120)), sheet, frame, in: change)
                return slot.day
            }
            return .redirect("\(frame.sheet)?fait=signe&jour=\(day.iso)#\(request["slot"])")
        } otherwise: {
            try await AttendancePage.besidePage(request, frame, problems: $0)
        }
    }

    static func sign(
        _ person: String, _ slot: Slot, _ means: Signature.Means, typed: String = "", paper: String? = nil, _ sheet: AttendanceSheet,
        _ frame: EventFrame, in change: Change
    ) throws {
        try sheet.check(person, slot, at: change.now)
        try change.run(
            """
            INSERT INTO signature (id, event_id, slot_id, person_id, signed_at, means, author_id, typed, paper_id)
            VALUES (\(change.newId()), \(sheet.event.id), \(slot.id), \(person), \(change.now), \(means), \(change.actor.personId), \(typed), \(paper))
            """)
        try change.trace(
            frame.historyKind, sheet.event.id, programme: sheet.event.programmeId, as: "attendance.signed",
            ["person": person, "slot": slot.id, "means": means.rawValue])
    }

    /// Somebody who came and was not on the sheet.
    static func addPerson(_ request: Request, _ frame: EventFrame) async throws -> Response {
        guard frame.mayKeep(request) else { throw Forbidden(.keepAttendance) }
        let form = request.form
        return try await request.attempt {
            try await request.site.amend(as: "attendance.personAdded", by: request.actor, isPublic: false) { change in
                let known = form.optional("known")
                let reachable = try known.map { id in try Attendees.reachable(frame.event, frame.thing, change).contains { $0.personId == id } }
                guard reachable != false else { throw NotFound() }
                let person = try known ?? People.add(name: form.line("name"), email: nil, in: change)
                try Registrations.say(true, person, frame.event.id, in: change)
                try change.trace(frame.historyKind, frame.event.id, programme: frame.event.programmeId, ["person": person])
            }
            return .redirect("\(frame.sheet)?fait=personne")
        } otherwise: {
            try await AttendancePage.page(request, frame, problems: $0)
        }
    }

    static func slot(_ id: String, _ sheet: AttendanceSheet) throws -> Slot {
        guard let slot = sheet.slots.first(where: { $0.id == id }) else { throw NotFound() }
        return slot
    }
}

/// Who says that they come to an event.
package enum Registrations {
    static func say(_ comes: Bool, _ personId: String, _ eventId: String, in change: Change) throws {
        try change.run(
            """
            INSERT INTO registration (event_id, person_id, answer, said_by, said_at)
            VALUES (\(eventId), \(personId), \(comes ? "yes" : "no"), \(change.actor.personId), \(change.now))
            ON CONFLICT (event_id, person_id) DO UPDATE SET answer = excluded.answer, said_by = excluded.said_by, said_at = excluded.said_at
            """)
    }

    /// What somebody said; nil before.
    static func answer(_ personId: String?, _ eventId: String, _ reader: any Reader) throws -> Bool? {
        try reader.text("SELECT answer FROM registration WHERE event_id = \(eventId) AND person_id = \(personId)").map { $0 == "yes" }
    }
}
