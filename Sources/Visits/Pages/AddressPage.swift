import Community
import Database
import Formats
import Platform

/// The name of a visit and the last part of its address.
enum AddressPage {
    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response {
        .page(
            page(
                open.visit, request, values: Fields([("name", open.visit.name), ("slug", open.visit.slug)]),
                problems: []))
    }

    static func save(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let id = open.visit.id
        let form = request.form
        return try await request.attempt {
            let path = try await request.site.amend(as: "visit.renamed", by: request.actor) { change in
                try change.require(.manageVisit, on: id)
                var visit = try VisitQueries.load(id: id, change)
                let before = visit.slug
                visit.name = form.line("name")
                guard !visit.name.isEmpty else { throw VisitRefusal.nameMissing }
                let slug = form.optional("slug") ?? visit.slug
                try VisitAddress.move(visit, to: slug, in: change)
                visit.slug = slug
                try VisitQueries.save(visit, in: change)
                try rename(visit, change)
                try change.trace("visit", id, programme: visit.programmeId, ["from": before, "to": slug])
                return visit.path
            }
            return .redirect(Done.path(path, .name))
        } otherwise: { problems in
            page(open.visit, request, values: form, problems: problems)
        }
    }

    /// The circles bear the name of the visit.
    private static func rename(_ visit: Visit, _ change: Change) throws {
        let words = change.site.words(try Programme.load(id: visit.programmeId, change).language)
        try Scopes.rename(visit.delegationId, to: words("visits.scope.delegation", ["visit": visit.name]), in: change)
        try Scopes.rename(visit.circleId, to: words("visits.scope.circle", ["visit": visit.name]), in: change)
    }

    private static func page(_ visit: Visit, _ request: Request, values: Fields, problems: [Problem]) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let title = words("visits.address.title", ["visit": visit.name])
        let address = request.site.configuration.link("/programmes/\(visit.programmeSlug)/visites/")
        let fields: [Markup] = [
            form.input("name", words("visits.new.name"), isRequired: true),
            form.input(
                "slug", words("visits.address.slug"), hint: words("visits.address.slugHint", ["address": address]),
                width: "medium"),
        ]
        return visit.page(
            title, request,
            """
            <h1>\(title)</h1>
            \(form.form(to: "\(visit.path)/adresse", button: words("visits.address.button"), cancel: visit.path, fields.joined()))
            """)
    }
}
