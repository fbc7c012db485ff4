import Formats

extension ProgrammeFile {
    /// A date kept as it was written, and what it means when it means something.
    public struct WrittenDay: Sendable, Equatable {
        public let words: String
        public let meaning: Meaning

        public enum Meaning: Sendable, Equatable {
            case day(Day)
            /// A month without day: « avril 2020 ».
            case month(first: Day, last: Day)
            /// A day its month does not have: « 31/04/2021 ».
            case impossible(lastDay: Int, month: Int, year: Int)
            case unread
        }

        public init(_ words: String) {
            self.words = words
            meaning = WrittenDay.meaning(of: words)
        }

        /// The first day it may mean.
        public var first: Day? {
            switch meaning {
            case .day(let day), .month(let day, _): day
            case .impossible, .unread: nil
            }
        }

        /// The last day it may mean.
        public var last: Day? {
            switch meaning {
            case .day(let day), .month(_, let day): day
            case .impossible, .unread: nil
            }
        }

        private static func meaning(of words: String) -> Meaning {
            switch Day.read(words) {
            case .success(let day): return .day(day)
            case .failure(.doesNotExist(_, let month, let year, let lastDay)):
                return .impossible(lastDay: lastDay, month: month, year: year)
            case .failure: break
            }
            guard let first = firstOfMonth(words) else { return .unread }
            let next = Day(
                year: first.month == 12 ? first.year + 1 : first.year, month: first.month % 12 + 1, day: 1)
            return next.map { .month(first: first, last: $0.adding(days: -1)) } ?? .unread
        }

        /// « avril 2020 », `2020-04` and `04/2020` become the first of that month.
        private static func firstOfMonth(_ words: String) -> Day? {
            if case .success(let day) = Day.read("1 " + words) { return day }
            let parts = words.split { $0 == "-" || $0 == "/" }
            guard parts.count == 2 else { return nil }
            let (month, year) = parts[0].utf8.count == 4 ? (parts[1], parts[0]) : (parts[0], parts[1])
            guard year.utf8.count == 4, month.utf8.count <= 2, let year = Int(year), let month = Int(month) else {
                return nil
            }
            return Day(year: year, month: month, day: 1)
        }
    }

    /// From when to when, as written; either end may be missing.
    public struct Period: Sendable, Equatable {
        public internal(set) var start: WrittenDay?
        public internal(set) var end: WrittenDay?
        public internal(set) var citation = Citation()

        /// The period's words: those of the document, or both ends.
        var cited: Citation { citation.or([start, end].compactMap { $0?.words }.joined(separator: " – ")) }

        /// Both ends are known days and the last comes before the first.
        var isReversed: Bool {
            guard let first = start?.first, let last = end?.last else { return false }
            return last < first
        }
    }
}

extension ProgrammeFile.Period: FileRecord {
    mutating func pass(_ keys: inout some FileKeys) {
        keys.writtenDay("debut", &start)
        keys.writtenDay("fin", &end)
        keys.cite(&citation)
    }
}

extension FileKeys {
    mutating func writtenDay(_ key: String, _ value: inout ProgrammeFile.WrittenDay?) {
        var words = value?.words
        line(key, &words)
        value = words.map(ProgrammeFile.WrittenDay.init)
    }
}
