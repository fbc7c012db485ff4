import Database
import Formats
import Platform

/// Taking off an excerpt that was made by mistake, while nothing was built on it: it is then as if it had not been made.
enum RemovalActs {
    static func remove(_ request: Request) async throws -> Response {
        let id = request["excerpt"]
        let form = request.form
        return try await request.attempt {
            let programme = try await request.site.amend(as: "excerpt.removed", by: request.actor, isPublic: false) { change in
                let excerpt = try Excerpts.require(.citeNote, on: id, change)
                guard try ExcerptQueries.isLoose(excerpt, change) else { throw Refused("evidence.refusal.notLoose", field: "mistake") }
                guard form.has("mistake") else { throw Refused("evidence.refusal.mistakeNotConfirmed", field: "mistake") }
                try ExcerptQueries.remove(excerpt, in: change)
                try change.trace("excerpt", id, programme: excerpt.programmeId)
                return excerpt.programmeId
            }
            let slug = try await request.site.database.read { try $0.text("SELECT slug FROM programme WHERE id = \(programme)") }
            return .redirect("/programmes/\(slug ?? "")/extraits?fait=removed")
        } otherwise: { problems in
            try await ExcerptPage.page(request, typed: form, problems: problems)
        }
    }
}

/// « Supprimer cet extrait (erreur de saisie) ».
struct RemovalView {
    let request: Request
    let facts: ExcerptFacts
    let typed: Fields?
    let problems: [Problem]

    var section: Markup {
        guard facts.isLoose else { return .empty }
        let words = request.words
        let isTyped = problems.contains { $0.field == "mistake" }
        let form = FormView(request, values: isTyped ? typed ?? Fields() : Fields(), problems: isTyped ? problems : [])
        return """
            <details id="suppression" class="no-print"\(Markup.flag("open", if: isTyped))><summary>\(words("evidence.removal.open"))</summary><p>\(words("evidence.removal.text"))</p>
            \(form.form(to: "/extraits/\(facts.excerpt.id)/suppression", button: words("evidence.removal.button"), style: "button quiet", form.check("mistake", words("evidence.removal.confirm"))))</details>
            """
    }
}
