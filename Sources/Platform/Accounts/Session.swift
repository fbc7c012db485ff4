import Database
import Formats

/// A person's way in, opened at log-in on one device, ended by them, by rest or by age.
public struct Session: Sendable {
    /// SHA-256 of the cookie: the cookie itself is kept nowhere.
    public let tokenHash: String
    public let viewer: Viewer
    public let language: Language?
    public let createdAt: Instant
    /// The hash of its first cookie: forms shown before the cookie was renewed stay good.
    let origin: String
    /// When its owner last showed who they are: at log-in, or since.
    let provenAt: Instant
    let hasFactor: Bool

    /// Ended after a week without visit, and after thirty days in any case.
    static let idle = Duration.days(7)
    static let age = Duration.days(30)
    /// How long somebody who has shown who they are does not have to show it again.
    static let proof = Duration.minutes(10)

    func isProven(at now: Instant) -> Bool { provenAt + Self.proof > now && now + Self.proof > provenAt }
}

package enum Sessions {
    private struct Row: Decodable {
        var personId: String
        var name: String
        var language: Language?
        var isAdministrator: Bool
        var createdAt: Instant
        var seenAt: Instant
        var origin: String
        var provenAt: Instant
        var hasFactor: Bool
    }

    /// The session of a cookie; nil when it is unknown or over. One read; a write at most every ten minutes.
    /// - Parameter isVisit: false when a page asks by itself: a session does not last by being left open.
    static func resume(_ cookie: String, isVisit: Bool = true, site: Site) async throws -> Session? {
        guard cookie.utf8.count == 43 else { return nil }
        let hash = Secrets.sha256(cookie)
        let now = site.now()
        let known = try await site.database.read { reader -> (Row, [String: Set<Role>])? in
            let row = try reader.first(
                Row.self,
                """
                SELECT session.person_id, person.name, person.language, account.is_administrator, session.created_at,
                    session.seen_at, COALESCE(session.origin, session.token_hash) AS origin,
                    COALESCE(session.proven_at, session.created_at) AS proven_at,
                    CASE WHEN factor.person_id IS NULL THEN 0 ELSE 1 END AS has_factor
                FROM session JOIN account ON account.person_id = session.person_id
                JOIN person ON person.id = session.person_id
                LEFT JOIN factor ON factor.person_id = session.person_id
                WHERE session.token_hash = \(hash) AND account.closed_at IS NULL
                    AND session.seen_at > \(now - Session.idle) AND session.created_at > \(now - Session.age)
                """)
            return try row.map { ($0, try reader.roles(of: $0.personId)) }
        }
        guard let (row, roles) = known else { return nil }
        if isVisit, row.seenAt + .minutes(10) < now {
            // The visit goes on even when the disk is full: only the date of the last visit is not kept.
            _ = try? await site.database.write { writer in
                try writer.run("UPDATE session SET seen_at = \(now) WHERE token_hash = \(hash)")
                try writer.run("UPDATE account SET seen_at = \(now) WHERE person_id = \(row.personId)")
            }
        }
        let viewer = Viewer(
            personId: row.personId, name: row.name, isAdministrator: row.isAdministrator, roles: roles)
        return Session(
            tokenHash: hash, viewer: viewer, language: row.language, createdAt: row.createdAt, origin: row.origin,
            provenAt: row.provenAt, hasFactor: row.hasFactor)
    }

    /// Opens a session with a token never used before, and answers the cookie.
    package static func open(for personId: String, device: String, in change: Change) throws -> String {
        try change.run("UPDATE account SET seen_at = \(change.now), told_at = NULL WHERE person_id = \(personId)")
        try Erasures.takeBack(personId, in: change)
        let token = Secrets.token()
        try change.run(
            """
            INSERT INTO session (token_hash, person_id, created_at, seen_at, device)
            VALUES (\(Secrets.sha256(token)), \(personId), \(change.now), \(change.now), \(String(device.prefix(200))))
            """)
        return token
    }

    /// Gives a session another cookie, now that its owner has shown who they are, and answers it.
    /// - Throws: `NotFound` when the session ended meanwhile.
    static func renew(_ session: Session, in change: Change) throws -> String {
        let token = Secrets.token()
        let renewed = try change.run(
            """
            UPDATE session SET token_hash = \(Secrets.sha256(token)), origin = \(session.origin), proven_at = \(change.now),
                seen_at = \(change.now)
            WHERE token_hash = \(session.tokenHash)
            """)
        guard renewed == 1 else { throw NotFound() }
        return token
    }
}

extension Sessions {
    /// One of a person's sessions, as its page shows it.
    struct Open: Decodable {
        var tokenHash: String
        var createdAt: Instant
        var seenAt: Instant
        var device: String

        /// Its name in an address: says nothing of the cookie.
        var name: String { String(Secrets.sha256(tokenHash).prefix(20)) }
    }

    /// The sessions of a person that are not over, the last visited first.
    static func open(of personId: String, _ reader: any Reader, at now: Instant) throws -> [Open] {
        try reader.all(
            Open.self,
            """
            SELECT token_hash, created_at, seen_at, device FROM session
            WHERE person_id = \(personId) AND seen_at > \(now - Session.idle) AND created_at > \(now - Session.age)
            ORDER BY seen_at DESC, created_at DESC
            """)
    }

    static func end(_ tokenHash: String, in change: Change) throws {
        try remember("token_hash = \(tokenHash)", in: change)
        try change.run("DELETE FROM session WHERE token_hash = \(tokenHash)")
        change.tell(LiveTopic.sessions)
    }

    /// That these sessions were ended by their owner, not by rest nor by age.
    private static func remember(_ sessions: SQL, in change: Change) throws {
        try change.run(
            """
            INSERT INTO ended_session (token_hash, ended_at) SELECT token_hash, CAST(\(change.now) AS BIGINT) FROM session WHERE \(sessions)
            ON CONFLICT (token_hash) DO NOTHING
            """)
    }

    /// Ends all the sessions of a person but one, and the log-ins that wait for a code.
    static func endAll(of personId: String, but tokenHash: String = "", in change: Change) throws {
        try remember("person_id = \(personId) AND token_hash <> \(tokenHash)", in: change)
        try change.run("DELETE FROM session WHERE person_id = \(personId) AND token_hash <> \(tokenHash)")
        try change.run("DELETE FROM half_session WHERE person_id = \(personId)")
        change.tell(LiveTopic.sessions)
    }

    /// Forgets the sessions of anybody that are over.
    static func endOld(in change: Change) throws {
        try change.run(
            """
            DELETE FROM session
            WHERE seen_at <= \(change.now - Session.idle) OR created_at <= \(change.now - Session.age)
            """)
        try change.run("DELETE FROM ended_session WHERE ended_at <= \(change.now - .days(60))")
    }
}

extension Response {
    mutating func setSession(_ token: String, site: Site) {
        headers.append(("set-cookie", Self.cookie(token, maxAge: 30 * 86_400, site: site)))
    }

    mutating func setHalfSession(_ token: String, site: Site) {
        headers.append(("set-cookie", Self.cookie(token, maxAge: HalfSession.minutes * 60, site: site)))
    }

    mutating func endSession(site: Site) {
        headers.append(("set-cookie", Self.cookie("", maxAge: 0, site: site)))
    }

    private static func cookie(_ value: String, maxAge: Int, site: Site) -> String {
        "\(site.configuration.sessionCookie)=\(value); Path=/; Max-Age=\(maxAge); HttpOnly; SameSite=Lax"
            + (site.configuration.isSecure ? "; Secure" : "")
    }
}
