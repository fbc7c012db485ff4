extension ProgrammeFile {
    /// A phase of the programme.
    public struct Phase: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var title = ""
        public internal(set) var period = Period()
        public internal(set) var approach: Approach?
        public internal(set) var citation = Citation()
    }

    /// A step of the calendar the document announces, with the sub-objectives it carries out.
    public struct Milestone: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var title = ""
        public internal(set) var phase: String?
        public internal(set) var period = Period()
        public internal(set) var subObjectives: [String] = []
    }

    /// Who pays, for what, and how sure it is.
    public struct Funder: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var organization = ""
        public internal(set) var status = Status.considered
        public internal(set) var phases: [String] = []
        public internal(set) var citation = Citation()

        public enum Status: String, Sendable, FileChoice {
            case granted = "acquis"
            case asked = "sollicite"
            case considered = "envisage"
        }
    }
}

extension ProgrammeFile.Phase: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .phase)
        keys.line("titre", &title)
        keys.record("periode", &period)
        keys.demand(
            !period.isReversed, at: "periode",
            FileFault(
                "endsBeforeItBegins",
                ["start": .text(period.start?.words ?? ""), "end": .text(period.end?.words ?? "")]))
        keys.record("demarche", &approach)
        keys.cite(&citation)
    }
}

extension ProgrammeFile.Milestone: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .milestone)
        keys.text("titre", &title)
        keys.reference("phase", &phase, to: .phase)
        keys.record("periode", &period)
        keys.references("sous_objectifs", &subObjectives, to: .subObjective)
    }
}

extension ProgrammeFile.Funder: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .funder)
        keys.reference("organisation", &organization, to: .organization)
        keys.requiredChoice("statut", &status)
        keys.references("phases", &phases, to: .phase)
        keys.cite(&citation)
    }
}
