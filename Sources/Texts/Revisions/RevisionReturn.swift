import Database
import Formats
import Platform

/// « Revenir à cette révision »: its title and sections become a new revision; those in between stay.
enum RevisionReturn {
    static func button(_ revision: Revision, _ open: OpenText, _ request: Request) -> Markup {
        guard !open.isGuest, open.mayWrite(request), revision.id != open.head.id else { return .empty }
        let words = request.words
        return """
            <section class="no-print"><p>\(words("texts.return.text"))</p>\(request.act("\(open.base)/revisions/\(revision.id)/retour", words("texts.return.button", ["n": revision.number]), hidden: ["base": open.head.id]))</section>
            """
    }

    static func post(_ request: Request, _ open: OpenText) async throws -> Response {
        let (id, revisionId, base) = (open.text.id, request["revision"], request.form.line("base"))
        return try await request.attempt {
            try await request.site.amend(as: "text.returned", by: request.actor) { change in
                let text = try change.requireWriting(id)
                let old = try TextQueries.revision(revisionId, of: id, change)
                let head = try TextQueries.head(id, change)
                guard head.id == base else { throw Refused("texts.refusal.movedOn", ["n": head.number]) }
                guard old.title != head.title || old.sections != head.sections else { return change.leaveAsItIs() }
                let summary = change.site.words(text.language)("texts.return.summary", ["n": old.number])
                try Texts.revise(id, title: old.title, sections: old.sections, summary: summary, in: change)
            }
            return .redirect(Done.path(open.base, .returned))
        } otherwise: { problems in
            try await TextPage.page(request, open, problems: problems)
        }
    }
}
