import Database
import Formats
import Notes
import Platform
import Texts

/// Somebody quoted asks that nothing of them be kept: the words go, from the excerpt and from the note they come from, with
/// who said them and what proved the consent. The commitment stays: the chain of texts still holds.
enum ExcerptErasure {
    static let erase: @Sendable (String, Change) throws -> Void = { id, change in
        let excerpt = try ExcerptQueries.excerpt(id, change)
        for one in try [excerpt] + ExcerptQueries.sharing(excerpt, change) {
            let dotted: (String) -> String = { Withheld.dotted(one.words, in: $0) }
            try ConsentActs.take(one, in: change)
            switch one.source {
            case .block: try NoteErasure.take(outOf: one.sourceId, in: change, dotted)
            case .revision: try TextErasure.take(outOf: one.sourceId, in: change, dotted)
            }
            // What surrounds the words of other excerpts.
            for other in try change.all(Excerpt.self, "SELECT * FROM excerpt WHERE source = \(one.source) AND source_id = \(one.sourceId)") {
                try change.run(
                    """
                    UPDATE excerpt SET words_before = \(dotted(other.wordsBefore)), words_after = \(dotted(other.wordsAfter))
                    WHERE id = \(other.id)
                    """)
            }
            try empty(one.id, in: change)
        }
    }

    /// An author is erased: of their notes, the words that their speakers agreed to stay, alone; those signed with the name of
    /// the person go.
    static let follow: @Sendable (Erasure, Change) throws -> Void = { erasure, change in
        guard erasure.isComplete else { return }
        let own = try change.all(
            Excerpt.self,
            """
            SELECT * FROM excerpt WHERE erased_at IS NULL AND (
                source = 'block' AND source_id IN (SELECT id FROM note_block WHERE author_id = \(erasure.personId))
                OR source = 'revision' AND source_id IN (SELECT revision.id FROM revision JOIN text ON text.id = text_id
                    WHERE text.author_id = \(erasure.personId) AND text.kind = \(TextKind.impression)))
            ORDER BY id
            """)
        let allowances = try ExcerptQueries.allowances(of: own, change)
        for excerpt in own {
            try change.run("UPDATE excerpt SET words_before = '', words_after = '' WHERE id = \(excerpt.id)")
            guard allowances[excerpt.id] != .given else { continue }
            try ConsentActs.take(excerpt, in: change)
            try empty(excerpt.id, in: change)
        }
        let named = try change.all(Excerpt.self, "SELECT * FROM excerpt WHERE erased_at IS NULL AND shown_as <> '' ORDER BY id")
        for excerpt in named where erasure.names(excerpt.shownAs) { try erase(excerpt.id, change) }
    }

    private static func empty(_ id: String, in change: Change) throws {
        for file in try change.texts("SELECT proof_file_id FROM consent WHERE excerpt_id = \(id) AND proof_file_id IS NOT NULL") {
            try change.run("UPDATE consent SET proof_file_id = NULL WHERE proof_file_id = \(file)")
            try change.forget(file: file)
        }
        try change.run("UPDATE consent SET proof = '' WHERE excerpt_id = \(id)")
        try change.run("UPDATE consent_cancellation SET reason = \(Erasure.emptied) WHERE excerpt_id = \(id)")
        try change.run(
            """
            UPDATE excerpt SET words = '', words_before = '', words_after = '', salt = '', speaker = NULL, shown_as = '',
                attribution = 'none', erased_at = \(change.now)
            WHERE id = \(id)
            """)
        try change.unindex(id)
    }

    /// The form of whoever records consents.
    static func post(_ request: Request) async throws -> Response {
        let id = request["excerpt"]
        let form = request.form
        return try await request.attempt {
            try await request.site.amend(as: "excerpt.erased", by: request.actor) { change in
                let excerpt = try Excerpts.require(.recordConsent, on: id, change)
                guard form.has("erase") else { throw Refused("evidence.refusal.notConfirmed", field: "erase") }
                try Erasures.erase("excerpt", id, in: change)
                try change.trace("excerpt", id, programme: excerpt.programmeId)
            }
            try await Erasures.settle(request.site)
            return .redirect("/extraits/\(id)?fait=erased")
        } otherwise: { problems in
            try await ExcerptPage.page(request, typed: form, problems: problems)
        }
    }

    /// « Tout effacer », under the words that were withdrawn.
    static func section(_ request: Request, _ facts: ExcerptFacts, problems: [Problem]) -> Markup {
        let words = request.words
        guard facts.mayRecord else { return .empty }
        guard facts.excerpt.erasedAt == nil else { return "<p>\(words("evidence.erasure.done"))</p>" }
        let form = FormView(request, problems: problems)
        return """
            <section class="no-print"><h2>\(words("evidence.erasure.title"))</h2><p>\(words("evidence.erasure.text"))</p>\(form.form(
                to: "/extraits/\(facts.excerpt.id)/effacement", button: words("evidence.erasure.button"), style: "button danger",
                form.check("erase", words("evidence.erasure.confirm"))))</section>
            """
    }
}
