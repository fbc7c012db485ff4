import Database
import Formats
import Platform

extension ProgrammeImport {
    /// Creates a programme from its first visit, and answers where to go on: the page of the visit.
    func begin(
        _ beginning: ProgrammeBeginning, _ start: ProgrammeStart, by actor: Actor, in site: Site, _ words: Words
    )
        async throws -> String
    {
        try await site.amend(as: "programme.started", by: actor) { change in
            try change.require(.startProgramme)
            let file = beginning.file(slug: try Self.freeSlug(beginning.name, change), words)
            let visit = try save(file, for: beginning.audience, in: change).visits[beginning.visitSlug]
            if let day = beginning.firstDay, let visit { try start.plan(visit, day, change) }
            return "/programmes/\(file.slug)/visites/\(beginning.visitSlug)"
        }
    }

    /// An address drawn from a name, that no programme has.
    private static func freeSlug(_ name: String, _ reader: any Reader) throws -> String {
        let base = French.slug(name).isEmpty ? "programme" : French.slug(name)
        var slug = base
        var number = 2
        while try reserved.contains(slug) || reader.exists("SELECT 1 FROM programme WHERE slug = \(slug)") {
            slug = "\(base)-\(number)"
            number += 1
        }
        return slug
    }
}
