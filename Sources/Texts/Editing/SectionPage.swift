import Community
import Database
import Formats
import Platform

/// The page where a section is written: the editor, and beside it what other capabilities offer.
enum SectionPage {
    static func show(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.mayWrite(request) else { throw Forbidden(open.text.kind.right ?? .writeNote) }
        return .page(try await page(request, open))
    }

    /// - Parameter typed: what was typed when the form came back refused; the draft or the latest revision otherwise.
    static func page(_ request: Request, _ open: OpenText, typed: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        guard let section = open.head.section(request["section"]) else { throw NotFound() }
        let personId = request.viewer.personId ?? ""
        let (draft, others, citations, guidance) = try await request.site.database.read { reader in
            let draft = try DraftQueries.own(open.text.id, section.key, of: personId, reader)
            return (
                draft.flatMap { $0.body == section.body ? nil : $0 },
                try DraftQueries.others(open.text.id, section.key, besides: personId, at: request.now, reader),
                try CitationWords.of([draft?.body ?? "", section.body], reader, request),
                open.text.kind.isPublishable
                    ? try Programme.load(id: open.text.programmeId, reader).lenses(reader).first { $0.key == section.key }?.guidance : nil
            )
        }
        let side = open.isGuest ? .empty : try await request.site.panels(on: "text-side", of: open.text.id, request)
        let views = EditorViews(
            request: request, open: open, section: section, citations: citations, guidance: guidance, present: TextLive.present(open, request))
        let values = Fields([
            ("body", typed?["body"] ?? draft?.body ?? section.body),
            ("base", typed?["base"] ?? draft?.baseId ?? open.head.id),
            ("summary", typed?["summary"] ?? ""), ("form_only", typed?["form_only"] ?? ""),
        ])
        let title = request.words("texts.editor.title", ["section": section.title])
        return open.page(
            title, request, shape: .wide,
            views.workbench(
                side, notices: views.presence(others, try TextLive.line(open, section: section.key, request)) + views.draft(typed == nil ? draft : nil), values: values, problems: problems)
        ).with {
            $0.assets = ["texts-editor.css", "texts-editor.js"]
            $0.notice = Done.notice(request)
        }
    }
}
