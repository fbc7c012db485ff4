import Community
import Database
import Formats
import Platform

/// The page where a text is read by those who work on it: state and next step first, then its sections.
enum TextPage {
    static func show(_ request: Request, _ open: OpenText) async throws -> Response {
        .page(try await page(request, open))
    }

    static func page(_ request: Request, _ open: OpenText, values: Fields = Fields(), problems: [Problem] = []) async throws -> Page {
        let (state, body, authors, sheet, document, people, approval, waited) = try await request.site.database.read { reader in
            (
                try TextState.of(open.text, open.head, open.thing, reader),
                try TextRendering.html(open.head, reader, request),
                try Authors.names([open.head], reader),
                open.text.kind == .sheet ? try SheetFacts.load(open, reader, request) : nil,
                try request.viewer.personId.flatMap { try BroughtDocument.own(open.text.id, of: $0, reader) },
                try TextFiles.ofPeople(in: open.head.id, reader), open.text.kind == .minutes ? try Approvals.last(open.text.id, reader) : nil,
                open.text.kind == .minutes ? Validation.waited(try Validation.summary(open.text.id, reader)) : []
            )
        }
        let panels = open.isGuest ? .empty : try await request.site.panels(on: "text", of: open.text.id, request)
        let ahead = open.isGuest ? .empty : try await request.site.panels(on: "text-next", of: open.text.id, request)
        let views = TextViews(request: request, open: open, state: state, author: authors[open.head.authorId ?? ""], document: document, present: TextLive.present(open, request), approval: approval, waited: waited)
        return open.page(
            open.head.title, request, shape: .reading,
            views.content(
                try TextLive.line(open, request), body + PeopleOnImages.section(people, request, open, problems), ahead: ahead, sheet: sheet, panels: panels, values: values,
                problems: problems)
        ).with {
            $0.assets = ["live.js"]
            $0.notice = Done.notice(request)
        }
    }

    /// Gives the text another title: a revision whose sections are the same.
    static func rename(_ request: Request, _ open: OpenText) async throws -> Response {
        let form = request.form
        let title = form.line("title")
        let id = open.text.id
        return try await request.attempt {
            try await request.site.amend(as: "text.renamed", by: request.actor) { change in
                try change.requireWriting(id)
                let head = try TextQueries.head(id, change)
                guard head.title != title else { return try change.trace("text", id, programme: open.text.programmeId) }
                try Texts.revise(
                    id, title: title, sections: head.sections, summary: "", isFormOnly: form["form_only"] == "1", in: change)
            }
            return .redirect(Done.path(open.base, .renamed))
        } otherwise: { problems in
            try await page(request, open, values: form, problems: problems)
        }
    }
}

/// The names of those who made revisions.
enum Authors {
    static func names(_ revisions: [Revision], _ reader: any Reader) throws -> [String: String] {
        try Profiles.of(Set(revisions.compactMap(\.authorId)), reader).mapValues(\.name)
    }
}

/// What was just done, said on the page that follows: `?fait=revised`.
enum Done: String {
    case created, revised, joined, merged, unchanged, drafted, forgotten, renamed, linked, sent
    case asked, askedForRemarks, answered, recorded, reminded, settled, withdrawn, replied, reopened, alreadyThere, referred, notMe
    case corrected, sendingCorrected, readingReopened, disowned, replyRecorded, answersRead, returned, fileAdded, imageAgreed, imageHidden
    case taken, documentLeft, frozen, finished, resumed, approved, approvalWithdrawn

    static func path(_ path: String, _ done: Done) -> String { "\(path)?fait=\(done.rawValue)" }

    static func notice(_ request: Request) -> Markup {
        guard let done = request.query["fait"].flatMap(Done.init) else { return .empty }
        return "<p class=\"notice success\" role=\"status\">\(request.words.name("texts.done", of: done))</p>"
    }
}
