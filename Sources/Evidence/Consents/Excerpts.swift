import Database
import Formats
import Platform
import Texts
import Visits

/// What binds the state of a consent to who may read the words.
package enum Excerpts {
    /// An excerpt that this person may see, or could before it was taken away: its page then says so.
    /// - Throws: `NotFound`
    static func open(_ id: String, _ request: Request, _ reader: any Reader) throws -> (excerpt: Excerpt, thing: Protection) {
        let excerpt = try ExcerptQueries.excerpt(id, reader)
        let thing = try before(id, reader)
        guard request.site.policy.allows(.see, request.viewer, on: thing) else { throw NotFound() }
        return (excerpt, thing)
    }

    /// The right to change an excerpt, even one that was withdrawn.
    /// - Throws: `NotFound`, `Forbidden`
    static func require(_ right: Action, on id: String, _ change: Change) throws -> Excerpt {
        let excerpt = try ExcerptQueries.excerpt(id, change)
        let thing = try before(id, change)
        if change.actor.isSite { return excerpt }
        guard change.site.policy.allows(.see, change.viewer, on: thing) else { throw NotFound() }
        guard change.site.policy.allows(right, change.viewer, on: thing) else { throw Forbidden(right) }
        return excerpt
    }

    /// The protection as it is without the withdrawal.
    private static func before(_ id: String, _ reader: any Reader) throws -> Protection {
        guard var thing = try reader.protection(of: id) else { throw NotFound() }
        thing.withdrawnAt = nil
        return thing
    }

    /// Brings the audience, the search and the people told up to what was answered: a yes opens the words to the host, and to
    /// everybody where an open publication quotes them; no answer keeps them in the visiting group, a no takes them from
    /// everybody at once. Whoever shows them follows.
    static func settle(_ excerpt: Excerpt, in change: Change) throws {
        try reach(excerpt, in: change)
        for feature in change.site.features { try feature.settled?(excerpt.id, change) }
    }

    /// An open publication shows the words at this address: everybody reads them as long as the person agrees.
    package static func show(_ id: String, at path: String, in change: Change) throws {
        try put(path, on: id, in: change)
    }

    /// No open publication shows the words any more: they go back to the visiting group and its host.
    package static func close(_ id: String, in change: Change) throws { try put("", on: id, in: change) }

    private static func put(_ path: String, on id: String, in change: Change) throws {
        try change.run("UPDATE excerpt SET public_path = \(path) WHERE id = \(id)")
        try reach(ExcerptQueries.excerpt(id, change), in: change)
    }

    private static func reach(_ excerpt: Excerpt, in change: Change) throws {
        guard let thing = try change.protection(of: excerpt.id) else { throw NotFound() }
        let allowance = try ExcerptQueries.allowances(of: [excerpt], change)[excerpt.id] ?? .pending
        if allowance.isHidden {
            guard thing.withdrawnAt == nil else { return }
            try change.withdraw(excerpt.id)
            try change.unindex(excerpt.id)
            return try tell(excerpt, in: change)
        }
        if thing.withdrawnAt != nil { try change.restore(excerpt.id) }
        let visit = try VisitQueries.load(id: excerpt.visitId, change)
        let isPublic = allowance == .given && !excerpt.publicPath.isEmpty
        let scope = allowance == .given ? visit.circleId : visit.delegationId
        let audience = isPublic ? Audience.everyone : .scope
        if audience < thing.audience || allowance != .given {
            try change.narrow(excerpt.id, to: audience, scope: scope)
        } else {
            try change.widen(excerpt.id, to: audience, scope: scope)
        }
        try ExcerptIndex.put(excerpt, at: isPublic ? excerpt.publicPath : "/extraits/\(excerpt.id)", in: change)
    }

    /// Tells those who were asked to validate a text that quoted the words, and those who answered, that a quotation is
    /// gone: which text, never which words nor whose.
    static func tell(_ excerpt: Excerpt, in change: Change) throws {
        let texts = try ExcerptQueries.everQuoting(excerpt.id, change)
        for text in texts {
            try change.trace("text", text.id, programme: excerpt.programmeId, as: "text.quotationWithdrawn")
            let people = try change.texts(
                """
                SELECT DISTINCT person_id FROM validator JOIN validation_request ON validation_request.id = request_id
                WHERE text_id = \(text.id)
                UNION SELECT person_id FROM endorsement JOIN validation_request ON validation_request.id = request_id
                WHERE text_id = \(text.id)
                """)
            for person in Set(people) {
                try TextMail.send("evidence.mail.withdrawn", ["text": text.title], to: person, about: text.id, in: change)
            }
        }
    }
}
