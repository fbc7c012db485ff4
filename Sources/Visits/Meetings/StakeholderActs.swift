import Database
import Events
import Formats
import Platform

/// Adds, changes, takes off and puts back the people to meet.
enum StakeholderActs {
    static func add(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let id = open.visit.id
        return try await request.attempt {
            try await request.site.amend(as: "visit.stakeholderAdded", by: request.actor) { change in
                try change.require(.manageVisit, on: id)
                var stakeholder = Stakeholder(
                    id: change.newId(), visitId: id, position: try Stakeholders.nextPosition(of: id, change),
                    kind: .other,
                    label: "", isConfirmed: false)
                try StakeholderForm.read(request.form, into: &stakeholder)
                try Stakeholders.save(stakeholder, in: change)
                try change.trace("visit", id, programme: open.visit.programmeId, ["stakeholder": stakeholder.id, "label": stakeholder.label])
            }
            return .redirect(Done.path("\(open.visit.path)/rencontres", .stakeholder))
        } otherwise: { problems in
            try await MeetingPage.page(open.visit, request, values: request.form, problems: problems)
        }
    }

    static func edit(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let stakeholder = try await one(request, open)
        return .page(page(stakeholder, request, open, values: StakeholderForm.values(stakeholder), problems: []))
    }

    static func save(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let known = try await one(request, open)
        return try await request.attempt {
            try await request.site.amend(as: "visit.stakeholderChanged", by: request.actor) { change in
                try change.require(.manageVisit, on: open.visit.id)
                var stakeholder = try Stakeholders.one(known.id, of: open.visit.id, change)
                try StakeholderForm.read(request.form, into: &stakeholder)
                try Stakeholders.save(stakeholder, in: change)
                try change.trace("visit", open.visit.id, programme: open.visit.programmeId, ["stakeholder": known.id, "label": stakeholder.label])
            }
            return .redirect(Done.path("\(open.visit.path)/rencontres", .stakeholder))
        } otherwise: { problems in
            page(known, request, open, values: request.form, problems: problems)
        }
    }

    static func remove(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await mark(request, open, removed: true)
        return .redirect("\(open.visit.path)/rencontres?retire=\(request["stakeholder"])")
    }

    static func restore(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await mark(request, open, removed: false)
        return .redirect(Done.path("\(open.visit.path)/rencontres", .restored))
    }

    private static func mark(_ request: Request, _ open: OpenVisit, removed: Bool) async throws {
        let id = request["stakeholder"]
        let action = removed ? "visit.stakeholderRemoved" : "visit.stakeholderRestored"
        try await request.site.amend(as: action, by: request.actor) { change in
            try change.require(.manageVisit, on: open.visit.id)
            guard try Stakeholders.mark(id, of: open.visit.id, removed: removed, in: change) else { throw NotFound() }
            let label = try Stakeholders.label(id, change)
            try change.trace("visit", open.visit.id, programme: open.visit.programmeId, ["stakeholder": id, "label": label])
        }
    }

    private static func one(_ request: Request, _ open: OpenVisit) async throws -> Stakeholder {
        try await request.site.database.read { try Stakeholders.one(request["stakeholder"], of: open.visit.id, $0) }
    }

    private static func page(
        _ stakeholder: Stakeholder, _ request: Request, _ open: OpenVisit, values: Fields, problems: [Problem]
    ) -> Page {
        let form = FormView(request, values: values, problems: problems)
        let title = request.words("visits.meetings.changeNamed", ["name": stakeholder.label])
        let path = "\(open.visit.path)/parties-prenantes/\(stakeholder.id)"
        let fields = MeetingViews(request: request, visit: open.visit, mayManage: true).personFields(form)
        return open.visit.page(
            title, request,
            """
            <h1>\(title)</h1>
            \(form.form(to: path, button: request.words("visits.meetings.saveButton"), cancel: "\(open.visit.path)/rencontres", fields))
            """)
    }
}
