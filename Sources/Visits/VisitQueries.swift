import Database
import Events
import Formats
import Platform

/// The reads and writes of visits.
package enum VisitQueries {
    private static let columns: SQL = """
        visit.id, visit.programme_id, programme.slug AS programme_slug, programme.title AS programme_title, programme.language AS programme_language, visit.slug,
        visit.position, visit.name, event.place, visit.host_id,
        COALESCE(organization.short_name, organization.name) AS host_name, visit.territory_id,
        territory.name AS territory_name, visit.stage, visit.length_written, visit.focus, visit.flagship_initiative,
        visit.delegation_id, visit.circle_id, visit.signatory_id, visit.size_reason,
        visit.reason_size, visit_cancellation.reason AS cancelled_reason, event.zone
        """

    private static let tables: SQL = """
        visit JOIN event ON event.id = visit.id JOIN programme ON programme.id = visit.programme_id
        LEFT JOIN organization ON organization.id = visit.host_id LEFT JOIN territory ON territory.id = visit.territory_id
        LEFT JOIN visit_cancellation ON visit_cancellation.visit_id = visit.id
        """

    /// The visit with this identifier.
    /// - Throws: `NotFound`
    package static func load(id: String, _ reader: any Reader) throws -> Visit {
        let visit = try reader.first(Visit.self, "SELECT \(columns) FROM \(tables) WHERE visit.id = \(id)")
        guard let visit else { throw NotFound() }
        return visit
    }

    /// The visit at an address, today's or an old one: `visit.slug` says today's.
    /// - Throws: `NotFound`
    package static func load(programme: String, slug: String, _ reader: any Reader) throws -> Visit {
        let visit = try reader.first(
            Visit.self, "SELECT \(columns) FROM \(tables) WHERE programme.slug = \(programme) AND visit.slug = \(slug)")
        if let visit { return visit }
        let id = try reader.text(
            """
            SELECT visit_id FROM visit_old_slug JOIN programme ON programme.id = visit_old_slug.programme_id
            WHERE programme.slug = \(programme) AND visit_old_slug.slug = \(slug)
            """)
        guard let id else { throw NotFound() }
        return try load(id: id, reader)
    }

    /// The visits of a programme that this person may see, in their order.
    /// - Parameter stage: only those before it that were not called off.
    package static func all(
        of programmeId: String, before stage: VisitStage? = nil, _ reader: any Reader, _ request: Request
    ) throws -> [Visit] {
        let earlier = VisitStage.allCases.filter { other in stage.map { other < $0 } ?? true }
        let only: SQL = stage == nil ? "" : "AND visit.stage IN \(list: earlier) AND visit_cancellation.visit_id IS NULL"
        return try reader.all(
            Visit.self,
            """
            SELECT \(columns) FROM \(tables) JOIN access ON access.object_id = visit.id
            WHERE visit.programme_id = \(programmeId) AND \(request.site.policy.condition(.see, request.viewer)) \(only)
            ORDER BY visit.position, visit.created_at, visit.id
            """)
    }

    /// Whether the list of visits opens: to the people of the programme, and to whoever sees one of its visits (a host sees
    /// its own).
    package static func opens(_ programmeId: String, _ reader: any Reader, _ request: Request) throws -> Bool {
        let policy = request.site.policy
        let community = Protection("community", programmeId, programme: programmeId, author: nil, audience: .community)
        if policy.allows(.see, request.viewer, on: community) { return true }
        return try reader.exists(
            """
            SELECT 1 FROM visit JOIN access ON access.object_id = visit.id
            WHERE visit.programme_id = \(programmeId) AND \(policy.condition(.see, request.viewer))
            """)
    }

    /// The visits to a territory that this person may see.
    static func all(inTerritory id: String, _ reader: any Reader, _ request: Request) throws -> [Visit] {
        try reader.all(
            Visit.self,
            """
            SELECT \(columns) FROM \(tables) JOIN access ON access.object_id = visit.id
            WHERE visit.territory_id = \(id) AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY visit.position, visit.id
            """)
    }

    /// The visits with these identifiers, whoever asks: for marks and reminders.
    package static func all(ids: [String], _ reader: any Reader) throws -> [Visit] {
        try reader.all(
            Visit.self,
            "SELECT \(columns) FROM \(tables) WHERE visit.id IN \(list: ids) ORDER BY visit.position, visit.id")
    }

    /// Writes what may change of a visit; its name and place are also those of its event.
    static func save(_ visit: Visit, in change: Change) throws {
        try change.run(
            """
            UPDATE visit SET slug = \(visit.slug), name = \(visit.name), host_id = \(visit.hostId),
                territory_id = \(visit.territoryId), stage = \(visit.stage), focus = \(visit.focus),
                flagship_initiative = \(visit.flagshipInitiative), signatory_id = \(visit.signatoryId),
                size_reason = \(visit.sizeReason), reason_size = \(visit.reasonSize) WHERE id = \(visit.id)
            """)
        var event = try EventQueries.event(visit.id, change)
        event.title = visit.name
        event.place = visit.place
        event.zone = visit.zone
        event.state = visit.isCancelled ? .cancelled : try isLeft(visit, change) ? .tentative : .confirmed
        try EventQueries.save(event, in: change)
    }

    /// Whether the structure that was to receive it gave up, and none took its place.
    private static func isLeft(_ visit: Visit, _ reader: any Reader) throws -> Bool {
        try visit.hostId == nil && reader.exists("SELECT 1 FROM visit_withdrawal WHERE visit_id = \(visit.id)")
    }

    /// Brings a visit to the stage that what is known of it allows, and traces it when it changes.
    static func settle(_ id: String, in change: Change) throws {
        var visit = try load(id: id, change)
        let before = visit.stage
        let visitors = try change.count(
            "SELECT COUNT(*) FROM membership WHERE scope_id = \(visit.delegationId) AND role = 'visitor' AND until IS NULL"
        )
        visit.settle(hasDates: try !Slots.of(id, change).isEmpty, hasGroup: visitors > 0)
        guard visit.stage != before else { return }
        try save(visit, in: change)
        try change.trace(
            "visit", id, programme: visit.programmeId, as: "visit.\(visit.stage.rawValue)", ["from": before.rawValue])
    }
}

extension VisitStage {
    /// Takes a visit to a later stage and traces it (`visit.held`, `visit.written_up`, `visit.validated`,
    /// `visit.published`); changes nothing when the visit is already there or further.
    /// - Throws: `NotFound`
    package static func advance(_ visitId: String, to stage: VisitStage, in change: Change) throws {
        let visit = try VisitQueries.load(id: visitId, change)
        guard visit.stage < stage else { return }
        try change.run("UPDATE visit SET stage = \(stage) WHERE id = \(visitId)")
        try change.trace(
            "visit", visitId, programme: visit.programmeId, as: "visit.\(stage.rawValue)",
            ["from": visit.stage.rawValue])
    }

    /// Takes a visit back to an earlier stage when what brought it to the later one was undone, and traces it.
    package static func goBack(_ visitId: String, from: VisitStage, to stage: VisitStage, in change: Change) throws {
        let visit = try VisitQueries.load(id: visitId, change)
        guard visit.stage == from, stage < from else { return }
        try change.run("UPDATE visit SET stage = \(stage) WHERE id = \(visitId)")
        try change.trace(
            "visit", visitId, programme: visit.programmeId, as: "visit.wentBack", ["from": from.rawValue, "to": stage.rawValue])
    }
}
