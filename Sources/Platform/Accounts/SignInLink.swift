import Database
import Formats

/// An address that lets somebody in once: an invitation, a link asked at log-in, the set-up of a new site.
/// To look at it changes nothing, so that a mail scanner does not use it up.
struct SignInLink: Sendable, Decodable {
    enum Purpose: String, Sendable, Codable, SQLConvertible {
        case invitation
        case signIn = "sign_in"
        case setup

        var duration: Duration {
            switch self {
            case .invitation: .days(14)
            case .signIn: .minutes(20)
            case .setup: .days(1)
            }
        }
    }

    let secretHash: String
    let personId: String?
    let name: String?
    let email: String?
    let hasPassword: Bool

    /// Writes a link and answers its secret, which is kept nowhere.
    static func make(_ purpose: Purpose, for personId: String?, in change: Change) throws -> String {
        let secret = Secrets.token()
        try change.run("DELETE FROM sign_in_link WHERE expires_at < \(change.now - .days(30))")
        try change.run(
            """
            INSERT INTO sign_in_link (secret_hash, purpose, person_id, created_at, expires_at)
            VALUES (\(Secrets.sha256(secret)), \(purpose), \(personId), \(change.now), \(change.now + purpose.duration))
            """)
        return secret
    }

    /// The link of a secret.
    /// - Throws: `DeadLink` when it is unknown, used, over, when the account is closed, or when somebody invited came in
    ///   and chose a password meanwhile.
    static func find(_ secret: String, for purpose: Purpose, _ reader: any Reader, at now: Instant) throws -> SignInLink {
        let link = try reader.first(
            SignInLink.self,
            """
            SELECT secret_hash, sign_in_link.person_id, person.name, person.email,
                CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS has_password
            FROM sign_in_link LEFT JOIN person ON person.id = sign_in_link.person_id
            LEFT JOIN account ON account.person_id = sign_in_link.person_id
            WHERE secret_hash = \(Secrets.sha256(secret)) AND purpose = \(purpose) AND used_at IS NULL
                AND expires_at > \(now) AND account.closed_at IS NULL
                AND (purpose = 'setup' OR account.person_id IS NOT NULL)
                AND (purpose <> 'invitation' OR password_hash IS NULL)
            """)
        guard let link else { throw DeadLink() }
        return link
    }

    /// Uses the link up; of two at the same time, one wins.
    func use(in change: Change) throws {
        let used = try change.run(
            "UPDATE sign_in_link SET used_at = \(change.now) WHERE secret_hash = \(secretHash) AND used_at IS NULL")
        guard used == 1 else { throw DeadLink() }
    }
}
