import Formats
import Grids
import Platform
import Visits

/// The form that proposes one change for a visit.
enum ChangePage {
    static func show(_ request: Request, _ open: OpenInquiry) async throws -> Response {
        let kind = request.query["genre"].flatMap(GridChange.Kind.init) ?? .add
        let id = request.query.line("question")
        let item = open.grid.item(id)
        guard kind == .add || item != nil else { throw NotFound() }
        let place = open.grid.part(of: id)?.items.firstIndex { $0.id == id }.map { String($0 + 1) }
        return .page(
            page(
                request, open,
                values: Fields([
                    ("kind", kind.rawValue), ("question", id), ("dimension", request.query.line("dimension")),
                    ("text", kind == .reword ? item?.text ?? "" : ""), ("probes", kind == .reword ? item?.probes.joined(separator: "\n") ?? "" : ""),
                    ("place", place ?? ""),
                ]), problems: []))
    }

    static func page(_ request: Request, _ open: OpenInquiry, values: Fields, problems: [Problem]) -> Page {
        let words = request.words
        let kind = GridChange.Kind(rawValue: values.line("kind")) ?? .add
        let form = FormView(request, values: values, problems: problems)
        let item = open.grid.item(values.line("question"))
        let title = words("inquiries.change.\(kind.rawValue)")
        let common: Markup =
            item.map { item in
                "<blockquote><p><strong>\(item.text)</strong></p>\(GridPieces.probes(item.probes, words))</blockquote>"
            } ?? .empty
        return open.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("inquiries.change.lede", ["visit": open.visit.name]))</p>\(general(problems))\(common)
            \(form.form(to: open.changing, button: words(open.mayApprove ? "inquiries.change.approve" : "inquiries.change.propose"), keep: "grid-change-\(open.visit.id)-\(kind.rawValue)-\(item?.id ?? "")", cancel: open.path, form.hidden("kind", kind.rawValue) + form.hidden("question", item?.id ?? "") + fields(kind, item, open, form, words)))
            """
        ).with { $0.problems = problems }
    }

    /// What is wrong with no field of the form.
    static func general(_ problems: [Problem]) -> Markup {
        let sentences = problems.filter { $0.field == nil }.map { "<p class=\"notice warning\">\($0.sentence)</p>" as Markup }
        return sentences.joined()
    }

    private static func fields(_ kind: GridChange.Kind, _ item: VisitGrid.Item?, _ open: OpenInquiry, _ form: FormView, _ words: Words) -> Markup {
        let reason = form.area("reason", words("inquiries.change.reason"), hint: words("inquiries.change.reasonHint.\(kind.rawValue)"), rows: 2, isRequired: kind == .skip)
        switch kind {
        case .add:
            return form.select("dimension", words("grids.question.dimension"), options: open.grid.parts.map { ($0.id, $0.name) })
                + QuestionFields.view(form, words) + reason
        case .reword: return QuestionFields.view(form, words) + reason
        case .skip: return reason
        case .move:
            let places = open.grid.part(of: item?.id ?? "")?.items.enumerated().map { index, other in
                (value: String(index + 1), label: words("inquiries.change.placeOption", ["n": index + 1, "question": String(other.text.prefix(70))]))
            }
            return form.select("place", words("inquiries.change.place"), options: places ?? []) + reason
        }
    }
}
