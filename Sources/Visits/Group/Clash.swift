import Database
import Events
import Formats
import Platform
import Territories

/// Somebody of a visit who is expected in another one on the same day.
struct Clash: Sendable, Equatable, Decodable {
    var personId: String
    var name: String
    var day: Day
    /// The other visit.
    var other: String
    var path: String

    /// Every person and day once, in the order of the days.
    static func of(_ visit: Visit, _ reader: any Reader) throws -> [Clash] {
        try reader.all(
            Clash.self,
            """
            SELECT DISTINCT person.id AS person_id, person.name, slot.day, other.name AS other,
                '/programmes/' || programme.slug || '/visites/' || other.slug AS path, person.sort_key
            FROM membership JOIN person ON person.id = membership.person_id
            JOIN slot ON slot.event_id = \(visit.id) AND slot.removed_at IS NULL
            JOIN membership AS elsewhere ON elsewhere.person_id = membership.person_id AND elsewhere.until IS NULL
            JOIN visit AS other ON other.circle_id = elsewhere.scope_id AND other.id <> \(visit.id)
            JOIN slot AS their ON their.event_id = other.id AND their.removed_at IS NULL AND their.day = slot.day
            JOIN programme ON programme.id = other.programme_id
            WHERE membership.scope_id = \(visit.circleId) AND membership.until IS NULL
                AND other.id NOT IN (SELECT visit_id FROM visit_cancellation)
            ORDER BY slot.day, person.sort_key, person_id, other
            """)
    }

    func sentence(in words: Words) -> String { words("visits.warning.clash", ["name": name, "day": words.day(day), "other": other]) }
}

/// The clocks of the territory that a visit goes to.
enum VisitZone {
    /// The zone of its communes and departments; nil when they say nothing, or not the same.
    static func expected(_ visit: Visit, _ reader: any Reader) throws -> String? {
        guard let territory = visit.territoryId else { return nil }
        let places = try Territory.places(of: [territory], reader)[territory] ?? []
        let zones = Set(places.filter { $0.kind == .commune || $0.kind == .department }.compactMap { EventZone.of(code: $0.code) })
        return zones.count == 1 ? zones.first?.rawValue : nil
    }
}
