extension ProgrammeFile {
    /// What must be true before a synthesis is published.
    public struct PublicationRule: Sendable, Equatable {
        /// The signatory named by the host must have endorsed.
        public internal(set) var requiresSignatory = true
        /// The share of the visiting group that must have endorsed, in percent.
        public internal(set) var groupShare = 50
        /// How many days the people asked have to answer.
        public internal(set) var deadlineDays = 21
    }

    /// How visiting groups are made up.
    public struct VisitRule: Sendable, Equatable {
        public internal(set) var smallestGroup = 4
        public internal(set) var largestGroup = 6
        /// How many visits each facilitator takes part in.
        public internal(set) var visitsEach = 3
        /// The visit a facilitator hosts comes on top of those.
        public internal(set) var hostsOneMore = true
        /// The roles of the people of the team who are present at each visit.
        public internal(set) var staff: [String] = []
        public internal(set) var citation = Citation()
    }

    /// What a computation rests on, written out so that it can be discussed.
    public struct Assumptions: Sendable, Equatable {
        /// Working days of one full-time person in a year.
        public internal(set) var workingDays = 218
        public internal(set) var citation = Citation()
    }
}

extension ProgrammeFile.PublicationRule: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.flag("signataire_requis", &requiresSignatory)
        keys.number("part_du_groupe", &groupShare, in: 0...100)
        keys.number("delai_jours", &deadlineDays, in: 1...365)
    }
}

extension ProgrammeFile.VisitRule: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.number("groupe_min", &smallestGroup, in: 1...100)
        keys.number("groupe_max", &largestGroup, in: 1...100)
        keys.demand(
            smallestGroup <= largestGroup, at: "groupe_max",
            FileFault("reversed", ["minimum": .number(smallestGroup), "maximum": .number(largestGroup)]))
        keys.number("visites_par_personne", &visitsEach, in: 1...100)
        keys.flag("visite_accueillie_en_plus", &hostsOneMore)
        keys.references("equipe_presente", &staff, to: .role)
        keys.cite(&citation)
    }
}

extension ProgrammeFile.Assumptions: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.number("jours_ouvres_par_an", &workingDays, in: 1...366)
        keys.cite(&citation)
    }
}
