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

    var path: String { "\(visit.path)/notes" }

    /// - Throws: `NotFound`
    static func at(_ request: Request, _ reader: any Reader) throws -> OpenNotebook {
        try of(VisitQueries.load(programme: request["programme"], slug: request["visit"], reader), request, reader)
    }

    static func of(_ visit: Visit, _ request: Request, _ reader: any Reader) throws -> OpenNotebook {
        try reader.see(visit.id, request)
        guard request.viewer.isMember(of: visit.delegationId) else { throw NotFound() }
        return OpenNotebook(
            visit: visit, slots: try Slots.of(visit.id, reader), encounters: try Encounters.of(visit.id, reader),
            dimensions: try Grids.dimensions(visit.programmeId, reader))
    }
}
