extension ProgrammeFile {
    /// An operational objective: in our words, with those of the document.
    public struct Aim: Sendable, Equatable {
        public internal(set) var title = ""
        public internal(set) var citation = Citation()
    }

    /// How a phase goes about it: the questions it asks, the steps it takes.
    public struct Approach: Sendable, Equatable {
        public internal(set) var questions: [String] = []
        public internal(set) var steps: [String] = []
        public internal(set) var citation = Citation()
    }
}

extension ProgrammeFile.Aim: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.text("titre", &title)
        keys.cite(&citation)
    }
}

extension ProgrammeFile.Approach: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.texts("questions", &questions)
        keys.texts("etapes", &steps)
        keys.cite(&citation)
    }
}
