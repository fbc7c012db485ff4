import Formats

extension ProgrammeFile {
    /// A line of the file. It is where something was read, not what was read: all lines are equal.
    public struct Line: Sendable, Hashable {
        public var number: Int
        public init(_ number: Int = 0) { self.number = number }
        public static func == (_: Line, _: Line) -> Bool { true }
        public func hash(into _: inout Hasher) {}
    }

    /// The words of the founding document, where they are in it, and at which line of the file they stand.
    public struct Citation: Sendable, Hashable {
        public internal(set) var words = ""
        /// A place of the document as a reader finds it: `§3.3, 2.2`.
        public internal(set) var place = ""
        public internal(set) var line = Line()

        /// The same place, with other words where none were written.
        func or(_ fallback: String) -> Citation {
            words.isEmpty ? Citation(words: fallback, place: place, line: line) : self
        }
    }

    /// What the programme is for, as the document says it.
    public struct Purpose: Sendable, Equatable {
        public internal(set) var citation = Citation()
    }

    public enum Language: String, Sendable, FileChoice {
        case french = "fr"
        case english = "en"
    }

    /// A licence, by its SPDX name.
    public enum Licence: String, Sendable, FileChoice {
        case attributionShareAlike = "CC-BY-SA-4.0"
        case attribution = "CC-BY-4.0"
        case publicDomain = "CC0-1.0"
        case openDatabase = "ODbL-1.0"
        case openLicence = "etalab-2.0"
    }
}

extension ProgrammeFile.Purpose: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) { keys.cite(&citation) }
}

extension FileKeys {
    /// The two keys `ecrit` and `source`, which stand beside the values they back.
    mutating func cite(_ citation: inout ProgrammeFile.Citation) {
        var words = citation.words.isEmpty ? nil : citation.words
        var place = citation.place.isEmpty ? nil : citation.place
        text("ecrit", &words)
        line("source", &place)
        citation.words = words ?? ""
        citation.place = place ?? ""
        mark(&citation.line, at: "ecrit")
    }
}
