import Database
import Formats
import Platform
import Visits

/// The private address of one visitor for one visit: a mail sent to it becomes their impression note.
package struct ReplyAddress: Sendable, Decodable, Equatable {
    var id: String
    var visitId: String
    var personId: String
    var expiresAt: Instant
    var revokedAt: Instant?

    /// Half a year: a note is often late, an address that was forwarded does not stay open.
    private static let life = Duration.days(183)

    static let addresses = OpenAddresses(
        "notes.restored.addresses",
        count: { try $0.count("SELECT count(*) FROM reply_address WHERE revoked_at IS NULL AND expires_at > \($1)") },
        close: { try $1.run("UPDATE reply_address SET revoked_at = \($1.now) WHERE revoked_at IS NULL AND \($0)") })

    /// Makes an address and answers it; nil when this site receives no mail. What is secret in it is kept nowhere: it goes in a mail.
    package static func make(for personId: String, _ visitId: String, in change: Change) throws -> String? {
        guard let pattern = change.site.configuration.replies else { return nil }
        // Small letters and figures alone: an address loses its case on the way.
        let secret = Base32.encode(Secrets.bytes(15)).lowercased()
        try change.run(
            """
            INSERT INTO reply_address (id, secret_hash, visit_id, person_id, created_at, expires_at)
            VALUES (\(change.newId()), \(Secrets.sha256(secret)), \(visitId), \(personId), \(change.now), \(change.now + life))
            """)
        return pattern.replacing("*", with: secret)
    }

    /// The way to write by mail, in the language of a person; nothing when this site receives none.
    static func sentence(for personId: String, _ visitId: String, in change: Change) throws -> String {
        guard let address = try make(for: personId, visitId, in: change) else { return "" }
        let language = try change.text("SELECT language FROM person WHERE id = \(personId)").flatMap(Language.init) ?? .french
        return change.site.words(language)("notes.byMail.orAddress", ["address": address])
    }

    /// The address that a mail was sent to, among all those it names; nil when none is of this site.
    static func find(among addresses: [String], _ reader: any Reader, _ site: Site) throws -> ReplyAddress? {
        guard let pattern = site.configuration.replies else { return nil }
        for secret in addresses.compactMap({ secret(in: $0, pattern) }) {
            let found = try reader.first(
                ReplyAddress.self,
                "SELECT id, visit_id, person_id, expires_at, revoked_at FROM reply_address WHERE secret_hash = \(Secrets.sha256(secret))")
            if let found { return found }
        }
        return nil
    }

    /// What stands for `*` in an address.
    static func secret(in address: String, _ pattern: String) -> String? {
        let (address, pattern) = (address.lowercased(), pattern.lowercased())
        guard let star = pattern.firstIndex(of: "*") else { return nil }
        let (head, tail) = (pattern[..<star], pattern[pattern.index(after: star)...])
        guard address.count > head.count + tail.count, address.hasPrefix(head), address.hasSuffix(tail) else { return nil }
        let secret = address.dropFirst(head.count).dropLast(tail.count)
        return secret.utf8.count == 24 && secret.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } ? String(secret) : nil
    }
}
