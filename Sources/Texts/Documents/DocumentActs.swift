import Database
import Formats
import Platform

/// What is done with a document: bringing it, placing its parts, taking it as a revision, leaving it.
enum DocumentActs {
    static func receive(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.mayWrite(request) else { throw Forbidden(open.text.kind.right ?? .writeNote) }
        let id = open.text.id
        let personId = request.viewer.personId ?? ""
        return try await request.attempt {
            guard let file = request.form.file("document") else { throw Refused("texts.document.problem.none", field: "document") }
            let (kind, text) = try await DocumentReading.read(file)
            let (base, passage, known) = try await request.site.database.read { reader in
                let base = try origin(of: text, open, reader, request)
                let passage = try TextPaper.passage(id, base.sections, reader, request)
                return (base, passage, try TextFiles.images(base.sections, of: id, reader).filter { passage.images.contains($0.address) })
            }
            let images = try await DocumentImages(text.pictures, known: known, site: request.site)
            let document = DocumentReading.sort(text, images, file, kind, base: base, passage: passage, at: request.now)
            guard document.content.parts.contains(where: { !Markdown.isBlank($0.body) }) else {
                throw Refused("texts.document.problem.blank", field: "document")
            }
            try await request.site.amend(as: "document.received", by: request.actor, isPublic: false) { change in
                let text = try change.requireWriting(id)
                var document = document
                try images.keep(in: &document, of: text, change)
                try document.keep(for: id, of: personId, in: change)
                try change.trace("document", "\(id)/\(personId)", programme: text.programmeId)
            }
            return .redirect("\(open.base)/document")
        } otherwise: { problems in
            try await DocumentPage.page(request, open, problems: problems)
        }
    }

    /// The revision that the document was made from, when it says so and this person may read it; the latest otherwise.
    private static func origin(of text: OfficeText, _ open: OpenText, _ reader: any Reader, _ request: Request) throws -> Revision {
        let known = try TextQueries.revisions(open.text.id, reader).first { text.isFrom($0.id) }
        guard let known, let revision = try? open.revision(known.id, reader, request) else { return try TextQueries.head(open.text.id, reader) }
        return revision
    }

    /// Places the parts, or takes the document as a revision.
    static func post(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.mayWrite(request) else { throw Forbidden(open.text.kind.right ?? .writeNote) }
        return try await request.attempt {
            if request.form["act"] == "save" { return try await save(request, open) }
            try await place(request, open)
            return .redirect("\(open.base)/document")
        } otherwise: { problems in
            try await DocumentPage.page(request, open, problems: problems)
        }
    }

    private static func place(_ request: Request, _ open: OpenText) async throws {
        let (id, personId, form) = (open.text.id, request.viewer.personId ?? "", request.form)
        try await request.site.amend(as: "document.placed", by: request.actor, isPublic: false) { change in
            let text = try change.requireWriting(id)
            guard var document = try BroughtDocument.own(id, of: personId, change) else { throw Refused("texts.document.gone") }
            document.hear(form)
            let keys = Set(try TextQueries.head(id, change).sections.map(\.key))
            for index in document.content.parts.indices where !document.content.parts[index].isMatched {
                guard form.has("place-\(index)") else { continue }
                document.content.parts[index].place = form.optional("place-\(index)").flatMap { keys.contains($0) ? $0 : nil }
            }
            try document.keep(for: id, of: personId, in: change)
            try change.trace("document", "\(id)/\(personId)", programme: text.programmeId)
        }
    }

    private static func save(_ request: Request, _ open: OpenText) async throws -> Response {
        let (id, personId, form) = (open.text.id, request.viewer.personId ?? "", request.form)
        let dropped = Set(form.all("drop"))
        let seen = form.line("head")
        let (document, base, passage) = try await request.site.database.read { reader in
            guard let document = try BroughtDocument.own(id, of: personId, reader) else { throw Refused("texts.document.gone") }
            let base = try TextQueries.revision(document.baseId, of: id, reader)
            return (document, base, try TextPaper.passage(id, base.sections, reader, request))
        }
        let isSaved = try await request.site.amend(as: "text.revised", by: request.actor) { change in
            let text = try change.requireWriting(id)
            guard try BroughtDocument.own(id, of: personId, change) == document else { throw Refused("texts.document.another") }
            let head = try TextQueries.head(id, change)
            // Somebody saved since the preview was shown: it is shown again, with what they wrote.
            guard head.id == seen else { throw Refused("texts.document.moved", ["n": head.number]) }
            let proposal = DocumentProposal(document, base: base, head: head, passage: passage, dropped: dropped)
            let taken = Dictionary(
                proposal.changes.filter { form["take-\($0.section.key)"] == "1" }.map { line in
                    (line.section.key, form.has("merged-\(line.section.key)") ? form.text("merged-\(line.section.key)") : line.body ?? "")
                }
            ) { first, _ in first }
            guard !taken.isEmpty else { throw Refused("texts.document.nothing") }
            if taken.values.contains(where: Markdown.isBlank) { throw Refused("texts.refusal.empty") }
            var heard = document
            heard.hear(form)
            let described = try heard.described(taken, in: change)
            let sections = head.sections.map { Section(key: $0.key, title: $0.title, body: described[$0.key] ?? $0.body) }
            let summary = change.site.words(text.language)("texts.document.summary", ["name": document.name])
            try Texts.revise(id, title: head.title, sections: sections, summary: summary, in: change)
            try BroughtDocument.forget(id, of: personId, in: change)
            return true
        }
        return .redirect(Done.path(open.base, isSaved ? .taken : .unchanged))
    }

    static func forget(_ request: Request, _ open: OpenText) async throws -> Response {
        let (id, personId) = (open.text.id, request.viewer.personId ?? "")
        try await request.site.amend(as: "document.forgotten", by: request.actor, isPublic: false) { change in
            let text = try change.requireWriting(id)
            try BroughtDocument.forget(id, of: personId, in: change)
            try change.trace("document", "\(id)/\(personId)", programme: text.programmeId)
        }
        return .redirect(Done.path(open.base, .documentLeft))
    }
}
