import Database
import Formats
import Platform
import Visits

/// Giving each visitor their private address: to oneself, or by whoever prepares the visit to all who owe a note.
enum AddressActs {
    private static let visit = "/programmes/{programme}/visites/{visit}"

    static let routes: [Route] = [
        .post("\(visit)/impressions/adresse", asks: .thing(.writeNote), for: "visiting group", own),
        .post("\(visit)/impressions/adresses", asks: .thing(.manageVisit), for: "officer, coordinator", all),
    ]

    @Sendable private static func own(_ request: Request) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        return try await request.attempt {
            try await request.site.amend(as: "impression.addressGiven", by: request.actor, isPublic: false) { change in
                try change.require(.writeNote, on: open.visit.id)
                guard let person = change.actor.personId, change.viewer.isMember(of: open.visit.delegationId) else { throw NotFound() }
                // Whoever asks for another leaves the former.
                try change.run(
                    "UPDATE reply_address SET revoked_at = \(change.now) WHERE person_id = \(person) AND visit_id = \(open.visit.id) AND revoked_at IS NULL")
                try send(to: person, open.visit, in: change)
                try change.trace("visit", open.visit.id, programme: open.visit.programmeId)
            }
            return .redirect("\(open.visit.path)?fait=impression-adresse#impressions")
        } otherwise: { problems in
            refused(open.visit, request, problems)
        }
    }

    /// To every visitor who has not shared an impression note; once a day each.
    @Sendable private static func all(_ request: Request) async throws -> Response {
        let visit = try await request.site.database.read { reader in
            let visit = try VisitQueries.load(programme: request["programme"], slug: request["visit"], reader)
            try reader.see(visit.id, request)
            return visit
        }
        return try await request.attempt {
            try await request.site.amend(as: "impression.addressesGiven", by: request.actor, isPublic: false) { change in
                try change.require(.manageVisit, on: visit.id)
                guard !visit.isCancelled else { throw Refused("notes.refusal.cancelledVisit") }
                let people = try owing(visit, change)
                guard !people.isEmpty else { throw Refused("notes.refusal.nobodyOwes") }
                for person in people { try send(to: person, visit, in: change) }
                try change.trace("visit", visit.id, programme: visit.programmeId, ["people": String(people.count)])
            }
            return .redirect("\(visit.path)?fait=impression-adresses#impressions")
        } otherwise: { problems in
            refused(visit, request, problems)
        }
    }

    private static func owing(_ visit: Visit, _ change: Change) throws -> [String] {
        try change.texts(
            """
            SELECT person.id FROM membership JOIN person ON person.id = membership.person_id AND person.email IS NOT NULL
            WHERE scope_id = \(visit.delegationId) AND role = 'visitor' AND until IS NULL
                AND NOT EXISTS (SELECT 1 FROM text JOIN access ON access.object_id = text.id
                    WHERE text.kind = 'impression' AND subject_id = \(visit.id) AND text.author_id = person.id AND audience <> 'author' AND withdrawn_at IS NULL)
                AND NOT EXISTS (SELECT 1 FROM reply_address WHERE reply_address.person_id = person.id AND visit_id = \(visit.id)
                    AND created_at > \(change.now - .hours(20)))
            ORDER BY person.sort_key, person.id
            """)
    }

    /// A mail with the address, where there are some, and a page where the note is written or sent as a file.
    static func send(to personId: String, _ visit: Visit, in change: Change) throws {
        let path = try Answers.hasAccount(personId, change) ? "\(visit.path)#impressions" : Answers.link(to: personId, visit, in: change)
        guard let address = try ReplyAddress.make(for: personId, visit.id, in: change) else {
            // Without mail coming in, the page behind the link takes what they write or join.
            let link = try Answers.link(to: personId, visit, in: change)
            try change.write(to: personId, "notes.mail.page", ["visit": visit.name], opening: link, about: visit.id)
            return
        }
        try change.write(to: personId, "notes.mail.address", ["visit": visit.name, "address": address], opening: path, about: visit.id)
    }

    private static func refused(_ visit: Visit, _ request: Request, _ problems: [Problem]) -> Page {
        let title = request.words("notes.impression.title")
        return visit.page(title, request, "<h1>\(title)</h1><p><a href=\"\(visit.path)#impressions\">\(visit.name)</a></p>")
    }
}
