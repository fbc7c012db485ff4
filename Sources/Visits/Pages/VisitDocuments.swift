import Community
import Database
import Formats
import Platform

/// The documents of a visit: the programme, the way there, a sheet to print; each for those it is given to.
enum VisitDocuments {
    /// Whom a document is for.
    enum Readers: String, CaseIterable {
        /// Those who visit.
        case group
        /// Those who visit and those who welcome.
        case circle
        case community

        func protection(_ id: String, _ visit: Visit, author: String?) -> Protection {
            Protection(
                "document", id, programme: visit.programmeId, author: author,
                scope: self == .group ? visit.delegationId : visit.circleId, audience: self == .community ? .community : .scope)
        }
    }

    static let panel = Panel(on: "visit", rank: 20) { visitId, request in try await shown(visitId, request) }

    private static func shown(_ visitId: String, _ request: Request) async throws -> Markup {
        let (visit, files, mayManage) = try await request.site.database.read { reader in
            let visit = try VisitQueries.load(id: visitId, reader)
            let all = try AttachmentQueries.of([visitId], reader)[visitId] ?? []
            let policy = request.site.policy
            let files = try all.compactMap { file -> (Attachment, Protection)? in
                guard let thing = try reader.protection(of: file.id), policy.allows(.see, request.viewer, on: thing) else { return nil }
                return (file, thing)
            }
            let mayManage = try reader.protection(of: visitId).map { policy.allows(.manageVisit, request.viewer, on: $0) } ?? false
            return (visit, files, mayManage)
        }
        guard mayManage || !files.isEmpty else { return .empty }
        let words = request.words
        let items = files.map { file, thing -> Markup in
            let name = file.caption.isEmpty ? file.name : file.caption
            let remove =
                mayManage
                ? request.act("\(visit.path)/documents/\(file.id)/retrait", words("visits.document.remove", ["name": name]), style: "link") : .empty
            return """
                <li>\(file.link(words, label: name)) <span class="audience" data-audience="\(thing.audience == .community ? "programme" : "group")">\(words.name("visits.document.readers", of: readers(thing, visit)))</span>\(remove)</li>
                """
        }
        let list: Markup = items.isEmpty ? "<p>\(words("visits.document.none"))</p>" : "<ul class=\"entries\">\(items)</ul>"
        let add: Markup =
            mayManage
            ? "<p class=\"acts no-print\"><a class=\"button quiet\" href=\"\(visit.path)/documents\">\(words("visits.document.add"))</a></p>" : .empty
        return "<section id=\"documents\"><h2>\(words("visits.document.title"))</h2>\(undo(visit, request))\(list)\(add)</section>"
    }

    private static func readers(_ thing: Protection, _ visit: Visit) -> Readers {
        thing.audience == .community ? .community : thing.scopeId == visit.delegationId ? .group : .circle
    }

    private static func undo(_ visit: Visit, _ request: Request) -> Markup {
        guard let id = request.query["document"], Identifier.isName(id) else { return .empty }
        let words = request.words
        return """
            <div class="notice undo" role="status" data-undo="20"><p>\(words("visits.document.removed"))</p>\(request.act("\(visit.path)/documents/\(id)/retour", words("visits.document.undo")))<span data-undo-left></span></div>
            """
    }

    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response {
        .page(page(request, open.visit, values: Fields([("readers", Readers.circle.rawValue)])))
    }

    static func add(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let (visit, form) = (open.visit, request.form)
        return try await request.attempt {
            guard let readers = form["readers"].flatMap(Readers.init) else { throw Refused("visits.refusal.documentReaders", field: "readers") }
            let received = try await request.site.receive(form.file("file"), nil)
            try await request.site.amend(as: "file.added", by: request.actor, isPublic: false) { change in
                try change.require(.manageVisit, on: visit.id)
                let id = try change.attach(received, FileDetails(form), to: .visit, visit.id, programme: visit.programmeId)
                try change.protect(readers.protection(id, visit, author: change.actor.personId))
            }
            return .redirect(Done.path(visit.path, .document) + "#documents")
        } otherwise: { problems in
            page(request, visit, values: form, problems: problems)
        }
    }

    static func remove(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await act(request, open, as: "file.removed") { file, change in try change.takeAway(file) }
        return .redirect("\(open.visit.path)?document=\(request["file"])#documents")
    }

    static func restore(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await act(request, open, as: "file.restored") { file, change in try change.putBack(file) }
        return .redirect(Done.path(open.visit.path, .documentRestored) + "#documents")
    }

    private static func act(
        _ request: Request, _ open: OpenVisit, as action: String, _ body: @Sendable @escaping (Attachment, Change) throws -> Void
    ) async throws {
        let (id, visit) = (request["file"], open.visit.id)
        try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
            try change.require(.manageVisit, on: visit)
            guard let file = try AttachmentQueries.one(id, change), file.ownerId == visit else { throw NotFound() }
            try change.require(.see, on: id)
            try body(file, change)
        }
    }

    /// Whom it was given to.
    @Sendable static func opens(_ file: Attachment, _ reader: any Reader, _ request: Request) throws -> FileReading {
        guard file.ownerKind == .visit, let thing = try reader.protection(of: file.id),
            request.site.policy.allows(.see, request.viewer, on: thing)
        else { return .nobody }
        return .thisPerson
    }

    private static func page(_ request: Request, _ visit: Visit, values: Fields, problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let title = words("visits.document.add")
        let readers = form.choices(
            "readers", words("visits.document.whom"),
            options: Readers.allCases.map { (value: $0.rawValue, label: words.name("visits.document.readers", of: $0)) })
        return visit.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("visits.document.lede"))</p>
            \(form.form(to: "\(visit.path)/documents", button: words("visits.document.button"), isMultipart: true, cancel: visit.path, FileFields(form).ofVisit + readers))
            """)
    }
}
