import Database
import Formats

/// An account that somebody else may have entered, put in a safe place: nothing that opened it opens it any more, and its person comes
/// back by a link at their address. Their second factor stays.
struct Shelter: Sendable {
    let personId: String
    let reason: String

    init(_ personId: String, reason: String) {
        self.personId = personId
        self.reason = CleanText.line(reason)
    }

    /// - Throws: `Refused`
    func apply(_ site: Site, by actor: Actor) async throws {
        try GivenReason.check(reason)
        try await site.amend(as: "account.sheltered", by: actor, isPublic: false) { change in
            try change.require(.administerSite)
            try AccountEntry.load(personId, change).checkMayBeHelped(by: actor)
            try Sessions.endAll(of: personId, in: change)
            for table in ["sign_in_link", "email_change"] {
                try change.run("UPDATE \(SQL(text: table)) SET used_at = \(change.now) WHERE person_id = \(personId) AND used_at IS NULL")
            }
            try change.run("DELETE FROM known_network WHERE person_id = \(personId)")
            try change.run("UPDATE account SET password_hash = NULL WHERE person_id = \(personId)")
            for addresses in site.features.flatMap(\.openAddresses) { try addresses.close(of: personId, in: change) }
            try change.trace("account", personId, ["reason": reason])
            try change.write(to: personId, "platform.mail.sheltered", ["reason": reason], opening: "/connexion")
        }
    }
}
