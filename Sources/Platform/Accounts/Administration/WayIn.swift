import Database
import Formats

/// A way in, sent by whoever administers the site: the invitation again to who never came, a link to the others.
struct WayIn: Sendable {
    let personId: String

    /// As often as a person may ask for one themselves.
    private static let free = 6

    /// Counts it before it is done.
    func begin(_ request: Request) throws(TooSoon) {
        let (throttle, key, now) = (request.site.throttle, "way-in|\(personId)", request.now)
        if let wait = throttle.wait(key, free: Self.free, at: now) { throw TooSoon(wait: wait, until: now + wait) }
        throttle.failed(key, at: now)
    }

    /// - Throws: `Refused`
    func send(_ request: Request) async throws {
        try await request.site.amend(as: "account.wayInSent", by: request.actor, isPublic: false) { change in
            try change.require(.administerSite)
            let entry = try AccountEntry.load(personId, change)
            try entry.checkMayBeHelped(by: request.actor)
            guard entry.email != nil else { throw Refused("platform.accounts.refusal.noAddress") }
            guard entry.state != .invited else {
                try Accounts.invite(personId, in: change)
                return
            }
            let duration = SignInLink.Purpose.signIn.duration
            let secret = try SignInLink.make(.signIn, for: personId, in: change)
            try change.write(
                to: personId, "platform.mail.wayIn", ["by": request.viewer.name ?? ""], opening: "/connexion/lien/\(secret)",
                usefulUntil: change.now + duration)
            try change.trace("account", personId)
        }
    }
}

extension AccountEntry {
    /// One's own account has its own page; a closed one is entered by nobody.
    /// - Throws: `Refused`
    func checkMayBeHelped(by actor: Actor) throws {
        guard personId != actor.personId else { throw Refused("platform.reset.oneself") }
        guard state != .closed else { throw Refused("platform.accounts.refusal.closed") }
    }
}
