import Database
import Formats

/// The mails of the site, for its administrator: what waits, what left, what did not arrive and why.
enum OutboxRoutes {
    static let path = "/administration/courriels"

    static let routes: [Route] = [
        .get(path, asks: .site(.administerSite), for: "administrators") { request in
            let list = try await request.site.database.read { try OutboxList.load(OutboxList.Wish(request.query), $0) }
            return .page(OutboxView(request: request).page(list))
        },
        .get("\(path)/{mail}", asks: .site(.administerSite), for: "administrators") { .page(try await page($0)) },
        .post("\(path)/{mail}/envoi", asks: .site(.administerSite), for: "administrators", sendAgain),
        .post("\(path)/{mail}/abandon", asks: .site(.administerSite), for: "administrators", giveUp),
        .post("\(path)/envoi", asks: .site(.administerSite), for: "administrators", sendAllAgain),
    ]

    private static func page(_ request: Request) async throws -> Page {
        let id = request["mail"]
        return OutboxView(request: request).page(try await request.site.database.read { try OutboxEntry.load(id, $0) })
    }

    /// Tries now, and for five days again: to the same address, or to the one that the person has given since.
    private static func sendAgain(_ request: Request) async throws -> Response {
        let (id, isToNewAddress) = (request["mail"], request.form.line("address") == "new")
        return try await request.attempt {
            try await request.site.amend(as: "mail.triedAgain", by: request.actor, isPublic: false) { change in
                try change.require(.administerSite)
                let entry = try OutboxEntry.load(id, change)
                try entry.checkMayLeave(at: change.now)
                let address = isToNewAddress ? entry.newAddress ?? entry.address : entry.address
                try change.run(
                    """
                    UPDATE mail SET state = 'waiting', next_at = 0, again_at = \(change.now), address = \(address) WHERE id = \(id)
                    """)
                try change.trace("mail", id, entry.personId.map { ["person": $0] } ?? [:])
            }
            request.site.letterbox.ring(isUrgent: true)
            return .redirect("\(path)/\(id)?fait=envoi")
        } otherwise: { _ in
            try await page(request)
        }
    }

    private static func giveUp(_ request: Request) async throws -> Response {
        let id = request["mail"]
        return try await request.attempt {
            try await request.site.amend(as: "mail.givenUp", by: request.actor, isPublic: false) { change in
                try change.require(.administerSite)
                let entry = try OutboxEntry.load(id, change)
                try entry.checkMayBeGivenUp()
                try change.run("UPDATE mail SET state = 'abandoned' WHERE id = \(id)")
                try change.trace("mail", id, entry.personId.map { ["person": $0] } ?? [:])
            }
            return .redirect("\(path)/\(id)?fait=abandon")
        } otherwise: { _ in
            try await page(request)
        }
    }

    /// Every mail that failed and is still of use.
    private static func sendAllAgain(_ request: Request) async throws -> Response {
        try await request.site.amend(as: "mail.allTriedAgain", by: request.actor, isPublic: false) { change in
            try change.require(.administerSite)
            let count = try change.run(
                """
                UPDATE mail SET state = 'waiting', next_at = 0, again_at = \(change.now)
                WHERE state = 'failed' AND (useful_until IS NULL OR useful_until > \(change.now))
                """)
            try change.trace("site", "site", ["n": String(count)])
        }
        request.site.letterbox.ring(isUrgent: true)
        return .redirect("\(path)?fait=envois")
    }
}
