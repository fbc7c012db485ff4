import Formats
import Platform

/// The zones whose clocks the half-days of an event may be counted on: those of France, overseas included (by department).
package enum EventZone: String, Sendable, CaseIterable {
    case paris = "Europe/Paris"
    case guadeloupe = "America/Guadeloupe"
    case martinique = "America/Martinique"
    case guyane = "America/Cayenne"
    case reunion = "Indian/Reunion"
    case mayotte = "Indian/Mayotte"
    case miquelon = "America/Miquelon"
    case noumea = "Pacific/Noumea"
    case tahiti = "Pacific/Tahiti"
    case wallis = "Pacific/Wallis"

    /// The beginning of the official codes of its places.
    private var code: String? {
        switch self {
        case .paris: nil
        case .guadeloupe: "971"
        case .martinique: "972"
        case .guyane: "973"
        case .reunion: "974"
        case .mayotte: "976"
        case .miquelon: "975"
        case .noumea: "988"
        case .tahiti: "987"
        case .wallis: "986"
        }
    }

    /// The zone of an official place by its code; nil when the code says nothing of it (a group of communes, a region).
    package static func of(code: String) -> EventZone? {
        if let overseas = allCases.first(where: { zone in zone.code.map { code.hasPrefix($0) } ?? false }) { return overseas }
        return (2...5).contains(code.count) ? .paris : nil
    }

    /// « l’heure de La Réunion ».
    package static func said(_ zone: String, in words: Words) -> String {
        EventZone(rawValue: zone).map { words("events.zone.\($0)") } ?? zone
    }

    /// What a form offers.
    package static func options(_ words: Words) -> [(value: String, label: String)] { allCases.map { ($0.rawValue, words("events.zone.\($0)")) } }
}
