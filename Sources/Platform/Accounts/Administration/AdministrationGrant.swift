import Database
import Formats

/// Administering the site, given to somebody or taken from them, by somebody else who does; told to them and to all who administer.
struct AdministrationGrant: Sendable {
    /// False to take it away.
    let isGiven: Bool
    let personId: String
    let reason: String

    init(_ isGiven: Bool, to personId: String, reason: String) {
        (self.isGiven, self.personId) = (isGiven, personId)
        self.reason = CleanText.line(reason)
    }

    /// Never oneself; to somebody who has come in; never from the last one who can.
    /// - Parameter others: how many others administer, and can come in.
    /// - Throws: `Refused`
    static func check(_ isGiven: Bool, to entry: AccountEntry, by actor: Actor, others: Int) throws {
        guard entry.personId != actor.personId else { throw Refused("platform.grant.oneself") }
        guard entry.state != .closed else { throw Refused("platform.accounts.refusal.closed") }
        guard isGiven != entry.isAdministrator else { throw Refused("platform.grant.already") }
        guard isGiven else {
            guard others > 0 else { throw Refused("platform.grant.last") }
            return
        }
        guard entry.state == .open else { throw Refused("platform.grant.neverCame") }
    }

    /// - Throws: `Refused`
    func apply(_ site: Site, by actor: Actor) async throws {
        try GivenReason.check(reason)
        let action = isGiven ? "account.administrationGiven" : "account.administrationTaken"
        try await site.amend(as: action, by: actor, isPublic: false) { change in
            try change.require(.administerSite)
            let entry = try AccountEntry.load(personId, change)
            try Self.check(isGiven, to: entry, by: actor, others: Self.others(than: personId, change))
            let told = try Accounts.administrators(change).filter { $0 != personId }
            try change.run("UPDATE account SET is_administrator = \(isGiven) WHERE person_id = \(personId)")
            change.tell(LiveTopic.sessions)
            try change.trace("account", personId, ["reason": reason])
            try tell(entry, told, by: actor, in: change)
        }
    }

    private func tell(_ entry: AccountEntry, _ others: [String], by actor: Actor, in change: Change) throws {
        let facts: [String: any WordArgument] = ["by": actor.viewer.name ?? "", "person": entry.name, "reason": reason]
        if isGiven {
            try change.write(to: personId, "platform.mail.administrationGiven", facts, opening: AdministrationPage.path)
        } else {
            try change.write(to: personId, "platform.mail.administrationTaken", facts, opening: "/compte")
        }
        // Whoever did it is told as well: somebody else may have done it from their session.
        for other in others {
            try change.write(
                to: other, isGiven ? "platform.mail.administratorAdded" : "platform.mail.administratorRemoved", facts,
                opening: AccountAdministration.path(of: personId))
        }
    }

    private static func others(than personId: String, _ reader: any Reader) throws -> Int {
        try reader.count(
            """
            SELECT COUNT(*) FROM account WHERE account.is_administrator = 1 AND account.person_id <> \(personId) AND \(AccountFilter.isOpen)
            """)
    }
}
