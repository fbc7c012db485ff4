import Database
import Formats
import Grids
import Platform
import Visits

/// What anybody of the group does with the common page: up, down, before another note, under another dimension.
enum CommonPageActs {
    static func up(_ request: Request) async throws -> Response { try await step(request, isUp: true) }
    static func down(_ request: Request) async throws -> Response { try await step(request, isUp: false) }

    private static func step(_ request: Request, isUp: Bool) async throws -> Response {
        try await move(request) { note, notes, dimensions in
            let dimension = note.dimensionId.flatMap { dimensions.contains($0) ? $0 : nil }
            let line = CommonPage.notes(notes, under: dimension, among: dimensions)
            return CommonPage.step(of: note.id, isUp: isUp, in: line).map { Move(dimension: dimension, before: $0.before) }
        }
    }

    /// From the form of a note, or from a script that let it go somewhere: `dimension` (`aucune`: none), `before` (empty: at the end).
    static func place(_ request: Request) async throws -> Response {
        let form = request.form
        let (asked, before) = (form.line("dimension"), form.optional("before"))
        return try await move(request) { note, notes, dimensions in
            guard asked == CommonPageView.none || dimensions.contains(asked) else { throw Refused("notes.refusal.dimension", field: "dimension") }
            let dimension = asked == CommonPageView.none ? nil : asked
            if let before, !CommonPage.notes(notes, under: dimension, among: dimensions).contains(where: { $0.id == before }) {
                throw Refused("notes.refusal.place", field: "before")
            }
            return Move(dimension: dimension, before: before)
        }
    }

    /// Under which dimension, before which note.
    struct Move: Sendable {
        let dimension: String?
        let before: String?
    }

    private static func move(
        _ request: Request, _ decide: @Sendable @escaping (SharedNote, [SharedNote], Set<String>) throws -> Move?
    ) async throws -> Response {
        let open = try await CommonPageView.open(request)
        let id = request["block"]
        return try await request.attempt {
            let place = try await request.site.amend(as: "note.placed", by: request.actor, isPublic: false) { change -> (String?, Int) in
                guard change.viewer.isMember(of: open.visit.delegationId) else { throw NotFound() }
                try change.require(.see, on: id)
                let notes = try SharedNote.all(open.visit.id, change, request)
                let dimensions = Set(open.dimensions.map(\.id))
                guard let note = notes.first(where: { $0.id == id }) else { throw NotFound() }
                let before = note.dimensionId.flatMap { dimensions.contains($0) ? $0 : nil }
                guard let move = try decide(note, notes, dimensions), move.before != id else {
                    change.leaveAsItIs()
                    return (before, 0)
                }
                try put(id, move, notes, dimensions, in: change)
                try change.trace("note", id, programme: open.visit.programmeId, ["dimension": move.dimension ?? ""])
                let line = CommonPage.notes(try SharedNote.all(open.visit.id, change, request), under: move.dimension, among: dimensions)
                return (move.dimension, line.firstIndex { $0.id == id } ?? 0)
            }
            if request.wantsJSON { return .json(.object([:])) }
            let page = place.1 / CommonPageView.size + 1
            return .redirect("\(open.path)/commune?axe=\(place.0 ?? CommonPageView.none)\(page > 1 ? "&page=\(page)" : "")#note-\(id)")
        } otherwise: { problems in
            try await CommonPageView.form(request, open, values: request.form, problems: problems)
        }
    }

    private static func put(_ id: String, _ move: Move, _ notes: [SharedNote], _ dimensions: Set<String>, in change: Change) throws {
        let line = CommonPage.notes(notes, under: move.dimension, among: dimensions)
        for (id, rank) in CommonPage.ranks(putting: id, before: move.before, in: line, now: change.now.milliseconds).sorted(by: { $0.key < $1.key }) {
            try change.run(
                """
                INSERT INTO note_place (block_id, dimension_id, rank, moved_at)
                VALUES (\(id), \(move.dimension), \(rank), \(change.now))
                ON CONFLICT (block_id) DO UPDATE SET dimension_id = excluded.dimension_id, rank = excluded.rank, moved_at = excluded.moved_at
                """)
        }
    }
}
