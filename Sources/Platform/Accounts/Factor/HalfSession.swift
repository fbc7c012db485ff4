import Database
import Formats

/// A log-in whose password or link was right and that waits for the code of the second factor. It opens nothing else.
struct HalfSession: Sendable, Decodable {
    static let minutes = 15
    /// Wrong codes after which one begins again, and its owner is told.
    static let mostTries = 5

    var tokenHash: String
    var personId: String
    var email: String?

    /// Opens one with a token never used before, and answers the cookie.
    static func open(for personId: String, in change: Change) throws -> String {
        let token = Secrets.token()
        try change.run("DELETE FROM half_session WHERE created_at <= \(change.now - .minutes(minutes))")
        try change.run(
            "INSERT INTO half_session (token_hash, person_id, created_at) VALUES (\(Secrets.sha256(token)), \(personId), \(change.now))")
        try change.trace("account", personId, as: "account.codeAsked")
        return token
    }

    /// The one of this browser; nil when there is none, or it is over.
    static func resume(_ request: Request) async throws -> HalfSession? {
        guard let cookie = request.cookies[request.site.configuration.sessionCookie], cookie.utf8.count == 43 else { return nil }
        let now = request.now
        return try await request.site.database.read { reader in
            try reader.first(
                HalfSession.self,
                """
                SELECT token_hash, half_session.person_id, person.email FROM half_session
                JOIN account ON account.person_id = half_session.person_id JOIN person ON person.id = half_session.person_id
                WHERE token_hash = \(Secrets.sha256(cookie)) AND half_session.created_at > \(now - .minutes(minutes))
                    AND account.closed_at IS NULL
                """)
        }
    }

    /// Ends it; of two codes at the same time, one enters.
    func end(in change: Change) throws {
        let ended = try change.run("DELETE FROM half_session WHERE token_hash = \(tokenHash)")
        guard ended == 1 else { throw Refused("platform.code.over") }
    }

    /// Counts a wrong code. After too many it is over, and its owner learns, once a day, that somebody has their password.
    func failed(in change: Change) throws {
        try change.trace("account", personId, as: "account.codeRefused")
        try change.run("UPDATE half_session SET tries = tries + 1 WHERE token_hash = \(tokenHash)")
        let ended = try change.run("DELETE FROM half_session WHERE token_hash = \(tokenHash) AND tries >= \(Self.mostTries)")
        guard ended == 1 else { return }
        let isTold = try change.exists(
            """
            SELECT id FROM audit WHERE object_id = \(personId) AND action = 'account.codesExhausted' AND at > \(change.now - .days(1))
            """)
        guard !isTold else { return }
        try change.trace("account", personId, as: "account.codesExhausted")
        try change.write(to: personId, "platform.mail.codesExhausted", opening: "/compte")
    }
}
