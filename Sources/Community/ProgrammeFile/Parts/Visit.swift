extension ProgrammeFile {
    /// A learning visit the programme plans or thinks of.
    public struct Visit: Sendable, Equatable {
        /// Also the last part of the visit's address.
        public internal(set) var id = ""
        public internal(set) var title = ""
        public internal(set) var state = State.candidate
        public internal(set) var phase: String?
        /// The organisations that host it; a visit may not have any yet.
        public internal(set) var hosts: [String] = []
        /// The person to talk to at the host's.
        public internal(set) var contact: String?
        public internal(set) var territory: String?
        public internal(set) var place: String?
        public internal(set) var focus: String?
        public internal(set) var initiative: Initiative?
        public internal(set) var length: Length?
        public internal(set) var period: Period?
        public internal(set) var citation = Citation()

        public enum State: String, Sendable, FileChoice {
            case candidate = "candidate"
            case planned = "prevue"
        }
    }

    /// The initiative a visit goes to see.
    public struct Initiative: Sendable, Equatable {
        public internal(set) var name = ""
        public internal(set) var description: String?
    }

    /// How long a visit lasts, in half-days.
    public struct Length: Sendable, Equatable {
        public internal(set) var shortest = 4
        public internal(set) var longest = 4
        public internal(set) var citation = Citation()

        public var shortestDays: Quantity { Quantity(hundredths: shortest * 50) }
        public var longestDays: Quantity { Quantity(hundredths: longest * 50) }
    }

    /// A seminar, or several days of the same seminar.
    public struct Seminar: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var title = ""
        public internal(set) var kind = Kind.transversal
        public internal(set) var phase: String?
        /// How many days, where the document says it.
        public internal(set) var days: Quantity?
        public internal(set) var moment: String?
        public internal(set) var mode: Mode?
        public internal(set) var citation = Citation()

        public enum Kind: String, Sendable, FileChoice {
            case transversal
            case presentation
            case restitution
            case opening = "ouverture"
        }

        public enum Mode: String, Sendable, FileChoice {
            case onSite = "presentiel"
            case remote = "distance"
            case either = "mixte"
        }
    }
}

extension ProgrammeFile.Visit: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.slug("id", &id, of: .visit)
        keys.line("titre", &title)
        keys.choice("etat", &state)
        keys.reference("phase", &phase, to: .phase)
        keys.references("hotes", &hosts, to: .organization)
        keys.reference("contact", &contact, to: .member)
        keys.reference("territoire", &territory, to: .territory)
        keys.line("lieu", &place)
        keys.text("objet", &focus)
        keys.record("initiative", &initiative)
        keys.record("duree", &length)
        keys.record("periode", &period)
        keys.cite(&citation)
    }
}

extension ProgrammeFile.Initiative: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.line("nom", &name)
        keys.text("description", &description)
    }
}

extension ProgrammeFile.Length: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.number("demi_journees_min", &shortest, in: 1...20)
        keys.number("demi_journees_max", &longest, in: 1...20)
        keys.demand(
            shortest <= longest, at: "demi_journees_max",
            FileFault("reversed", ["minimum": .number(shortest), "maximum": .number(longest)]))
        keys.cite(&citation)
    }
}

extension ProgrammeFile.Seminar: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .seminar)
        keys.line("titre", &title)
        keys.requiredChoice("genre", &kind)
        keys.reference("phase", &phase, to: .phase)
        keys.quantity("journees", &days)
        keys.line("moment", &moment)
        keys.choice("modalite", &mode)
        keys.cite(&citation)
    }
}
