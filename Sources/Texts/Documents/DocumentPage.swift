import Database
import Formats
import Platform

/// The page where a document of a word processor is brought to a text, and looked at before anything is saved.
enum DocumentPage {
    static func show(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.mayWrite(request) else { throw Forbidden(open.text.kind.right ?? .writeNote) }
        return .page(try await page(request, open))
    }

    static func page(_ request: Request, _ open: OpenText, problems: [Problem] = []) async throws -> Page {
        let dropped = Set(request.form.all("drop"))
        let found = try await request.site.database.read { reader -> DocumentViews.Shown? in
            guard let document = try BroughtDocument.own(open.text.id, of: request.viewer.personId ?? "", reader) else { return nil }
            let head = try TextQueries.head(open.text.id, reader)
            let base = try TextQueries.revision(document.baseId, of: open.text.id, reader)
            let passage = try TextPaper.passage(open.text.id, base.sections, reader, request)
            return DocumentViews.Shown(
                document: document, images: try AttachmentQueries.all(document.content.images.map(\.id), reader), base: base, head: head, passage: passage,
                proposal: DocumentProposal(document, base: base, head: head, passage: passage, dropped: dropped))
        }
        let views = DocumentViews(request: request, open: open, problems: problems)
        let title = request.words("texts.document.title")
        return open.page(title, request, shape: .reading, found.map(views.preview) ?? views.invitation).with {
            $0.notice = Done.notice(request)
        }
    }
}
