import Community
import Database
import Formats
import Platform

/// A question at its own address, for ever: its words in each version, what members say of it.
enum QuestionPage {
    private struct Shown: Sendable {
        var drafted: GridContent.Question?
        var inUse: GridContent.Question?
        var versions: [(number: Int, question: GridContent.Question)]
        var comments: [GridComment]

        /// As it is said today: in the draft, in use, or as it last was.
        var question: GridContent.Question? { drafted ?? inUse ?? versions.first?.question }
    }

    static func show(_ request: Request, _ open: OpenGrid) async throws -> Response { .page(try await page(request, open)) }

    static func page(_ request: Request, _ open: OpenGrid, values: Fields = Fields(), problems: [Problem] = []) async throws -> Page {
        let id = request["question"]
        guard let core = open.core else { throw NotFound() }
        let shown = try await request.site.database.read { reader in
            Shown(
                drafted: try Grids.draft(core.id, reader)?.content.question(id), inUse: core.content.question(id),
                versions: try Grids.versions(core.id, reader).compactMap { version in version.content.question(id).map { (version.number, $0) } },
                comments: try Comments.of(id, core.id, reader))
        }
        let retired = try await request.site.database.read { try Grids.everyQuestion(open.programme.id, $0).first { $0.id == id } }
        guard let question = shown.question ?? retired.map({ .init(id: $0.id, key: $0.key, text: $0.text) }) else { throw NotFound() }
        let words = request.words
        let view: Markup = """
            <p class="kind">\(words("grids.question.kind"))</p><h1>\(question.text)</h1><p class="state-line">\(state(shown, retired, words))</p>
            \(GridPieces.probes(question.probes, words))\(history(shown, words))
            <section id="commentaires"><h2>\(words("grids.comment.title"))</h2>\(list(shown.comments, request, open))\(form(request, open, id, values, problems))</section>
            """
        return open.page(words("grids.question.kind"), request, shape: .reading, view).with { $0.problems = problems }
    }

    private static func state(_ shown: Shown, _ retired: AskedQuestion?, _ words: Words) -> Markup {
        let (key, mark) =
            shown.inUse != nil ? ("inUse", "validated") : shown.drafted != nil ? ("drafted", "draft") : retired != nil ? ("retired", "none") : ("left", "none")
        return "<span class=\"state\" data-state=\"\(mark)\">\(words("grids.question.\(key)"))</span>"
    }

    /// How it was said in each version, where it was said otherwise.
    private static func history(_ shown: Shown, _ words: Words) -> Markup {
        var lines: [Markup] = []
        var last = shown.question
        for (number, question) in shown.versions where question != last {
            lines.append("<li>\(words("grids.question.inVersion", ["n": number])) \(words.quoted(question.text))</li>")
            last = question
        }
        guard !lines.isEmpty else { return .empty }
        return "<details><summary>\(words("grids.question.history"))</summary><ul>\(lines)</ul></details>"
    }

    private static func list(_ comments: [GridComment], _ request: Request, _ open: OpenGrid) -> Markup {
        let words = request.words
        guard !comments.isEmpty else { return "<p>\(words("grids.comment.none"))</p>" }
        let items = comments.map { comment -> Markup in
            guard comment.removedAt == nil else { return "<li><p class=\"meta\">\(words("grids.comment.removed", ["name": comment.author]))</p></li>" }
            let base = "\(open.path)/commentaires/\(comment.id)"
            let remove = comment.authorId == request.viewer.personId ? request.act("\(base)/retrait", words("grids.comment.remove"), style: "link") : .empty
            let settled: Markup =
                comment.settledAt.map { moment in
                    let reply: Markup = comment.reply.isEmpty ? .empty : "<p class=\"words\">\(comment.reply)</p>"
                    return """
                        <p class="meta">\(words("grids.comment.settled", ["name": comment.settler ?? ""])) \(words.element(moment))</p>\(reply)
                        """
                } ?? answer(request, open, base, comment.id)
            return """
                <li><p class="meta"><strong>\(comment.author)</strong> \(words.element(comment.writtenAt))</p><p class="words">\(comment.body)</p>\(settled)\(remove)</li>
                """
        }
        return "<ol class=\"entries\">\(items)</ol>"
    }

    private static func answer(_ request: Request, _ open: OpenGrid, _ base: String, _ id: String) -> Markup {
        guard open.mayWrite else { return .empty }
        let words = request.words
        let form = FormView(request)
        return """
            <details class="no-print"><summary>\(words("grids.comment.answer"))</summary>\(form.form(to: "\(base)/suite", button: words("grids.comment.settle"), style: "button quiet", form.input("reply", words("grids.comment.reply"), hint: words("grids.comment.replyHint"), id: "reply-\(id)")))</details>
            """
    }

    private static func form(_ request: Request, _ open: OpenGrid, _ id: String, _ values: Fields, _ problems: [Problem]) -> Markup {
        guard open.mayComment else { return .empty }
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        return form.form(
            to: "\(open.path)/questions/\(id)/commentaires", button: words("grids.comment.button"), keep: "grid-comment-\(id)",
            form.area("body", words("grids.comment.label"), hint: words("grids.comment.hint"), rows: 4, isRequired: true))
    }
}
