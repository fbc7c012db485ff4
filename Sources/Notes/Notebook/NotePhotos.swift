import Database
import Formats
import Platform
import Visits

/// The photographs of a block: read by whoever reads it, never published.
enum NotePhotos {
    static func show(_ request: Request) async throws -> Response {
        .page(try await page(request))
    }

    static func add(_ request: Request) async throws -> Response {
        let open = try await own(request).open
        let id = request["block"]
        return try await request.attempt {
            let details = FileDetails(request.form)
            let received = try await request.site.receive(request.form.file("file"), details, imagesOnly: true)
            try await request.site.amend(as: "file.added", by: request.actor, isPublic: false) { change in
                try change.require(.shareNote, on: id)
                _ = try change.attach(received, details, to: .note, id, programme: open.visit.programmeId)
            }
            return .redirect("\(open.path)?fait=photo#note-\(id)")
        } otherwise: { problems in
            try await page(request, values: request.form, problems: problems)
        }
    }

    static func remove(_ request: Request) async throws -> Response {
        let open = try await act(request, as: "file.removed") { file, change in try change.takeAway(file) }
        return .redirect("\(open.path)?fait=photo-retiree&note=\(request["block"])&photo=\(request["file"])#note-\(request["block"])")
    }

    static func restore(_ request: Request) async throws -> Response {
        let open = try await act(request, as: "file.restored") { file, change in try change.putBack(file) }
        return .redirect("\(open.path)?fait=photo-remise#note-\(request["block"])")
    }

    /// Whoever may read the block.
    @Sendable static func opens(_ file: Attachment, _ reader: any Reader, _ request: Request) throws -> FileReading {
        guard file.ownerKind == .note, let thing = try reader.protection(of: file.ownerId),
            request.site.policy.allows(.see, request.viewer, on: thing)
        else { return .nobody }
        return .thisPerson
    }

    private static func act(
        _ request: Request, as action: String, _ body: @Sendable @escaping (Attachment, Change) throws -> Void
    ) async throws -> OpenNotebook {
        let open = try await own(request).open
        let (id, fileId) = (request["block"], request["file"])
        try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
            try change.require(.shareNote, on: id)
            guard let file = try AttachmentQueries.one(fileId, change), file.ownerId == id else { throw NotFound() }
            try body(file, change)
        }
        return open
    }

    /// The block of the path, for its author alone.
    private static func own(_ request: Request) async throws -> (open: OpenNotebook, block: NoteBlock) {
        try await request.site.database.read { reader in
            let open = try OpenNotebook.at(request, reader)
            let block = try NoteQueries.block(request["block"], reader, request)
            guard block.authorId == request.viewer.personId, block.visitId == open.visit.id else { throw NotFound() }
            return (open, block)
        }
    }

    private static func page(_ request: Request, values: Fields = Fields(), problems: [Problem] = []) async throws -> Page {
        let (open, block) = try await own(request)
        let words = request.words
        let title = words("notes.photo.title")
        let form = FormView(request, values: values, problems: problems)
        let fields = form.form(
            to: "\(open.path)/\(block.id)/photos", button: words("notes.photo.button"), isMultipart: true,
            cancel: "\(open.path)#note-\(block.id)", FileFields(form).ofNote)
        return open.visit.page(
            title, request,
            "<h1>\(title)</h1><p class=\"lede\">\(words("notes.photo.lede"))</p><blockquote class=\"words\">\(block.text)</blockquote>\(fields)")
    }
}
