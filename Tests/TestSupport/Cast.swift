import Platform

/// The small cast of the tests: few people, few places, known by name everywhere.
public struct Cast: Sendable {
    /// Nadia is the project officer, Hugo the coordinator, Iris the researcher; Ana, Bo, Chloé, Driss and Emma are
    /// facilitators and visit Caen; Yann signs for the host of Caen, Zoé works at the host of Lille; Paul is a partner, Maud
    /// sits in the committee, Sam administers the site, the stranger has an account and nothing else.
    public enum Name: String, Sendable, CaseIterable {
        case nadia, hugo, iris, ana, bo, chloe, driss, emma, yann, zoe, paul, maud, sam, stranger
    }

    public internal(set) var people: [Name: String] = [:]
    /// The programme « Essai », at `/programmes/essai`.
    public internal(set) var programme = ""
    /// The dimensions of its grid, by key: `accompagnement`, `cooperation`, `participation`.
    public internal(set) var dimensions: [String: String] = [:]
    public internal(set) var organizations: [String: String] = [:]
    public internal(set) var territory = ""
    /// `/programmes/essai/visites/caen`: planned on 14 and 15 April 2026, five visitors, Yann signs.
    public internal(set) var caen = Place()
    /// `/programmes/essai/visites/lille`: a candidate without dates.
    public internal(set) var lille = Place()

    /// A visit of the cast.
    public struct Place: Sendable {
        public internal(set) var visit = ""
        public internal(set) var delegation = ""
        public internal(set) var circle = ""
        public internal(set) var slots: [String] = []
        public internal(set) var encounter = ""
    }

    public subscript(_ name: Name) -> String { people[name] ?? "" }
    public static func email(_ name: Name) -> String { "\(name.rawValue)@essai.example" }
    public static let visitors: [Name] = [.ana, .bo, .chloe, .driss, .emma]
}
