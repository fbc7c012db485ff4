import Database
import Events
import Formats
import Grids
import Platform
import Visits

/// The notebook of a visit as one of its visitors opens it. The host's people have none: to them it is not there.
struct OpenNotebook: Sendable {
    let visit: Visit
    let slots: [Slot]
    let encounters: [Encounter]
    let dimensions: [Dimension]
    /// Who goes apart while the others go elsewhere.
    let subgroups: [Subgroup]
    /// Of the visiting group today; whoever left it goes on with their own notes.
    let isMember: Bool

    var path: String { "\(visit.path)/notes" }

    /// The one sub-group of somebody; nil in none, or in several that go in turn.
    func subgroup(of personId: String?) -> Subgroup? {
        let own = subgroups.filter { $0.members.contains { $0.personId == personId } }
        return own.count == 1 ? own[0] : nil
    }

    /// - Throws: `NotFound`
    static func at(_ request: Request, _ reader: any Reader) throws -> OpenNotebook {
        try of(VisitQueries.load(programme: request["programme"], slug: request["visit"], reader), request, reader)
    }

    static func of(_ visit: Visit, _ request: Request, _ reader: any Reader) throws -> OpenNotebook {
        try reader.see(visit.id, request)
        let isMember = request.viewer.isMember(of: visit.delegationId)
        guard try isMember || hasOwn(visit.id, request.viewer, reader) else { throw NotFound() }
        return OpenNotebook(
            visit: visit, slots: try Slots.of(visit.id, reader), encounters: try Encounters.of(visit.id, reader),
            dimensions: try Grids.dimensions(visit.programmeId, reader), subgroups: try Subgroups.of(visit.id, reader), isMember: isMember)
    }

    /// Whether somebody wrote notes in a visit: they stay theirs, in the group or not.
    static func hasOwn(_ visitId: String, _ viewer: Viewer, _ reader: any Reader) throws -> Bool {
        guard let person = viewer.personId else { return false }
        return try reader.exists("SELECT id FROM note_block WHERE visit_id = \(visitId) AND author_id = \(person) LIMIT 1")
    }

    /// Whether what somebody wrote for a visit is taken, though they are not of its group any more: they were, or wrote there.
    /// It is kept for them alone.
    static func mayBring(to visit: Visit, _ viewer: Viewer, _ reader: any Reader) throws -> Bool {
        guard let person = viewer.personId else { return false }
        let was = try reader.exists(
            "SELECT person_id FROM membership WHERE scope_id = \(visit.delegationId) AND person_id = \(person) LIMIT 1")
        return try was || hasOwn(visit.id, viewer, reader)
    }

    /// The visits of a programme where somebody wrote notes.
    static func own(in programmeId: String, _ viewer: Viewer, _ reader: any Reader) throws -> Set<String> {
        guard let person = viewer.personId else { return [] }
        return Set(
            try reader.texts(
                """
                SELECT id FROM visit WHERE programme_id = \(programmeId)
                    AND id IN (SELECT visit_id FROM note_block WHERE author_id = \(person))
                """))
    }
}
