import Database
import Formats
import Platform

/// Who reads the first page of a programme: everybody, or its people. What is published in it is public in any case.
enum ProgrammeAudience {
    static let choices: [Audience] = [.community, .everyone]

    static func read(_ form: Fields) -> Audience? {
        Audience(rawValue: form.line("audience")).flatMap { choices.contains($0) ? $0 : nil }
    }

    /// The choice, with its sentence.
    static func field(_ form: FormView) -> Markup {
        let words = form.request.words
        return form.choices(
            "audience", words("community.audience.legend"), hint: words("community.audience.hint"),
            options: choices.map { ($0.rawValue, words("community.audience.of.\($0.rawValue)")) })
    }

    /// Opens or closes the first page, and what is read with it; written in the history.
    static func set(_ audience: Audience, of programme: String, in change: Change) throws {
        let kinds = change.site.features.flatMap(\.readWithProgramme)
        let others = try change.texts("SELECT object_id FROM access WHERE programme_id = \(programme) AND kind IN \(list: kinds) ORDER BY object_id")
        for thing in [programme] + others {
            guard let known = try change.protection(of: thing), known.audience != audience else { continue }
            if audience > known.audience { try change.widen(thing, to: audience) } else { try change.narrow(thing, to: audience) }
        }
    }
}
