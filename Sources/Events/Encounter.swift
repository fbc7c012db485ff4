import Database
import Formats
import Platform

/// A meeting with people inside a half-day of an event.
package struct Encounter: Sendable, Codable, Equatable {
    package var id: String
    package var eventId: String
    /// The half-day it is in; nil while it is not placed.
    package var slotId: String?
    package var position: Int
    package var title: String
    /// The kind of people met: what readers are told in place of who they are.
    package var kind: StakeholderKind
    package var place: String
    /// « 14:30 », or empty.
    package var startsAt: String
    package var endsAt: String
    /// The sub-group that goes; everybody when nil.
    package var subgroupId: String?

    package init(
        id: String, eventId: String, slotId: String?, position: Int, title: String, kind: StakeholderKind,
        place: String = "", startsAt: String = "", endsAt: String = "", subgroupId: String? = nil
    ) {
        self.id = id
        self.eventId = eventId
        self.slotId = slotId
        self.position = position
        self.title = title
        self.kind = kind
        self.place = place
        self.startsAt = startsAt
        self.endsAt = endsAt
        self.subgroupId = subgroupId
    }

    /// « 14 h 30 », "14:30"; empty when no hour was given.
    package func time(in words: Words) -> String { Hour.said(startsAt, in: words) }

    /// « 14 h 30 – 16 h »; one hour or none when no more was given.
    package func times(in words: Words) -> String {
        [startsAt, endsAt].filter { !$0.isEmpty }.map { Hour.said($0, in: words) }.joined(separator: " – ")
    }
}

/// The kinds of people whom a visit goes to see (dossier §3.2.1, « promoteurs, bénéficiaires, habitants, financeurs,
/// accompagnateurs, partenaires, etc. »).
package enum StakeholderKind: String, Sendable, Codable, CaseIterable, SQLConvertible {
    case initiativeLead = "initiative_lead"
    case beneficiary, resident, employee, volunteer
    case electedOfficial = "elected_official"
    case funder, facilitator, partner, other

    /// « habitant ou habitante »: what readers are told.
    package func said(in words: Words) -> String { words.name("events.kind", of: self) }
}

/// An hour as people type it: `14:30`, `14h30`, `9 h`.
package enum Hour {
    /// The hour written `HH:MM`; nil when it is none.
    package static func read(_ typed: String) -> String? {
        let parts = typed.lowercased().split { ":h".contains($0) || $0.isWhitespace }
        guard (1...2).contains(parts.count), let hour = number(parts[0], below: 24),
            let minute = parts.count == 2 ? number(parts[1], below: 60) : 0
        else { return nil }
        return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
    }

    /// « 9 h 30 », « 14 h », "09:30"; what is written `HH:MM`.
    package static func said(_ written: String, in words: Words) -> String {
        guard words.language == .french else { return written }
        return String(written.trimmingPrefix("0")).replacing(":", with: "\u{A0}h\u{A0}")
    }

    /// How many minutes after midnight is what is written `HH:MM`.
    static func minute(_ written: String) -> Int { written.split(separator: ":").reduce(0) { $0 * 60 + (Int($1) ?? 0) } }

    /// `HH:MM`, so many minutes after midnight.
    static func written(_ minute: Int) -> String { [minute / 60, minute % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":") }

    private static func number(_ text: Substring, below limit: Int) -> Int? {
        guard text.utf8.count <= 2, text.utf8.allSatisfy({ (48...57).contains($0) }), let number = Int(text),
            number < limit
        else { return nil }
        return number
    }
}
