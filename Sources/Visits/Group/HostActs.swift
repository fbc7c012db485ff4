import Community
import Database
import Formats
import Platform

/// Adds and removes the people of the host, and names who signs for it.
enum HostActs {
    static func add(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await act(request, open, as: "visit.hostJoined") { visit, change in
            let form = request.form
            let person = try People.add(name: form.line("name"), email: form.optional("email"), in: change)
            let now = try Delegation.people(visit, change)
            if let visitor = (now.visitors + now.staff).first(where: { $0.id == person }) {
                throw VisitRefusal.visitsAlready(visitor.name)
            }
            let structure = try VisitChoices.other(form, in: visit.programmeId, change)
            if visit.hostId == nil { visit.hostId = structure }
            let profile = try Profiles.of(person, change)
            let isOpen = try ProfileRight.isOpen(person, to: change.viewer, change)
            let wished = form.optional("function")
            let isKept = wished != nil && wished != profile?.function && !(isOpen && ((profile?.function ?? "").isEmpty || structure != nil))
            if isOpen, (profile?.function ?? "").isEmpty || structure != nil {
                try Profiles.save(
                    person, function: wished ?? profile?.function ?? "", organization: structure ?? profile?.organizationId ?? visit.hostId,
                    in: change)
            }
            try change.join(person, scope: visit.circleId, as: .host)
            if now.host.isEmpty { visit.signatoryId = person }
            return (["person": person], isKept ? .hostKnown : now.host.isEmpty ? .hostSigns : .host)
        }
    }

    static func remove(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await act(request, open, as: "visit.hostLeft") { visit, change in
            let person = try member(request["person"], visit, change)
            try change.leave(person, scope: visit.circleId, as: .host)
            if visit.signatoryId == person { visit.signatoryId = nil }
            return (["person": person], .personRemoved)
        }
    }

    static func sign(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await act(request, open, as: "visit.signatoryNamed") { visit, change in
            let person = request.form.line("signatory")
            guard try Delegation.people(visit, change).host.contains(where: { $0.id == person }) else {
                throw VisitRefusal.notAtTheHost
            }
            visit.signatoryId = person
            return (["person": person], .signatory)
        }
    }

    /// Somebody of this host, not of another.
    private static func member(_ id: String, _ visit: Visit, _ change: Change) throws -> String {
        guard try Delegation.people(visit, change).host.contains(where: { $0.id == id }) else {
            throw NotFound()
        }
        return id
    }

    private static func act(
        _ request: Request, _ open: OpenVisit, as action: String,
        _ edit: @Sendable @escaping (inout Visit, Change) throws -> (details: [String: String], done: Done)
    ) async throws -> Response {
        try await request.attempt {
            let done = try await request.site.amend(as: action, by: request.actor) { change in
                try change.require(.manageVisit, on: open.visit.id)
                var visit = try VisitQueries.load(id: open.visit.id, change)
                let (details, done) = try edit(&visit, change)
                try VisitQueries.save(visit, in: change)
                try change.trace("visit", visit.id, programme: visit.programmeId, details)
                return done
            }
            return .redirect(Done.path("\(open.visit.path)/groupe", done))
        } otherwise: { problems in
            try await GroupPage.page(open.visit, request, typed: request.form, problems: problems)
        }
    }
}
