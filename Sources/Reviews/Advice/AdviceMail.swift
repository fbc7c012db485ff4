import Database
import Formats
import Platform
import Visits

/// Mails to the host about advice: its page for who has an account, a private link for who has none.
package enum AdviceMail {
    /// Asks the people of the host what they make of the advice.
    static func ask(_ reviewId: String, _ visit: Visit, count: Int, in change: Change) throws {
        try send("reviews.mail.advice", reviewId, visit, count: count, in: change)
    }

    private static func send(_ key: String, _ reviewId: String, _ visit: Visit, count: Int, in change: Change) throws {
        for person in try Delegation.people(visit, change).host where person.email != nil {
            let path = person.hasAccount ? "\(visit.path)/bilan#conseils" : try link(to: person.id, reviewId, in: change)
            try change.write(to: person.id, key, ["visit": visit.name, "n": count], opening: path, about: reviewId)
        }
    }

    /// A new link works for three months; those before go on until their end, for a mail is answered when there is time.
    private static func link(to personId: String, _ reviewId: String, in change: Change) throws -> String {
        let secret = try change.makeLink(to: reviewId, for: personId, purpose: OpenReview.purpose, until: change.now + .days(92))
        return "\(OpenReview.guests)/\(secret)"
    }

    /// Six months after: asks the host what became of what was not declined, once. Running it again changes nothing;
    /// nothing is done on the word of a clock that jumped.
    /// - Returns: about how many advice somebody was asked.
    @discardableResult package static func sendDue(_ site: Site) async throws -> Int {
        guard try await Upkeep.clock(site).isTrusted else { return 0 }
        let today = site.now().day()
        let due = try await site.database.read { try AdviceQueries.toAsk(on: today, $0) }
        var asked = 0
        for reviewId in due.keys.sorted() {
            asked += try await site.amend(as: "advice.followUpAsked", by: .site, isPublic: false) { change in
                let review = try ReviewQueries.load(reviewId, change)
                let advice = try AdviceQueries.toAsk(on: change.today, change)[reviewId] ?? []
                guard !advice.isEmpty else {
                    change.leaveAsItIs()
                    return 0
                }
                let visit = try VisitQueries.load(id: review.visitId, change)
                try send("reviews.mail.followUp", reviewId, visit, count: advice.count, in: change)
                try change.run("UPDATE advice SET asked_at = \(change.now) WHERE id IN \(list: advice.map(\.id))")
                try change.trace("review", reviewId, programme: review.programmeId, ["n": String(advice.count)])
                return advice.count
            }
        }
        return asked
    }
}
