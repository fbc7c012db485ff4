import Database
import Formats
import Platform

/// A dimension of the draft, new or known: its name, what it is about.
enum DimensionPage {
    /// In an address, the one that is not there yet.
    static let new = "nouvelle"

    static func show(_ request: Request, _ open: OpenGrid) async throws -> Response {
        let known = try await known(request, open)
        return .page(page(request, open, known, values: values(known), problems: []))
    }

    static func save(_ request: Request, _ open: OpenGrid) async throws -> Response {
        let (form, id) = (request.form, request["dimension"])
        let known = try await known(request, open)
        return try await request.attempt {
            let (name, description) = try GridLimits.dimension(form)
            try await DraftActs.edit(open, request, as: known == nil ? "grid.dimensionAdded" : "grid.dimensionNamed") { draft, change in
                guard known != nil else {
                    let key = GridKeys.dimension(name, besides: try DraftActs.keys(draft, open, change))
                    return try draft.add(.init(id: change.newId(), key: key, name: name, description: description))
                }
                guard let now = draft.content.dimension(id) else { throw NotFound() }
                try FormBase(values(now)).check(form)
                try draft.name(id, name, description)
            }
            return .redirect(Done.path(open.drafting, .dimension) + (known == nil ? "" : "#\(id)"))
        } otherwise: { problems in
            page(request, open, known, values: form, problems: problems)
        }
    }

    private static func known(_ request: Request, _ open: OpenGrid) async throws -> GridContent.Dimension? {
        let id = request["dimension"]
        let draft = try await request.site.database.read { try DraftActs.draft(open, $0) }
        guard id != new else { return nil }
        guard let dimension = draft.content.dimension(id) else { throw NotFound() }
        return dimension
    }

    private static func values(_ dimension: GridContent.Dimension?) -> Fields {
        Fields([("name", dimension?.name ?? ""), ("description", dimension?.description ?? "")])
    }

    private static func page(
        _ request: Request, _ open: OpenGrid, _ known: GridContent.Dimension?, values: Fields, problems: [Problem]
    ) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let base = FormBase(self.values(known))
        let title = words(known == nil ? "grids.dimension.new" : "grids.dimension.edit")
        let now = known.map { [(words("grids.dimension.name"), $0.name), (words("grids.dimension.description"), $0.description)] } ?? []
        let fields: [Markup] = [
            known == nil ? .empty : base.field(form),
            form.input("name", words("grids.dimension.name"), hint: words("grids.dimension.nameHint"), isRequired: true),
            form.area("description", words("grids.dimension.description"), hint: words("grids.dimension.descriptionHint"), rows: 4),
        ]
        return open.page(
            title, request,
            """
            <h1>\(title)</h1>\(known == nil ? .empty : base.now(values, now.map { (label: $0.0, value: $0.1) }, words))
            \(form.form(to: "\(open.drafting)/dimensions/\(known?.id ?? new)", button: words("grids.dimension.button"), keep: "grid-dimension-\(known?.id ?? new)", cancel: open.drafting, fields.joined()))
            """)
    }
}
