import Database
import Formats
import Platform

/// Somebody was there for a half-day, as they signed it: when, how, entered by whom.
package struct Signature: Sendable, Codable, Equatable {
    package enum Means: String, Sendable, Codable, CaseIterable, SQLConvertible {
        /// On their own page.
        case `self`
        /// On the phone of somebody beside them.
        case beside
        /// On a sheet of paper, whose scan is kept.
        case paper
    }

    package var id: String
    package var slotId: String
    package var personId: String
    package var signedAt: Instant
    package var means: Means
    package var authorId: String?
    package var authorName: String?
    package var typed: String
    package var paperId: String?

    /// Whether a name that was typed is that of somebody: the same words, whatever their order, their capitals and their accents.
    static func isName(_ typed: String, of name: String) -> Bool {
        func words(_ text: String) -> [String] { French.fold(text).split { !$0.isLetter && !$0.isNumber }.map(String.init).sorted() }
        return words(typed) == words(name)
    }
}

/// Why a signature is refused.
package enum AttendanceRefusal: Refusal, Equatable {
    case notYet(Slot)
    case cancelled
    case notOnSheet
    case signedAlready(String)
    case nameMissing
    case nameOther(String)

    package var key: String {
        switch self {
        case .notYet: "events.refusal.signNotYet"
        case .cancelled: "events.refusal.signCancelled"
        case .notOnSheet: "events.refusal.signNotOnSheet"
        case .signedAlready: "events.refusal.signedAlready"
        case .nameMissing: "events.refusal.signNameMissing"
        case .nameOther: "events.refusal.signNameOther"
        }
    }

    package var arguments: [String: any WordArgument] {
        switch self {
        case .notYet(let slot): ["day": slot.day, "time": slot.signedFrom]
        case .signedAlready(let name), .nameOther(let name): ["name": name]
        default: [:]
        }
    }

    package var field: String? {
        switch self {
        case .nameMissing, .nameOther: "typed"
        default: nil
        }
    }
}

/// The attendance sheet of an event: its half-days, the people expected, who signed. To be registered is not to be there.
package struct AttendanceSheet: Sendable {
    package let event: Event
    package let slots: [Slot]
    package let people: [Attendee]
    package let signatures: [Signature]

    package static func load(_ event: Event, _ thing: Protection, _ reader: any Reader) throws -> AttendanceSheet {
        let signatures = try reader.all(
            Signature.self,
            """
            SELECT signature.id, slot_id, signature.person_id, signed_at, means, author_id, author.name AS author_name, typed, paper_id
            FROM signature LEFT JOIN person AS author ON author.id = author_id
            WHERE event_id = \(event.id) AND withdrawn_at IS NULL ORDER BY signed_at, signature.id
            """)
        return AttendanceSheet(
            event: event, slots: try Slots.of(event.id, reader), people: try people(event, thing, signatures, reader), signatures: signatures)
    }

    /// Whoever signed stays on the sheet, even after they left the group.
    private static func people(
        _ event: Event, _ thing: Protection, _ signatures: [Signature], _ reader: any Reader
    ) throws -> [Attendee] {
        let expected = try Attendees.of(event, thing, reader)
        let known = Set(expected.map(\.personId))
        let gone = Set(signatures.map(\.personId)).subtracting(known)
        return try expected + Attendees.all(Array(gone), reader)
    }

    package func signature(of personId: String, in slotId: String) -> Signature? {
        signatures.first { $0.personId == personId && $0.slotId == slotId }
    }

    /// Whether a half-day may be signed now, on a screen or on a scan.
    package func isOpen(_ slot: Slot, at now: Instant) -> Bool { event.state != .cancelled && slot.isSigned(from: now, zone: event.zone) }

    /// Checks that somebody may sign a half-day now.
    package func check(_ personId: String, _ slot: Slot, at now: Instant) throws {
        guard event.state != .cancelled else { throw AttendanceRefusal.cancelled }
        guard isOpen(slot, at: now) else { throw AttendanceRefusal.notYet(slot) }
        guard let person = people.first(where: { $0.personId == personId }) else { throw AttendanceRefusal.notOnSheet }
        guard signature(of: personId, in: slot.id) == nil else { throw AttendanceRefusal.signedAlready(person.name) }
    }

    /// How many signatures there are, of those that the half-days already begun call for. The people of a host sign where they
    /// wish: they are not waited for.
    package func count(at now: Instant) -> (signed: Int, expected: Int) {
        let moment = now.civil(in: event.zone)
        return count(slots.filter { $0.hasBegun(at: moment) })
    }

    private func count(_ slots: [Slot]) -> (signed: Int, expected: Int) {
        let awaited = people.filter { $0.side != "host" }
        let signed = slots.reduce(0) { sum, slot in sum + awaited.count { signature(of: $0.personId, in: slot.id) != nil } }
        return (signed, slots.count * awaited.count)
    }

    package var days: [Day] { Array(Set(slots.map(\.day))).sorted() }

    /// The day to show: today when it is one of them, the first before, the first that lacks a signature afterwards.
    func day(at today: Day) -> Day? {
        guard !days.contains(today), let last = days.last, today > last else { return days.contains(today) ? today : days.first { $0 >= today } ?? days.last }
        let awaited = people.filter { $0.side != "host" }
        return days.first { day in slots.contains { slot in slot.day == day && awaited.contains { signature(of: $0.personId, in: slot.id) == nil } } } ?? last
    }

    /// How many signatures a day has, of those that it calls for, as `count` does.
    func count(on day: Day) -> (signed: Int, expected: Int) { count(slots.filter { $0.day == day }) }

    /// Whether people of a host are on it: they sign where they wish.
    var hasHost: Bool { people.contains { $0.side == "host" } }

    /// How many signatures come besides those that are waited for: those of the people of a host.
    var besides: Int { slots.reduce(0) { sum, slot in sum + people.count { $0.side == "host" && signature(of: $0.personId, in: slot.id) != nil } } }

    /// Whether somebody signed after the day itself.
    package func isLate(_ signature: Signature) -> Bool {
        guard let slot = slots.first(where: { $0.id == signature.slotId }) else { return false }
        return signature.means != .paper && signature.signedAt.day(in: event.zone) > slot.day
    }
}

extension Attendees {
    /// People by their identifiers, whatever became of their roles.
    static func all(_ ids: [String], _ reader: any Reader) throws -> [Attendee] {
        guard !ids.isEmpty else { return [] }
        return try reader.all(
            Attendee.self,
            """
            SELECT person.id AS person_id, person.name, person.email, '' AS function, NULL AS organization, 0 AS has_account, 'gone' AS side
            FROM person WHERE id IN \(list: ids) ORDER BY sort_key, id
            """)
    }
}
