import Database
import Formats
import Grids
import Platform
import Visits

/// What anybody of the group does with the common page: up, down, before another note, under other dimensions.
enum CommonPageActs {
    static func up(_ request: Request) async throws -> Response { try await step(request, isUp: true) }
    static func down(_ request: Request) async throws -> Response { try await step(request, isUp: false) }

    /// On the shelf that is shown: a note may stand under several dimensions, each with its own order.
    private static func step(_ request: Request, isUp: Bool) async throws -> Response {
        let asked = request.query.optional("axe")
        return try await move(request) { note, page in
            let shelf = page.shelf(asked) ?? page.first(of: note)
            return CommonPage.step(of: note.id, isUp: isUp, in: page.line(under: shelf)).map { .before($0.before, shelf) }
        }
    }

    /// From the form of a note, `dimension` once for each, none at all too; from a script that let it go somewhere, the `dimension` of
    /// that shelf (`aucune`: none) and `before` (empty: at the end).
    static func place(_ request: Request) async throws -> Response {
        let form = request.form
        let asked = form.all("dimension")
        guard form.has("before") else {
            return try await move(request) { note, page in
                guard page.dimensions.isSuperset(of: asked) else { throw Refused("notes.refusal.dimension", field: "dimension") }
                return Set(asked) == Set(note.dimensions(among: page.dimensions)) ? nil : .under(Set(asked))
            }
        }
        let before = form.optional("before")
        return try await move(request) { note, page in
            guard let shelf = page.shelf(asked.first) else { throw Refused("notes.refusal.dimension", field: "dimension") }
            let line = page.line(under: shelf)
            guard line.contains(where: { $0.id == note.id }), before.map({ before in line.contains { $0.id == before } }) ?? true else {
                throw Refused("notes.refusal.place", field: "before")
            }
            return before == note.id ? nil : .before(before, shelf)
        }
    }

    private enum Move: Sendable {
        /// Before another note of a shelf, or at its end.
        case before(String?, CommonPageShelf)
        case under(Set<String>)
    }

    private static func move(
        _ request: Request, _ decide: @Sendable @escaping (SharedNote, Arranged) throws -> Move?
    ) async throws -> Response {
        let open = try await CommonPageView.open(request)
        let id = request["block"]
        return try await request.attempt {
            let (shelf, place) = try await request.site.amend(as: "note.placed", by: request.actor, isPublic: false) { change in
                guard change.viewer.isMember(of: open.visit.delegationId) else { throw NotFound() }
                try change.require(.see, on: id)
                let dimensions = Set(open.dimensions.map(\.id))
                let page = Arranged(notes: try SharedNote.all(open.visit.id, change, request), dimensions: dimensions)
                guard let note = page.notes.first(where: { $0.id == id }) else { throw NotFound() }
                guard let move = try decide(note, page) else {
                    change.leaveAsItIs()
                    return (page.first(of: note), 0)
                }
                let shelf = try put(note, move, page, in: change)
                try change.trace("note", id, programme: open.visit.programmeId, ["dimension": shelf.dimensionId ?? ""])
                let line = Arranged(notes: try SharedNote.all(open.visit.id, change, request), dimensions: dimensions).line(under: shelf)
                return (shelf, line.firstIndex { $0.id == id } ?? 0)
            }
            if request.wantsJSON { return .json(.object([:])) }
            let page = place / CommonPageView.size + 1
            let act = request.path.split(separator: "/").last.map(String.init) ?? ""
            return .redirect("\(open.path)/commune?axe=\(shelf.address)\(page > 1 ? "&page=\(page)" : "")&note=\(id)&geste=\(act)#note-\(id)")
        } otherwise: { problems in
            try await CommonPageView.form(request, open, values: request.form, problems: problems)
        }
    }

    /// - Returns: the shelf to look at.
    private static func put(_ note: SharedNote, _ move: Move, _ page: Arranged, in change: Change) throws -> CommonPageShelf {
        let now = change.now.milliseconds
        switch move {
        case .before(let before, let shelf):
            let ranks = CommonPage.ranks(
                putting: note.id, before: before, in: page.line(under: shelf), under: shelf.dimensionId, now: now)
            for moved in page.notes {
                guard let rank = ranks[moved.id] else { continue }
                let others = moved.places.filter { $0.dimensionId != shelf.dimensionId }
                try write(others + [SharedNote.Shelf(dimensionId: shelf.dimensionId, rank: rank)], of: moved.id, in: change)
            }
            return shelf
        case .under(let chosen):
            let shelves = CommonPage.shelves(of: note, under: chosen, in: page.notes, among: page.dimensions, now: now)
            try write(shelves, of: note.id, in: change)
            return shelves.first.map { CommonPageShelf(dimensionId: $0.dimensionId) } ?? .none
        }
    }

    private static func write(_ shelves: [SharedNote.Shelf], of id: String, in change: Change) throws {
        try change.run("DELETE FROM note_shelf WHERE block_id = \(id)")
        for shelf in shelves {
            try change.run(
                """
                INSERT INTO note_shelf (block_id, dimension_id, rank, moved_at)
                VALUES (\(id), \(shelf.dimensionId), \(shelf.rank), \(change.now))
                """)
        }
    }

    /// The notes of the common page as they stand, and the dimensions in use.
    private struct Arranged: Sendable {
        let notes: [SharedNote]
        let dimensions: Set<String>

        func shelf(_ asked: String?) -> CommonPageShelf? { CommonPageShelf(asked, among: dimensions) }
        func line(under shelf: CommonPageShelf) -> [SharedNote] { CommonPage.notes(notes, under: shelf.dimensionId, among: dimensions) }
        func first(of note: SharedNote) -> CommonPageShelf { CommonPageShelf(dimensionId: note.dimensions(among: dimensions).first) }
    }
}
