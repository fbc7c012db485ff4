import Community
import Database
import Formats
import Platform

/// What a researcher does to a draft, one act at a time. Nothing of it changes the grid in use.
enum DraftActs {
    /// Begins a draft: from the grid in use, from the dimensions that the dossier gives as examples, or from nothing.
    static func begin(_ request: Request, _ open: OpenGrid) async throws -> Response {
        let from = request.form.line("from")
        let examples = from == "examples" ? Examples.dimensions(open.programme, request.site) : []
        let programmeId = open.programme.id
        try await request.site.amend(as: "grid.begun", by: request.actor, isPublic: false) { change in
            try change.require(.writeGrid, on: programmeId)
            let core = try Grids.core(programmeId, change)
            let gridId = core?.id ?? change.newId()
            if core == nil { try Grids.begin(gridId, in: programmeId, version: 0, change) }
            guard try Grids.draft(gridId, change) == nil else { return change.leaveAsItIs() }
            var draft = GridDraft(core?.content ?? GridContent())
            if draft.content.dimensions.isEmpty {
                for (name, description) in examples {
                    let key = GridKeys.dimension(name, besides: draft.keys)
                    try draft.add(.init(id: change.newId(), key: key, name: name, description: description))
                }
            }
            try Grids.save(draft, of: gridId, in: change)
            try change.trace("grid", gridId, programme: programmeId)
        }
        return .redirect(Done.path(open.drafting, .begun))
    }

    /// Moves up or down, takes off, puts back.
    static func move(by step: Int) -> OpenGrid.Handler { act("grid.reordered", .moved) { try $1.move($0, by: step) } }
    static let remove: OpenGrid.Handler = act("grid.reduced", .removed) { try $1.remove($0) }
    static let restore: OpenGrid.Handler = act("grid.putBack", .restored) { try $1.restore($0) }

    private static func act(
        _ action: String, _ done: Done, _ body: @escaping @Sendable (_ id: String, _ draft: inout GridDraft) throws -> Void
    ) -> OpenGrid.Handler {
        { request, open in
            let id = request["item"]
            return try await request.attempt {
                try await edit(open, request, as: action) { draft, _ in try body(id, &draft) }
                let place = done == .moved ? "#\(id)" : ""
                return .redirect(Done.path(open.drafting, done) + place)
            } otherwise: {
                try await DraftPage.page(request, open, problems: $0)
            }
        }
    }

    /// Changes the draft, within one transaction.
    static func edit(
        _ open: OpenGrid, _ request: Request, as action: String, _ body: @escaping @Sendable (inout GridDraft, Change) throws -> Void
    ) async throws {
        let programmeId = open.programme.id
        try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
            try change.require(.writeGrid, on: programmeId)
            guard let gridId = try Grids.core(programmeId, change)?.id, var draft = try Grids.draft(gridId, change) else { throw NotFound() }
            let before = draft
            try body(&draft, change)
            guard draft != before else { return change.leaveAsItIs() }
            try Grids.save(draft, of: gridId, in: change)
            try change.trace("grid", gridId, programme: programmeId)
        }
    }

    /// The names in files that may not serve again, those of what was retired long ago included.
    static func keys(_ draft: GridDraft, _ open: OpenGrid, _ reader: any Reader) throws -> Set<String> {
        try draft.keys.union(open.core.map { try Grids.known($0.id, reader).keys } ?? [])
    }

    /// The draft, for who prepares it.
    /// - Throws: `NotFound` while there is none.
    static func draft(_ open: OpenGrid, _ reader: any Reader) throws -> GridDraft {
        guard let id = open.core?.id, let draft = try Grids.draft(id, reader) else { throw NotFound() }
        return draft
    }
}

/// The five dimensions that the dossier gives as examples (§3.2.1), to start from.
enum Examples {
    static func dimensions(_ programme: Programme, _ site: Site) -> [(name: String, description: String)] {
        let words = site.words(programme.language)
        return (1...5).map { (words("grids.example.\($0)"), words("grids.example.\($0).text")) }
    }
}
