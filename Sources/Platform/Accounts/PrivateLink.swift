import Database
import Formats

/// A link for somebody without account: it opens one object, for one purpose, until a date. Opening it changes nothing,
/// so that a mail scanner uses nothing up.
public struct PrivateLink: Sendable {
    public let id: String
    public let personId: String
    public let objectId: String
    public let purpose: String
    public let expiresAt: Instant
    let viewer: Viewer
}

enum PrivateLinks {
    private struct Row: Decodable {
        var id: String
        var personId: String
        var name: String
        var objectId: String
        var purpose: String
        var expiresAt: Instant
        var revokedAt: Instant?
        var disownedAt: Instant?
    }

    /// The link of a secret.
    /// - Throws: `DeadLink` when it is unknown, over or revoked.
    static func open(_ secret: String, site: Site) async throws -> PrivateLink {
        let now = site.now()
        return try await site.database.read { reader in
            let row = try reader.first(
                Row.self,
                """
                SELECT private_link.id, person_id, person.name, object_id, purpose, expires_at, revoked_at, disowned_at FROM private_link
                JOIN person ON person.id = private_link.person_id
                WHERE secret_hash = \(Secrets.sha256(secret))
                """)
            guard let row else { throw DeadLink() }
            guard row.revokedAt == nil, row.expiresAt > now else { throw DeadLink(try end(of: row, now, reader)) }
            let viewer = Viewer(
                personId: row.personId, name: row.name, roles: try reader.roles(of: row.personId),
                onlyObject: row.objectId)
            return PrivateLink(
                id: row.id, personId: row.personId, objectId: row.objectId, purpose: row.purpose,
                expiresAt: row.expiresAt, viewer: viewer)
        }
    }

    /// Why a link is over, when something else is to be done about it than to ask for a new one.
    private static func end(of row: Row, _ now: Instant, _ reader: any Reader) throws -> DeadLink.End {
        let isReplaced = try reader.exists(
            """
            SELECT 1 FROM private_link WHERE object_id = \(row.objectId) AND person_id = \(row.personId) AND purpose = \(row.purpose)
                AND id <> \(row.id) AND revoked_at IS NULL AND expires_at > \(now)
            """)
        return row.disownedAt != nil ? .disowned : isReplaced ? .replaced : .over
    }
}

extension Change {
    /// Makes a private link and answers its secret, which is kept nowhere: put it in a mail or show it once.
    public func makeLink(to objectId: String, for personId: String, purpose: String, until: Instant) throws -> String {
        let secret = Secrets.token()
        try run(
            """
            INSERT INTO private_link (id, secret_hash, person_id, object_id, purpose, created_at, expires_at)
            VALUES (\(newId()), \(Secrets.sha256(secret)), \(personId), \(objectId), \(purpose), \(now), \(until))
            """)
        return secret
    }

    /// Ends the links of a person to an object.
    public func revokeLinks(to objectId: String, for personId: String) throws {
        try run(
            """
            UPDATE private_link SET revoked_at = \(now)
            WHERE object_id = \(objectId) AND person_id = \(personId) AND revoked_at IS NULL
            """)
    }
}
