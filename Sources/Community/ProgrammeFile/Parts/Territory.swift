extension ProgrammeFile {
    /// A territory of the programme: a name and the official codes of what it is made of.
    public struct Territory: Sendable, Equatable {
        public internal(set) var id = ""
        public internal(set) var name = ""
        public internal(set) var codes: [TerritoryCode] = []
        /// Other ways the document writes the same name.
        public internal(set) var spellings: [Spelling] = []
        public internal(set) var citation = Citation()
    }

    /// An official code: INSEE for communes, departments and regions, SIREN for groups of communes (EPCI).
    public struct TerritoryCode: Sendable, Equatable {
        public internal(set) var kind = Kind.commune
        public internal(set) var code = ""

        public enum Kind: String, Sendable, FileChoice {
            case commune
            case intermunicipality = "epci"
            case department = "departement"
            case region
        }

        /// The code has the form its kind gives it; whether it is in use is not looked up.
        public var isWellFormed: Bool {
            switch kind {
            case .commune: code.utf8.count == 5 && TerritoryCode.startsWithDepartment(code)
            case .intermunicipality: TerritoryCode.isSiren(code)
            case .department: TerritoryCode.departments.contains(code)
            case .region: TerritoryCode.regions.contains(code)
            }
        }

        private static let departments: Set<String> = {
            let metropolitan = (1...95).filter { $0 != 20 }.map { $0 < 10 ? "0\($0)" : "\($0)" }
            return Set(metropolitan + ["2A", "2B", "971", "972", "973", "974", "976"])
        }()

        private static let regions: Set<String> = [
            "01", "02", "03", "04", "06", "11", "24", "27", "28", "32", "44", "52", "53", "75", "76", "84", "93", "94",
        ]

        private static func startsWithDepartment(_ code: String) -> Bool {
            let rest = code.dropFirst(2).utf8
            guard rest.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else { return false }
            return departments.contains(String(code.prefix(2))) || departments.contains(String(code.prefix(3)))
        }

        /// Nine digits whose last one checks the others (Luhn, as INSEE defines it for SIREN).
        private static func isSiren(_ code: String) -> Bool {
            let digits = code.utf8.map { Int($0) - 48 }
            guard digits.count == 9, digits.allSatisfy((0...9).contains) else { return false }
            let sum = digits.enumerated().reduce(0) { sum, entry in
                let doubled = entry.offset.isMultiple(of: 2) ? entry.element : entry.element * 2
                return sum + (doubled > 9 ? doubled - 9 : doubled)
            }
            return sum.isMultiple(of: 10)
        }
    }
}

extension ProgrammeFile.Territory: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.identifier("id", &id, of: .territory)
        keys.line("nom", &name)
        keys.records("codes", &codes)
        keys.records("graphies", &spellings)
        keys.cite(&citation)
        keys.mark(&citation.line, at: "nom")
    }
}

extension ProgrammeFile.TerritoryCode: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.requiredChoice("genre", &kind)
        keys.line("code", &code)
        keys.demand(isWellFormed, at: "code", FileFault(TerritoryCode.faults[kind] ?? "", ["found": .text(code)]))
    }

    private typealias TerritoryCode = ProgrammeFile.TerritoryCode

    private static let faults: [Kind: String] = [
        .commune: "badCommune", .intermunicipality: "badIntermunicipality", .department: "badDepartment",
        .region: "badRegion",
    ]
}
