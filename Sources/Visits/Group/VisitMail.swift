import Database
import Events
import Formats
import Platform

/// A mail about a visit: to who has an account, with the page to open; to who has none, with the facts themselves and the private page
/// that opens for them, when there is one.
struct VisitMail {
    let key: String
    let arguments: [String: any WordArgument]
    let path: String

    /// - Parameters:
    ///   - key: of the mail with the page; `guest` the one without, its own by default.
    ///   - stage: what waits for this person.
    init(
        _ key: String, guest: String? = nil, to personId: String, about visit: Visit, stage: StageMark.Stage? = nil,
        _ arguments: [String: any WordArgument], opening path: String? = nil, in change: Change
    ) throws {
        guard try !change.exists("SELECT 1 FROM account WHERE person_id = \(personId) AND closed_at IS NULL") else {
            (self.key, self.arguments, self.path) = (key, arguments, path ?? visit.path)
            return
        }
        let words = try change.words(of: personId)
        let door = try Self.door(visit.id, stage, personId, change)
        let facts = VisitWhen(visit, Agenda(try Slots.of(visit.id, change)), words)
        let own: [String: any WordArgument] = [
            "facts": facts.lines.isEmpty ? "" : facts.lines.joined(separator: "\n") + "\n\n", "where": facts.place.map { $0 + "\n" } ?? "",
            "door": door.map { words("visits.mail.door.\($0.stage.rawValue)", ["day": $0.lastDay, "address": change.site.configuration.link($0.path)]) + "\n\n" } ?? "",
        ]
        self.key = guest ?? "\(key)Guest"
        self.arguments = arguments.merging(own) { own, _ in own }
        self.path = door?.path ?? "/"
    }

    func write(to personId: String, about visit: Visit, in change: Change) throws {
        try change.write(to: personId, key, arguments, opening: path, about: visit.id)
    }

    private static func door(_ visitId: String, _ stage: StageMark.Stage?, _ personId: String, _ change: Change) throws -> Door? {
        for door in change.site.features.compactMap(\.door) {
            if let found = try door(visitId, stage, personId, change) { return found }
        }
        return nil
    }
}

/// When and where a visit is, in lines: « Dates : 14 et 15 avril 2026 », « Lieu : Caen ».
package struct VisitWhen: Sendable, Equatable {
    package let dates: String?
    package let place: String?

    package init(_ visit: Visit, _ agenda: Agenda, _ words: Words) {
        let clocks = visit.zone == EventZone.paris.rawValue ? "" : words("events.clocks", ["zone": EventZone.said(visit.zone, in: words)])
        dates = agenda.days(in: words).map { words("visits.when.dates", ["dates": $0 + clocks]) }
        place = visit.place.isEmpty ? nil : words("visits.when.place", ["place": visit.place])
    }

    package var lines: [String] { [dates, place].compactMap(\.self) }
}
