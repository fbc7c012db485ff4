import Database
import Formats
import Platform

/// A grid brought from elsewhere, pasted or in a form: read, shown with what it changes, then taken into the draft.
enum TakeInPage {
    static func show(_ request: Request, _ open: OpenGrid) async throws -> Response {
        _ = try await request.site.database.read { try DraftActs.draft(open, $0) }
        return .page(page(request, open, values: Fields(), problems: []))
    }

    static func post(_ request: Request, _ open: OpenGrid) async throws -> Response {
        let form = request.form
        if form["act"] == "take" { return try await take(request, open) }
        return try await request.attempt {
            let outline = try read(form)
            let (draft, content) = try await request.site.database.read { reader in
                let draft = try DraftActs.draft(open, reader)
                let known = try Grids.known(open.core?.id ?? "", reader)
                var made = 0
                let content = outline.content(knowing: known) {
                    made += 1
                    return "new-\(made)"
                }
                return (draft, content)
            }
            let status = outline.faults.isEmpty ? 200 : 422
            return .page(page(request, open, values: form.without("file"), problems: [], preview: (outline, draft, content)), status: status)
        } otherwise: { problems in
            page(request, open, values: form, problems: problems)
        }
    }

    private static func take(_ request: Request, _ open: OpenGrid) async throws -> Response {
        let typed = request.form["content"] ?? ""
        return try await request.attempt {
            guard let json = try? JSONValue.parse(Array(typed.utf8)) else { throw Refused("grids.refusal.nothingToTake", field: "text") }
            let outline = GridOutline(json)
            guard outline.faults.isEmpty else { throw Refused("grids.refusal.nothingToTake", field: "text") }
            try await DraftActs.edit(open, request, as: "grid.takenIn") { draft, change in
                let known = try Grids.known(open.core?.id ?? "", change)
                draft.replace(with: outline.content(knowing: known) { change.newId() })
            }
            return .redirect(Done.path(open.drafting, .takenIn))
        } otherwise: { problems in
            page(request, open, values: Fields(), problems: problems)
        }
    }

    /// What was pasted, or the file.
    private static func read(_ form: Fields) throws -> GridOutline {
        if let file = form.file("file") {
            do { return XLSFormReader.read(try Workbook.read(file.bytes)) } catch {
                throw Refused("grids.refusal.workbook.\(error.rawValue)", field: "file")
            }
        }
        let text = form.text("text")
        guard text.contains(where: { !$0.isWhitespace }) else { throw Refused("grids.refusal.nothingTyped", field: "text") }
        return OutlineReader.read(text)
    }

    private static func page(
        _ request: Request, _ open: OpenGrid, values: Fields, problems: [Problem], preview: (GridOutline, GridDraft, GridContent)? = nil
    ) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let title = words("grids.takeIn.title")
        let fields: [Markup] = [
            form.area("text", words("grids.takeIn.text"), hint: words("grids.takeIn.textHint"), rows: 12),
            form.file("file", words("grids.takeIn.file"), hint: words("grids.takeIn.fileHint"), accept: ".xlsx"),
        ]
        let shown = preview.map { TakeInView(request: request, open: open, outline: $0.0, draft: $0.1, content: $0.2).view } ?? .empty
        return open.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("grids.takeIn.lede"))</p>\(shown)
            \(form.form(to: "\(open.drafting)/reprise", button: words("grids.takeIn.preview"), keep: "grid-outline", isMultipart: true, style: preview == nil ? "button" : "button quiet", cancel: open.drafting, fields.joined()))
            """
        ).with { $0.problems = problems }
    }
}

/// What was read, before it is taken: each remark with its line, the grid as it would be.
struct TakeInView {
    let request: Request
    let open: OpenGrid
    let outline: GridOutline
    let draft: GridDraft
    let content: GridContent
    private var words: Words { request.words }

    var view: Markup {
        """
        <section><h2>\(words("grids.takeIn.read"))</h2>\(remarks(outline.faults, "fault"))\(remarks(outline.remarks.filter { !$0.isFault }, "aside"))\(outline.faults.isEmpty ? summary + take : .empty)\(tree)</section>
        """
    }

    private func remarks(_ remarks: [GridOutline.Remark], _ key: String) -> Markup {
        guard !remarks.isEmpty else { return .empty }
        let shown = remarks.prefix(30).map { remark -> Markup in
            let place = remark.line > 0 ? words("grids.takeIn.line", ["n": String(remark.line)]) : ""
            return "<li>\(place) \(words("grids.takeIn.remark.\(remark.kind.rawValue)", ["words": remark.words]))</li>"
        }
        let rest: Markup = remarks.count > 30 ? "<li>\(words("grids.takeIn.more", ["n": remarks.count - 30]))</li>" : .empty
        let role: Markup = key == "fault" ? " role=\"alert\"" : .empty
        return """
            <div class="notice\(key == "fault" ? " warning" : "")"\(role)><p>\(words("grids.takeIn.\(key)", ["n": remarks.count]))</p><ul>\(shown)\(rest)</ul></div>
            """
    }

    private var summary: Markup {
        let known = Set(draft.content.questions.map(\.id))
        let kept = content.questions.filter { known.contains($0.id) }
        let gone = known.subtracting(content.questions.map(\.id)).count
        return """
            <p><strong>\(words("grids.takeIn.summary", ["dimensions": content.dimensions.count, "questions": content.questions.count]))</strong> \(words("grids.takeIn.changes", ["new": content.questions.count - kept.count, "kept": kept.count, "gone": gone]))</p>
            """
    }

    private var take: Markup {
        let form = FormView(request)
        return form.form(
            to: "\(open.drafting)/reprise", button: words("grids.takeIn.button"), cancel: open.drafting,
            form.hidden("act", "take") + form.hidden("content", CanonicalJSON.encode(outline.json)))
    }

    private var tree: Markup {
        let items = content.dimensions.map { dimension -> Markup in
            let questions = dimension.questions.map { question -> Markup in
                let probes: Markup = question.probes.isEmpty ? .empty : "<ul>\(question.probes.map { "<li>\($0)</li>" as Markup })</ul>"
                return "<li>\(question.text)\(probes)</li>"
            }
            let list: Markup = questions.isEmpty ? .empty : "<ol>\(questions)</ol>"
            return "<li><strong>\(dimension.name)</strong>\(list)</li>"
        }
        return items.isEmpty ? .empty : "<ol>\(items)</ol>"
    }
}
