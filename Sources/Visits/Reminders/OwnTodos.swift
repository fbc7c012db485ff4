import Database
import Events
import Formats
import Platform

/// What waits for a person of a visit, whatever their role: dates to answer, today's half-days to sign.
enum OwnTodos {
    private struct Asked: Decodable {
        var id: String
        var title: String
        var answerBy: Day?
    }

    private struct Unsigned: Decodable {
        var name: String
        var path: String
        var zone: String
        var id: String
        var eventId: String
        var day: Day
        var half: HalfDay.Half
        var startsAt: String

        var slot: Slot {
            var slot = Slot(id: id, eventId: eventId, HalfDay(day, half))
            slot.startsAt = startsAt
            return slot
        }
    }

    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        guard let person = request.viewer.personId else { return [] }
        return try polls(person, reader, request) + sheets(person, reader, request)
    }

    private static func polls(_ person: String, _ reader: any Reader, _ request: Request) throws -> [Todo] {
        let asked = try reader.all(
            Asked.self,
            """
            SELECT event.id, event.title, poll.answer_by FROM poll_person JOIN poll ON poll.id = poll_id JOIN event ON event.id = poll.event_id
            JOIN access ON access.object_id = event.id
            WHERE poll_person.person_id = \(person) AND answered_at IS NULL AND poll.closed_at IS NULL AND \(Polls.isLast) AND event.state <> 'cancelled'
                AND \(request.site.policy.condition(.see, request.viewer)) ORDER BY poll.asked_at, poll.id
            """)
        guard !asked.isEmpty else { return [] }
        let paths = try EventPages.paths(asked.map { Event(id: $0.id, programmeId: "", kind: .visit, title: $0.title) }, reader)
        return asked.map {
            Todo(title: request.words("visits.todo.poll", ["event": $0.title]), path: "\(paths[$0.id] ?? "")/sondage", due: $0.answerBy)
        }
    }

    /// The half-days of today that a person of a visit may sign by now, and has not signed.
    private static func sheets(_ person: String, _ reader: any Reader, _ request: Request) throws -> [Todo] {
        let today = request.now.day()
        let unsigned = try reader.all(
            Unsigned.self,
            """
            SELECT DISTINCT visit.name, '/programmes/' || programme.slug || '/visites/' || visit.slug || '/presence' AS path, event.zone,
                slot.id, slot.event_id, slot.day, slot.half, slot.starts_at FROM membership
            JOIN visit ON visit.circle_id = membership.scope_id JOIN programme ON programme.id = visit.programme_id
            JOIN event ON event.id = visit.id
            JOIN slot ON slot.event_id = visit.id AND slot.removed_at IS NULL AND slot.day >= \(today.adding(days: -1)) AND slot.day <= \(today.adding(days: 1))
            WHERE membership.person_id = \(person) AND membership.until IS NULL AND membership.role IN ('visitor', 'staff')
                AND visit.id NOT IN (SELECT visit_id FROM visit_cancellation)
                AND NOT EXISTS (SELECT 1 FROM signature WHERE slot_id = slot.id AND signature.person_id = \(person) AND withdrawn_at IS NULL)
            ORDER BY path
            """)
        let open = unsigned.filter { $0.day == request.now.day(in: $0.zone) && $0.slot.isSigned(from: request.now, zone: $0.zone) }
        var seen: Set<String> = []
        return open.filter { seen.insert($0.path).inserted }.map {
            Todo(title: request.words("visits.todo.sign", ["visit": $0.name]), path: $0.path, due: $0.day)
        }
    }
}
