extension ProgrammeFile {
    /// The common question grid of the visits.
    public struct Grid: Sendable, Equatable {
        public internal(set) var title = ""
        public internal(set) var citation = Citation()
        public internal(set) var dimensions: [Dimension] = []
    }

    /// What is asked about everywhere, and what every synthesis is checked against.
    public struct Dimension: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var title = ""
        public internal(set) var citation = Citation()
        public internal(set) var questions: [Question] = []
    }

    /// A question of the grid, with the probes that help when the answer is short.
    public struct Question: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var text = ""
        public internal(set) var probes: [String] = []
    }

    /// One of the looks a synthesis takes at a visit; each is a section of it.
    public struct Lens: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var title = ""
        /// What the people who write are reminded of.
        public internal(set) var guidance: String?
        public internal(set) var citation = Citation()
    }
}

extension ProgrammeFile.Grid: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.line("titre", &title)
        keys.cite(&citation)
        keys.records("dimensions", &dimensions)
    }
}

extension ProgrammeFile.Dimension: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .dimension)
        keys.line("titre", &title)
        keys.cite(&citation)
        keys.records("questions", &questions)
    }
}

extension ProgrammeFile.Question: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .question)
        keys.text("texte", &text)
        keys.texts("relances", &probes)
    }
}

extension ProgrammeFile.Lens: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .lens)
        keys.line("titre", &title)
        keys.text("aide", &guidance)
        keys.cite(&citation)
    }
}
