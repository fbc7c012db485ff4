extension ProgrammeFile {
    /// Something that does not hold together in the founding document, with the places that disagree.
    ///
    /// It is said, never repaired: only the people of the programme know which of the two is right.
    public struct Finding: Sendable, Equatable {
        public let rule: Rule
        public let severity: Severity
        /// The words that disagree, with where they stand in the document and in the file.
        public let citations: [Citation]
        /// Locale key of the sentence: `community.finding.capacity`.
        public let key: String
        public let arguments: [String: Argument]

        /// How much it matters.
        public enum Severity: String, Sendable, CaseIterable, Comparable {
            /// It cannot be as written: a date that does not exist, an end before a beginning.
            case error
            /// Two figures or dates disagree: somebody has to choose.
            case warning
            /// Good to know.
            case note

            public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }

            private var rank: Int {
                switch self {
                case .error: 0
                case .warning: 1
                case .note: 2
                }
            }
        }

        /// What was checked.
        public enum Rule: String, Sendable, CaseIterable {
            case impossibleDate, unreadDate, endBeforeStart, calendars, startsTooEarly
            case days, total, capacity, entitlement
            case figures, seminars, counted, visitLength, noteLength
            case places, presence, hostOutsideCohort, noHost, travel
            case spelling, sameThingTwice, describedTwice
        }

        init(
            _ rule: Rule, _ severity: Severity, _ citations: [Citation], _ arguments: [String: Argument],
            variant: String? = nil
        ) {
            self.rule = rule
            self.severity = severity
            self.citations = citations
            self.arguments = arguments
            key = "community.finding.\(rule.rawValue)" + (variant.map { ".\($0)" } ?? "")
        }

        /// The named arguments of the sentence, written as a language does.
        public func arguments(in language: Language) -> [String: String] {
            arguments.mapValues { $0.words(in: language) }
        }
    }

    /// Everything in the file that does not hold together: impossible dates first, then what disagrees, then notes,
    /// each in the order of the file. Computed from the values alone; nothing is corrected.
    public func findings() -> [Finding] {
        let found =
            dateFindings() + calendarFindings() + dayFindings() + figureFindings() + visitFindings()
            + spellingFindings()
        return found.enumerated().sorted { left, right in
            let (first, second) = (left.element, right.element)
            if first.severity != second.severity { return first.severity < second.severity }
            let lines = (first.firstLine, second.firstLine)
            return lines.0 == lines.1 ? left.offset < right.offset : lines.0 < lines.1
        }.map(\.element)
    }
}

extension ProgrammeFile.Finding {
    fileprivate var firstLine: Int { citations.map(\.line.number).min() ?? 0 }
}
