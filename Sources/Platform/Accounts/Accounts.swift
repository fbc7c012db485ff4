import Database
import Formats

/// The accounts of the site: a person's way in.
public enum Accounts {
    /// Whether anybody has an account; a site without any shows the way to its first one.
    public static func hasAny(_ reader: any Reader) throws -> Bool {
        try reader.exists("SELECT person_id FROM account LIMIT 1")
    }

    public static func hasAny(_ site: Site) async throws -> Bool {
        try await site.database.read { try hasAny($0) }
    }

    /// Who administers the site.
    static func administrators(_ reader: any Reader) throws -> [String] {
        try reader.texts("SELECT person_id FROM account WHERE is_administrator = 1 AND closed_at IS NULL ORDER BY person_id")
    }

    /// Gives an account to a person, if they have none.
    public static func open(for personId: String, isAdministrator: Bool = false, in change: Change) throws {
        try change.run(
            """
            INSERT INTO account (person_id, password_hash, is_administrator, created_at)
            VALUES (\(personId), NULL, \(isAdministrator), \(change.now))
            ON CONFLICT (person_id) DO NOTHING
            """)
        if isAdministrator { try change.run("UPDATE account SET is_administrator = 1 WHERE person_id = \(personId)") }
    }

    /// Opens an account for a person and writes to them, with an address that lets them in once, within fourteen days.
    /// Answers the path of that address.
    /// - Parameter place: what they are invited into, in words: a programme.
    @discardableResult public static func invite(_ personId: String, into place: String? = nil, in change: Change) throws -> String {
        try open(for: personId, in: change)
        let path = "/invitation/\(try SignInLink.make(.invitation, for: personId, in: change))"
        try change.write(
            to: personId, place == nil ? "platform.mail.invitation" : "platform.mail.invitationInto",
            [
                "place": place ?? "",
                "until": (change.now + SignInLink.Purpose.invitation.duration).day(),
                "welcome": Welcome(site: change.site.configuration.siteName, place: place, isOfSite: change.actor.isSite, by: change.viewer.name),
            ],
            opening: path, usefulUntil: change.now + SignInLink.Purpose.invitation.duration)
        try change.trace("account", personId, as: "account.invited")
        return path
    }

    /// The hash of a password that was chosen, to be written with `setPassword`.
    /// - Parameter known: what adds nothing to a password: the name and the address of its owner.
    /// - Throws: `PasswordRefusal`
    public static func hash(password: String, knowing known: [String] = [], site: Site) async throws -> String {
        let password = Password.normalized(password)
        try Password.check(
            password, knowing: known + [site.configuration.siteName, site.configuration.publicURL, "essaim"],
            common: site.share.commonPasswords)
        guard let hash = await PasswordHashing.shared.hash(password) else {
            throw Refused("platform.password.unavailable")
        }
        return hash
    }

    /// Writes the hash of a new password; the account must be there. The addresses that let this person in are over.
    public static func setPassword(_ personId: String, hash: String, in change: Change) throws {
        try change.run("UPDATE account SET password_hash = \(hash) WHERE person_id = \(personId)")
        try change.run(
            "UPDATE sign_in_link SET used_at = \(change.now) WHERE person_id = \(personId) AND used_at IS NULL")
        try change.trace("account", personId, as: "account.passwordChanged")
    }

    /// The address of the first start, good once, for a day: the path to print on the console.
    public static func makeSetupLink(_ site: Site) async throws -> String {
        try await site.amend(as: "site.setupAsked", by: .site, isPublic: false) { change in
            try change.run("DELETE FROM sign_in_link WHERE purpose = 'setup'")
            try change.trace("site", "site")
            return "/installation/\(try SignInLink.make(.setup, for: nil, in: change))"
        }
    }
}

/// Who invites and where, in the language of the mail: somebody, whose name may not be known, or the site itself.
private struct Welcome: WordArgument {
    let site: String
    let place: String?
    let isOfSite: Bool
    let by: String?

    func said(in words: Words) -> String {
        let said: [String: any WordArgument] = ["site": site, "place": place ?? "", "by": by ?? words("platform.mail.someone")]
        guard place != nil else { return words(isOfSite ? "platform.mail.welcome.site" : "platform.mail.welcome.by", said) }
        return words(isOfSite ? "platform.mail.welcome.siteInto" : "platform.mail.welcome.byInto", said)
    }
}
