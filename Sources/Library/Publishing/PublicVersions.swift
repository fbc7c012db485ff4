import Database
import Formats
import Platform
import Texts

/// « Préparer une version publique » : a text drawn from a synthesis, with the same sections and quotations, that goes its own way.
enum PublicVersions {
    static func draw(_ request: Request) async throws -> Response {
        let id = request["text"]
        return try await request.attempt(
            {
                let drawn = try await request.site.amend(as: "text.drawn", by: request.actor) { change in
                    let thing = try change.require(.writeSynthesis, on: id)
                    return try draw(from: id, thing, in: change)
                }
                return .redirect("/textes/\(drawn)")
            },
            otherwise: { problems in
                Page(
                    request.words("library.draw.title"), shape: .narrow,
                    "<h1>\(request.words("library.draw.title"))</h1>\(problems.map { "<p>\($0.sentence)</p>" as Markup })<p><a href=\"/textes/\(id)\">\(request.words("library.draw.back"))</a></p>")
            })
    }

    /// The public version of a synthesis, made once: the same sections, quotations and reasons for blanks.
    /// - Returns: the identifier of the public version, new or already there.
    static func draw(from textId: String, _ thing: Protection, in change: Change) throws -> String {
        let text = try TextQueries.text(textId, change)
        guard text.kind == .synthesis else { throw Refused("library.refusal.notSynthesis") }
        if let known = try of(textId, change) {
            try change.trace("text", textId, programme: text.programmeId, ["drawn": known])
            return known
        }
        let head = try TextQueries.head(textId, change)
        guard !head.plain.isEmpty else { throw Refused("library.refusal.blank") }
        let id = try Texts.create(
            .publicVersion, about: text.subjectId, programme: text.programmeId, title: change.site.words(text.language)("library.draw.named", ["title": head.title]), sections: head.sections,
            language: text.language, author: change.actor.personId, audience: thing.audience, scope: thing.scopeId,
            drawnFrom: textId, in: change)
        try change.run(
            """
            INSERT INTO text_blank (text_id, dimension_id, reason)
            SELECT \(id), dimension_id, reason FROM text_blank WHERE text_id = \(textId)
            """)
        try change.trace("text", textId, programme: text.programmeId, ["drawn": id])
        return id
    }

    /// The public version already drawn from a text.
    static func of(_ textId: String, _ reader: any Reader) throws -> String? {
        try reader.text("SELECT id FROM text WHERE drawn_from_id = \(textId) AND kind = 'public_version' ORDER BY created_at LIMIT 1")
    }
}
