extension ProgrammeFile {
    /// A group of people of the programme: steering committee, cohort of facilitators, team.
    public struct Group: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var name = ""
        public internal(set) var kind = Kind.other
        public internal(set) var constituencies: [Constituency] = []
        public internal(set) var seats: [Seat] = []
        public internal(set) var citation = Citation()

        /// Everybody in the group, through a constituency or directly.
        public var allSeats: [Seat] { constituencies.flatMap(\.seats) + seats }

        public enum Kind: String, Sendable, FileChoice {
            case steering = "pilotage"
            case facilitators = "accompagnement"
            case team = "equipe"
            case experts = "expertise"
            case other = "autre"
        }
    }

    /// One of the voices of a committee: members of the network, partners, researchers.
    public struct Constituency: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var name = ""
        public internal(set) var seats: [Seat] = []
        public internal(set) var citation = Citation()
    }

    /// A place in a group, held by a person, with the words the document uses for it there.
    public struct Seat: Sendable, Equatable {
        public internal(set) var member = ""
        public internal(set) var role: String?
        public internal(set) var citation = Citation()
    }
}

extension ProgrammeFile.Group: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .group)
        keys.line("nom", &name)
        keys.requiredChoice("genre", &kind)
        keys.cite(&citation)
        keys.records("colleges", &constituencies)
        keys.records("membres", &seats)
    }
}

extension ProgrammeFile.Constituency: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .constituency)
        keys.line("nom", &name)
        keys.cite(&citation)
        keys.records("membres", &seats)
    }
}

extension ProgrammeFile.Seat: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.reference("personne", &member, to: .member)
        keys.reference("role", &role, to: .role)
        keys.cite(&citation)
    }
}
