import Database
import Platform

/// Somebody of a programme, as their page shows them.
struct PersonCard: Sendable {
    let programme: Programme
    let profile: PersonProfile
    /// What they are today; empty when they left.
    let roles: [ProgrammeMember]
    let seats: [Seat]
    let freeSeats: [Seat]
    let mayManage: Bool

    /// Whether it is that of whoever asks.
    func isOwn(_ request: Request) -> Bool { request.viewer.personId == profile.personId }

    /// Those that may be theirs: the programme's, and the one they have, whichever programme knows it.
    func organizations(_ reader: any Reader) throws -> [Organization] {
        let known = try Organization.of(programme: programme.id, reader)
        guard let own = profile.organizationId, !known.contains(where: { $0.id == own }) else { return known }
        return try known + [Organization.load(id: own, reader)]
    }

    /// - Throws: `NotFound` for whoever is not of the community, and for somebody who never was in the programme.
    static func load(_ slug: String, _ personId: String, _ reader: any Reader, _ request: Request) throws -> PersonCard {
        let programme = try Programme.inside(slug, reader, request)
        let wasThere = try reader.exists(
            """
            SELECT 1 FROM membership JOIN scope ON scope.id = scope_id
            WHERE person_id = \(personId) AND programme_id = \(programme.id)
            """)
        guard wasThere, let profile = try Profiles.of(personId, reader) else { throw NotFound() }
        let seats = try Seat.of(programme: programme.id, reader)
        return PersonCard(
            programme: programme, profile: profile,
            roles: try Members.list(programme.id, of: [personId], reader),
            seats: seats.filter { $0.personId == personId }, freeSeats: seats.filter { $0.personId == nil },
            mayManage: request.site.policy.allows(.managePeople, request.viewer, on: programme.community))
    }
}
