import Database
import Formats
import Platform

/// What somebody is writing in a section and has not made a revision of.
public struct Draft: Sendable, Codable, Equatable {
    public var baseId: String
    public var body: String
    public var updatedAt: Instant
}

/// Somebody else at work in a section right now.
struct Presence: Sendable, Codable, Equatable {
    var name: String
    var updatedAt: Instant
}

enum DraftQueries {
    /// What the history calls a draft: apart from its text, whose history is not filled with autosaves.
    static func key(_ textId: String, _ section: String, _ personId: String) -> String { "\(textId)/\(section)/\(personId)" }

    /// One's own draft of a section; the drafts of others are shown to nobody.
    static func own(_ textId: String, _ section: String, of personId: String, _ reader: any Reader) throws -> Draft? {
        try reader.first(
            Draft.self,
            """
            SELECT base_id, body, updated_at FROM draft
            WHERE text_id = \(textId) AND section_key = \(section) AND person_id = \(personId)
            """)
    }

    static func keep(_ body: String, _ textId: String, _ section: String, of personId: String, base: String, in change: Change) throws {
        try change.run(
            """
            INSERT INTO draft (text_id, section_key, person_id, base_id, body, updated_at)
            VALUES (\(textId), \(section), \(personId), \(base), \(CleanText.normalize(body)), \(change.now))
            ON CONFLICT (text_id, section_key, person_id)
            DO UPDATE SET base_id = excluded.base_id, body = excluded.body, updated_at = excluded.updated_at
            """)
    }

    static func forget(_ textId: String, _ section: String, of personId: String, in change: Change) throws {
        try change.run(
            "DELETE FROM draft WHERE text_id = \(textId) AND section_key = \(section) AND person_id = \(personId)")
    }

    /// Who else wrote in this section in the last five minutes.
    static func others(
        _ textId: String, _ section: String, besides personId: String, at now: Instant, _ reader: any Reader
    ) throws
        -> [Presence]
    {
        try reader.all(
            Presence.self,
            """
            SELECT person.name, draft.updated_at FROM draft JOIN person ON person.id = draft.person_id
            WHERE text_id = \(textId) AND section_key = \(section) AND person_id <> \(personId)
                AND draft.updated_at > \(now - .minutes(5))
            ORDER BY draft.updated_at DESC
            """)
    }
}
