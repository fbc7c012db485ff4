import Community
import Database
import Formats
import Grids
import Platform

/// The researcher makes a version of the draft of a grid: frozen, hashed, and a revision of the text in which it is read,
/// compared and validated.
enum GridFreezing {
    static func post(_ request: Request) async throws -> Response {
        let form = request.form
        let programme = try await request.site.database.read { try ProgrammeFrame.load(request["programme"], $0, request) }
        return try await request.attempt {
            let text = try await request.site.amend(as: "grid.frozen", by: request.actor) { change in
                try change.require(.writeGrid, on: programme.id)
                guard let gridId = try Grids.core(programme.id, change)?.id else { throw NotFound() }
                if let first = try Grids.keepFirst(gridId, in: change) { try write(first, of: programme, in: change) }
                let version = try Grids.freeze(gridId, summary: form.line("summary"), in: change)
                let text = try write(version, of: programme, in: change)
                try change.trace("grid", gridId, programme: programme.id, ["number": String(version.number)])
                try tell(version, text, programme, in: change)
                return text
            }
            return .redirect(Done.path("/textes/\(text)", .frozen))
        } otherwise: { problems in
            refused(programme, problems, request)
        }
    }

    /// Versions and revisions go together: one of each, by the same number.
    @discardableResult private static func write(_ version: GridVersion, of programme: Programme, in change: Change) throws -> String {
        let words = change.site.words(programme.language)
        let (title, sections) = (GridText.title(programme, words), GridText.sections(version, words))
        let known = try Grids.text(of: version.gridId, change)
        if let known { try Texts.revise(known, title: title, sections: sections, summary: version.summary, in: change) }
        let text =
            try known
            ?? Texts.create(
                .grid, about: version.gridId, programme: programme.id, title: title, sections: sections, language: programme.language,
                audience: .community, scope: programme.id, in: change)
        try Grids.say(version.id, in: text, TextQueries.head(text, change).id, change)
        return text
    }

    /// Whoever asks for validations is told that there is something to ask about.
    private static func tell(_ version: GridVersion, _ text: String, _ programme: Programme, in change: Change) throws {
        let officers = try change.people(in: programme.id).filter { $0.role == .officer && $0.personId != change.actor.personId }
        for officer in officers {
            try change.write(
                to: officer.personId, "texts.mail.gridFrozen",
                ["person": change.viewer.name ?? "", "programme": programme.title, "number": version.number],
                opening: "/textes/\(text)/validation/demande", about: text)
        }
    }

    private static func refused(_ programme: Programme, _ problems: [Problem], _ request: Request) -> Page {
        let words = request.words
        let title = words("texts.grid.refused")
        let sentences = problems.map { "<p>\($0.sentence)</p>" as Markup }
        return programme.page(
            title, at: "", crumbs: [Crumb(words("texts.kind.grid"), "\(programme.path)/grille")], request,
            """
            <h1>\(title)</h1><div class="notice warning">\(sentences)</div><p class="acts"><a class="button" href="\(programme.path)/grille/brouillon">\(words("texts.grid.back"))</a></p>
            """)
    }
}

/// A version that its people found right becomes the grid in use.
enum GridAdoption {
    static func follow(_ validation: Validation, in change: Change) throws {
        guard !validation.hasChanged, let version = try Grids.version(ofRevision: validation.request.revisionId, change), version.adoptedAt == nil else { return }
        try Grids.adopt(version, in: change)
    }
}
