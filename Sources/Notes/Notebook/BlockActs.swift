import Database
import Events
import Formats
import Platform
import Visits

/// What an author does with a block on a page: write it, change it, share it, withdraw it, keep one of two versions.
enum BlockActs {
    /// A block sent by the form: its identifier was made with the page, so that sending twice changes nothing.
    static func write(_ request: Request) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        let form = request.form
        return try await request.attempt {
            let sent = try read(form)
            try await request.site.amend(as: "note.written", by: request.actor, isPublic: false) { change in
                _ = try NoteWriting.receive(sent, visit: open.visit, in: change)
                change.leaveAsItIs()
            }
            return try await back(to: sent.id, open, "ecrite", request)
        } otherwise: { problems in
            let page = try await NotebookPage.page(request, open, typed: form, problems: problems)
            return page
        }
    }

    /// To the page of the notebook that shows a note.
    private static func back(to id: String, _ open: OpenNotebook, _ done: String, _ request: Request) async throws -> Response {
        let place = try await request.site.database.read { try NoteQueries.place(of: id, in: open.visit.id, $0, request) }
        let page = place / NotebookShown.perPage + 1
        return .redirect("\(open.path)?fait=\(done)\(page > 1 ? "&page=\(page)" : "")#note-\(id)")
    }

    static func read(_ form: Fields) throws -> SentBlock {
        guard let manner = Manner(rawValue: form.line("manner")) else { throw Refused("notes.refusal.manner", field: "manner") }
        return SentBlock(
            id: form.line("id"), base: form.integer("base") ?? 0, deviceId: "page", sequence: form.integer("sequence") ?? 0,
            slotId: form.optional("slot"), encounterId: form.optional("encounter"), dimensionIds: form.all("dimension").filter { !$0.isEmpty },
            manner: manner, speaker: form.optional("speaker"), text: form["text"] ?? "", subgroupId: form.optional("subgroup"), isOffRecord: form["offRecord"] == "1",
            place: form.line("place"))
    }

    /// Opens one block to the visiting group.
    static func share(_ request: Request) async throws -> Response {
        try await attempt(request, as: "note.shared", done: "partagee") { id, visit, change in
            try NoteOpening.open(id, to: visit, in: change)
        }
    }

    /// Closes one block again, for oneself.
    static func takeBack(_ request: Request) async throws -> Response {
        try await attempt(request, as: "note.takenBack", done: "reprise") { id, _, change in
            try NoteOpening.takeBack(id, in: change)
        }
    }

    /// An act that a rule may refuse: the notebook then says why.
    private static func attempt(
        _ request: Request, as action: String, done: String, _ body: @Sendable @escaping (_ id: String, _ visit: Visit, Change) throws -> Void
    ) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        return try await request.attempt {
            try await act(request, as: action, right: .shareNote, done: done, body)
        } otherwise: { problems in
            try await NotebookPage.page(request, open, problems: problems)
        }
    }

    /// Opens to the visiting group all that one added in this visit; says so when something is begun and not added.
    static func shareAll(_ request: Request) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        guard let author = request.viewer.personId else { throw NotFound() }
        let isBegun = try await request.site.amend(as: "note.shared", by: request.actor, isPublic: false) { change in
            let mine = try change.texts(
                """
                SELECT note_block.id FROM note_block JOIN access ON access.object_id = note_block.id
                WHERE visit_id = \(open.visit.id) AND note_block.author_id = \(author) AND audience = 'author' AND withdrawn_at IS NULL
                    AND \(OffRecord.excluded) AND \(BegunNote.excluded) AND apart_at IS NULL
                """)
            for id in mine {
                try change.require(.shareNote, on: id)
                try NoteOpening.open(id, to: open.visit, in: change)
                try change.trace("note", id, programme: open.visit.programmeId)
            }
            change.leaveAsItIs()
            return try BegunNote.exists(in: open.visit.id, of: author, change)
        }
        // The page says what it has in its field and has not sent yet.
        return .redirect("\(open.path)?fait=partagees\(isBegun || request.form["begun"] == "1" ? "&commencee=1" : "")")
    }

    static func withdraw(_ request: Request) async throws -> Response {
        try await act(request, as: "note.withdrawn", right: .shareNote, done: "retiree&note=\(URLForm.encode(request["block"]))") { id, _, change in
            try change.withdraw(id)
        }
    }

    /// Undoes a withdrawal: for its author, who alone may know that the block is there.
    static func restore(_ request: Request) async throws -> Response {
        let id = request["block"]
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        try await request.site.amend(as: "note.restored", by: request.actor, isPublic: false) { change in
            guard let author = change.actor.personId,
                try change.exists(
                    "SELECT id FROM note_block WHERE id = \(id) AND author_id = \(author) AND visit_id = \(open.visit.id)")
            else { throw NotFound() }
            try change.restore(id)
            try change.trace("note", id, programme: open.visit.programmeId)
        }
        return try await back(to: id, open, "remise", request)
    }

    static func keep(_ request: Request) async throws -> Response {
        let version = request.form.integer("version") ?? 0
        return try await act(request, as: "note.settled", right: .shareNote, done: "ecrite") { id, _, change in
            try NoteWriting.keep(version, of: id, in: change)
        }
    }

    private static func act(
        _ request: Request, as action: String, right: Action, done: String,
        _ body: @Sendable @escaping (_ id: String, _ visit: Visit, Change) throws -> Void
    ) async throws -> Response {
        let id = request["block"]
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
            guard try change.exists("SELECT id FROM note_block WHERE id = \(id) AND visit_id = \(open.visit.id)")
            else { throw NotFound() }
            try change.require(right, on: id)
            try body(id, open.visit, change)
            try change.trace("note", id, programme: open.visit.programmeId)
        }
        return try await back(to: id, open, done, request)
    }
}
