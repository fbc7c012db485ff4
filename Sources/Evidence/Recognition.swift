import Events
import Formats

/// Why readers could tell who speaks although no name is said. A warning, never a refusal; nothing is ever « anonyme ».
enum Recognition: Equatable, Sendable {
    /// The attribution says a place or an organisation of the visit.
    case place(String)
    /// The attribution says a role that one person holds.
    case soleRole(String)
    /// So few people of that kind were met.
    case few(Int)
    /// Readers are told the visit and a kind of meeting that stands for one person, or for hardly more.
    case encounter(StakeholderKind)

    var isEncounter: Bool { if case .encounter = self { true } else { false } }

    /// What is known of the visit around the words.
    struct Setting: Sendable, Equatable {
        /// The visit, its place, its territory, its host, the encounter's place: as they are called.
        var names: [String]
        /// How many people, or groups, of the kind of person who speaks were to be met; nil when nobody noted it.
        var peopleOfKind: Int?
        /// The kind of meeting that the page of provenance says; nil when it is kept from readers.
        var encounter: StakeholderKind?
        /// How many people, or groups, of that kind were to be met; nil when nobody noted it.
        var peopleOfEncounter: Int?

        /// A kind that stands for one person by itself, or of which so few were met.
        var tellingEncounter: StakeholderKind? {
            encounter.flatMap { kind in
                [.electedOfficial, .initiativeLead].contains(kind) || (1...2).contains(peopleOfEncounter ?? 0) ? kind : nil
            }
        }
    }

    /// The reasons; none for a name: the person agreed to be known. Without attribution, the provenance may say enough.
    static func reasons(_ attribution: Excerpt.Attribution, shownAs: String, _ setting: Setting) -> [Recognition] {
        guard attribution != .name else { return [] }
        var reasons = setting.tellingEncounter.map { [Recognition.encounter($0)] } ?? []
        guard attribution != .none else { return reasons }
        let said = words(shownAs)
        if let name = setting.names.first(where: { contains(said, words($0)) }) { reasons.append(.place(name)) }
        guard attribution == .function else { return reasons }
        if let role = said.first(where: soleRoles.contains) { reasons.append(.soleRole(role)) }
        if let count = setting.peopleOfKind, (1...2).contains(count) { reasons.append(.few(count)) }
        return reasons
    }

    /// Roles that an organisation or a town gives to one person.
    private static let soleRoles: Set<String> = [
        "maire", "president", "presidente", "presidence", "directeur", "directrice", "direction", "gerant", "gerante",
        "fondateur", "fondatrice", "prefet", "prefete", "responsable", "coordinateur", "coordinatrice", "tresorier",
        "tresoriere", "secretaire",
    ]

    private static func words(_ text: String) -> [String] {
        French.fold(text).unicodeScalars.split { !$0.properties.isAlphabetic && $0.properties.numericType == nil }
            .map { String($0) }
    }

    /// Whether a name stands in what is said, whole words; a name of one or two letters says nothing.
    private static func contains(_ said: [String], _ name: [String]) -> Bool {
        guard name.joined().count > 2, name.count <= said.count else { return false }
        return (0...(said.count - name.count)).contains { Array(said[$0..<($0 + name.count)]) == name }
    }
}
