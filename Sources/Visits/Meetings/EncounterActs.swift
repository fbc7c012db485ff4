import Database
import Events
import Formats
import Platform

/// Adds, changes, takes off and puts back encounters.
enum EncounterActs {
    static func add(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let id = open.visit.id
        return try await request.attempt {
            let added = try await request.site.amend(as: "visit.encounterAdded", by: request.actor) { change in
                try change.require(.manageVisit, on: id)
                var encounter = Encounter(
                    id: change.newId(), eventId: id, slotId: nil, position: try Encounters.nextPosition(of: id, change),
                    title: "", kind: .other)
                try EncounterForm.read(request.form, Agenda(Slots.of(id, change)), request.words, into: &encounter)
                try place(&encounter, open.visit, request.form, in: change)
                try change.trace("visit", id, programme: open.visit.programmeId, ["encounter": encounter.id, "label": encounter.title])
                return encounter.id
            }
            return .redirect(MeetingPage.saved(added, of: open.visit))
        } otherwise: { problems in
            try await MeetingPage.page(open.visit, request, values: request.form, problems: problems)
        }
    }

    static func edit(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let encounter = try await one(request, open)
        let details = try await request.site.database.read { try EncounterDetails.load(open.visit, $0) }
        let known = Fields(EncounterForm.values(encounter, request.words).pairs + details.values(encounter))
        return .page(try await page(encounter, request, open, values: known, problems: []))
    }

    static func save(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let known = try await one(request, open)
        return try await request.attempt {
            try await request.site.amend(as: "visit.encounterChanged", by: request.actor) { change in
                try change.require(.manageVisit, on: open.visit.id)
                var encounter = known
                try EncounterForm.read(request.form, Agenda(Slots.of(open.visit.id, change)), request.words, into: &encounter)
                try place(&encounter, open.visit, request.form, in: change)
                try change.trace("visit", open.visit.id, programme: open.visit.programmeId, ["encounter": known.id, "label": encounter.title])
            }
            return .redirect(MeetingPage.saved(known.id, of: open.visit))
        } otherwise: { problems in
            try await page(known, request, open, values: request.form, problems: problems)
        }
    }

    /// Writes an encounter with what goes with it.
    private static func place(_ encounter: inout Encounter, _ visit: Visit, _ form: Fields, in change: Change) throws {
        let details = try EncounterDetails.load(visit, change)
        encounter.subgroupId = try details.subgroupId(form, or: encounter.subgroupId)
        try Encounters.save(encounter, in: change)
        try details.save(form, encounter, in: change)
    }

    static func remove(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await mark(request, open, removed: true)
        return .redirect("\(open.visit.path)/rencontres?retire=\(request["encounter"])")
    }

    static func restore(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await mark(request, open, removed: false)
        return .redirect(Done.path("\(open.visit.path)/rencontres", .restored))
    }

    private static func mark(_ request: Request, _ open: OpenVisit, removed: Bool) async throws {
        let id = request["encounter"]
        let action = removed ? "visit.encounterRemoved" : "visit.encounterRestored"
        try await request.site.amend(as: action, by: request.actor) { change in
            try change.require(.manageVisit, on: open.visit.id)
            guard try Encounters.mark(id, of: open.visit.id, removed: removed, in: change) else { throw NotFound() }
            let label = try Encounters.title(id, change)
            try change.trace("visit", open.visit.id, programme: open.visit.programmeId, ["encounter": id, "label": label])
        }
    }

    private static func one(_ request: Request, _ open: OpenVisit) async throws -> Encounter {
        try await request.site.database.read { reader in
            guard let found = try Encounters.of(open.visit.id, reader).first(where: { $0.id == request["encounter"] })
            else {
                throw NotFound()
            }
            return found
        }
    }

    private static func page(
        _ encounter: Encounter, _ request: Request, _ open: OpenVisit, values: Fields, problems: [Problem]
    ) async throws -> Page {
        let (agenda, details) = try await request.site.database.read { reader in
            (Agenda(try Slots.of(open.visit.id, reader)), try EncounterDetails.load(open.visit, reader))
        }
        let form = FormView(request, values: values, problems: problems)
        let title = request.words("visits.meetings.changeNamed", ["name": encounter.title])
        let path = "\(open.visit.path)/rencontres/\(encounter.id)"
        let fields = MeetingViews(request: request, visit: open.visit, mayManage: true).encounterFields(form, agenda, details)
        return open.visit.page(
            title, request,
            """
            <h1>\(title)</h1>
            \(form.form(to: path, button: request.words("visits.meetings.saveButton"), cancel: "\(open.visit.path)/rencontres", fields))
            """)
    }
}
