import Database
import Formats
import Platform

/// « Ajouter une image ou un fichier »: a form without script, and what the editor sends with one.
enum SectionFile {
    static func show(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.mayWrite(request) else { throw Forbidden(open.text.kind.right ?? .writeNote) }
        return .page(try page(request, open))
    }

    /// Without script the file goes to the end of one's draft; with it the editor is told what to write where one is.
    static func post(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.mayWrite(request) else { throw Forbidden(open.text.kind.right ?? .writeNote) }
        guard open.head.section(request["section"]) != nil else { throw NotFound() }
        if request.wantsJSON {
            let file = try await add(request, open, draft: false)
            return .json(.object(["markdown": .string(file.markdown(request)), "isImage": .bool(file.isImage)]))
        }
        return try await request.attempt {
            _ = try await add(request, open, draft: true)
            return .redirect(Done.path("\(open.base)/sections/\(request["section"])/modifier", .fileAdded))
        } otherwise: { problems in
            try page(request, open, values: request.form, problems: problems)
        }
    }

    private static func add(_ request: Request, _ open: OpenText, draft: Bool) async throws -> Attachment {
        let form = request.form
        let details = FileDetails(form)
        let received = try await request.site.receive(form.file("file"), details)
        let (id, key, person) = (open.text.id, request["section"], request.viewer.personId ?? "")
        return try await request.site.amend(as: "file.added", by: request.actor, isPublic: false) { change in
            let text = try change.requireWriting(id)
            let added = try change.attach(received, details, to: .text, id, programme: text.programmeId)
            guard let file = try AttachmentQueries.one(added, change) else { throw NotFound() }
            if draft {
                let head = try TextQueries.head(id, change)
                guard let section = head.section(key) else { throw NotFound() }
                let own = try DraftQueries.own(id, key, of: person, change)
                let body = [own?.body ?? section.body, file.markdown(request)].filter { !$0.isEmpty }.joined(separator: "\n\n")
                guard body.unicodeScalars.count <= Section.limit else {
                    throw Refused("texts.refusal.tooLong", ["n": Section.limit])
                }
                try DraftQueries.keep(body + "\n", id, key, of: person, base: own?.baseId ?? head.id, in: change)
            }
            return file
        }
    }

    private static func page(_ request: Request, _ open: OpenText, values: Fields = Fields(), problems: [Problem] = []) throws -> Page {
        guard let section = open.head.section(request["section"]) else { throw NotFound() }
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let address = "\(open.base)/sections/\(section.key)"
        let title = words("texts.file.title", ["section": section.title])
        let fields = form.form(
            to: "\(address)/fichiers", button: words("texts.file.button"), isMultipart: true, cancel: "\(address)/modifier",
            FileFields(form).ofText)
        return open.page(
            title, request, shape: .reading,
            "<h1>\(title)</h1><p class=\"lede\">\(words("texts.file.lede"))</p>\(open.audience(words))\(fields)")
    }
}

extension Attachment {
    /// What a text says to show it: an image with its legend, or a link.
    fileprivate func markdown(_ request: Request) -> String {
        guard isImage else {
            let label = [caption, name].first { !$0.isEmpty } ?? kind.label
            return "[\(Markdown.escaped(label))](\(address))"
        }
        let legend = legend(request.words)
        return "![\(Markdown.escaped(alternative))](\(address)\(legend.isEmpty ? "" : " \"\(Markdown.escaped(legend))\""))"
    }
}
