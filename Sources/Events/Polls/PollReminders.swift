import Database
import Formats
import Platform

/// Writes of itself to who has not answered a poll, two days before its end, once.
package enum PollReminders {
    /// - Parameter path: where the page of an event is; nil for one whose page is not known.
    /// - Returns: how many people were written to.
    @discardableResult package static func sendDue(_ site: Site, path: @Sendable @escaping (Event, any Reader) throws -> String?) async throws -> Int {
        let today = site.now().day()
        let due = try await site.database.read { reader in
            try reader.texts(
                """
                SELECT poll.id FROM poll WHERE closed_at IS NULL AND \(Polls.isLast) AND answer_by >= \(today) AND answer_by <= \(today.adding(days: 2))
                    AND EXISTS (SELECT 1 FROM poll_person WHERE poll_id = poll.id AND answered_at IS NULL AND NOT EXISTS (
                        SELECT 1 FROM reminder WHERE object_id = poll.id AND reminder.person_id = poll_person.person_id AND kind = 'poll'))
                """)
        }
        var sent = 0
        for id in due {
            sent += try await site.amend(as: "poll.reminded", by: .site, isPublic: false) { change in
                let board = try Polls.board(id: id, change)
                let event = try EventQueries.event(board.poll.eventId, change)
                guard event.state != .cancelled, let path = try path(event, change) else {
                    change.leaveAsItIs()
                    return 0
                }
                let told = try board.silent.filter { voter in
                    guard try !change.exists("SELECT 1 FROM reminder WHERE object_id = \(id) AND person_id = \(voter.personId)") else { return false }
                    return try PollMail.remind(voter, board, event, opening: path, in: change)
                }
                guard !told.isEmpty else {
                    change.leaveAsItIs()
                    return 0
                }
                try change.trace(event.kind == .visit ? "visit" : "event", event.id, programme: event.programmeId, ["people": String(told.count)])
                return told.count
            }
        }
        return sent
    }
}
