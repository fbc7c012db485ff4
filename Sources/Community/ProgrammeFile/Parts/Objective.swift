extension ProgrammeFile {
    /// An objective of the programme.
    public struct Objective: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var title = ""
        public internal(set) var phase: String?
        public internal(set) var citation = Citation()
        public internal(set) var subObjectives: [SubObjective] = []
    }

    /// What is to be done for an objective, with whom, when, and how it will be seen.
    public struct SubObjective: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var title = ""
        public internal(set) var period = Period()
        /// The sub-objectives whose results this one uses.
        public internal(set) var uses: [String] = []
        public internal(set) var actions: [String] = []
        public internal(set) var means: [Means] = []
        public internal(set) var travel: Travel?
        public internal(set) var indicators: [String] = []
        public internal(set) var deliverables: [String] = []
        public internal(set) var citation = Citation()
    }

    /// Days of work one role puts into a sub-objective.
    public struct Means: Sendable, Equatable {
        public internal(set) var role = ""
        public internal(set) var personDays = Quantity(0)
        public internal(set) var citation = Citation()
    }

    /// A ceiling of travel costs: so many people for so many days.
    public struct Travel: Sendable, Equatable {
        public internal(set) var purpose = Occasion.visits
        public internal(set) var people = 0
        public internal(set) var days = Quantity(0)
        public internal(set) var citation = Citation()
    }

    /// What people travel or come for.
    public enum Occasion: String, Sendable, FileChoice {
        case visits = "visites"
        case seminars = "seminaires"
    }
}

extension ProgrammeFile.Objective: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .objective)
        keys.text("titre", &title)
        keys.reference("phase", &phase, to: .phase)
        keys.cite(&citation)
        keys.records("sous_objectifs", &subObjectives)
    }
}

extension ProgrammeFile.SubObjective: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .subObjective)
        keys.text("titre", &title)
        keys.cite(&citation)
        keys.record("dates", &period)
        keys.references("utilise", &uses, to: .subObjective)
        keys.texts("actions", &actions)
        keys.records("moyens", &means)
        keys.record("deplacements", &travel)
        keys.texts("indicateurs", &indicators)
        keys.texts("livrables", &deliverables)
    }
}

extension ProgrammeFile.Means: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.reference("role", &role, to: .role)
        keys.quantity("jours", &personDays)
        keys.cite(&citation)
        keys.mark(&citation.line, at: "jours")
    }
}

extension ProgrammeFile.Travel: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.requiredChoice("objet", &purpose)
        keys.number("personnes", &people, in: 1...10_000)
        keys.quantity("journees", &days)
        keys.cite(&citation)
    }
}
