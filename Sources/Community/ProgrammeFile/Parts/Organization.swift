extension ProgrammeFile {
    /// An organisation of the programme, whatever it does there.
    public struct Organization: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var name = ""
        public internal(set) var acronym: String?
        public internal(set) var kind = Kind.association
        public internal(set) var territory: String?
        /// Other ways the document writes the same name.
        public internal(set) var spellings: [Spelling] = []
        public internal(set) var citation = Citation()

        public enum Kind: String, Sendable, FileChoice {
            case nationalNetwork = "reseau-national"
            case regionalNetwork = "reseau-regional"
            case association
            case cooperative
            case employmentEnterprise = "entreprise-a-but-d-emploi"
            case research = "recherche"
            case localAuthority = "collectivite"
            case state = "etat"
            case foundation = "fondation"
            case other = "autre"
        }
    }

    /// One way a name is written in the document.
    public struct Spelling: Sendable, Equatable {
        public internal(set) var citation = Citation()
    }

    /// A person, named by what they do and for whom, never by their name.
    public struct Member: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var function = ""
        public internal(set) var organization = ""
        public internal(set) var line = Line()
    }

    /// A part people play in the programme, and how much of their time it has.
    public struct Role: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var name = ""
        public internal(set) var kind = Kind.facilitation
        /// The share of a full-time post, in percent.
        public internal(set) var share: Int?
        public internal(set) var months: Int?
        public internal(set) var citation = Citation()

        public enum Kind: String, Sendable, FileChoice {
            case coordination
            case projectOffice = "mission"
            case research = "recherche"
            case facilitation = "accompagnement"
            case steering = "pilotage"
            case host = "accueil"
            case partner = "partenariat"
        }
    }
}

extension ProgrammeFile.Organization: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .organization)
        keys.line("nom", &name)
        keys.line("sigle", &acronym)
        keys.requiredChoice("genre", &kind)
        keys.reference("territoire", &territory, to: .territory)
        keys.records("graphies", &spellings)
        keys.cite(&citation)
        keys.mark(&citation.line, at: "nom")
    }
}

extension ProgrammeFile.Spelling: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.line("ecrit", &citation.words)
        var place = citation.place.isEmpty ? nil : citation.place
        keys.line("source", &place)
        citation.place = place ?? ""
        keys.mark(&citation.line, at: "ecrit")
    }
}

extension ProgrammeFile.Member: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .member)
        keys.line("fonction", &function)
        keys.reference("organisation", &organization, to: .organization)
        keys.mark(&line, at: "id")
    }
}

extension ProgrammeFile.Role: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .role)
        keys.line("nom", &name)
        keys.requiredChoice("genre", &kind)
        keys.number("quotite", &share, in: 1...100)
        keys.number("duree_mois", &months, in: 1...240)
        keys.cite(&citation)
    }
}
