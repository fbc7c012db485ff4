import Database
import Formats
import Platform

/// Something noticed in the file of a programme, said again on its page until somebody settles it.
struct KeptFinding: Sendable, Equatable {
    /// Its identifier in the programme; nil while the file is only looked at.
    let id: String?
    let severity: ProgrammeFile.Finding.Severity
    let key: String
    /// By language, by name.
    let arguments: [String: [String: String]]
    let citations: [Citation]
    let outcome: Outcome?

    /// Words of the founding document, where they are in it, at which line of the file.
    struct Citation: Sendable, Equatable {
        let words: String
        let place: String
        let line: Int
    }

    /// What was decided, by whom, when.
    struct Outcome: Sendable, Equatable {
        let decision: String
        let by: String?
        let at: Instant
    }

    func sentence(_ words: Words) -> String {
        let own = (arguments[words.language.rawValue] ?? [:]).mapValues { $0 as any WordArgument }
        return words(key, own)
    }

    /// Its sources, one by one: « mots » (place, ligne 12).
    func sources(_ words: Words) -> [String] {
        citations.filter { !$0.words.isEmpty || !$0.place.isEmpty }.map { citation in
            let line = citation.line > 0 ? words("community.findings.line", ["line": String(citation.line)]) : ""
            let place = [citation.place, line].filter { !$0.isEmpty }.joined(separator: ", ")
            return [citation.words.isEmpty ? "" : words.quoted(citation.words), place.isEmpty ? "" : "(\(place))"]
                .filter { !$0.isEmpty }.joined(separator: " ")
        }
    }

    init(_ finding: ProgrammeFile.Finding) {
        id = nil
        outcome = nil
        severity = finding.severity
        key = finding.key
        arguments = [
            Language.french.rawValue: finding.arguments(in: .french),
            Language.english.rawValue: finding.arguments(in: .english),
        ]
        citations = finding.citations.map { Citation(words: $0.words, place: $0.place, line: $0.line.number) }
    }

    /// What the database keeps of a finding besides its severity and its key.
    static func json(of finding: ProgrammeFile.Finding) -> JSONValue {
        let kept = KeptFinding(finding)
        let citations = kept.citations.map { citation in
            JSONValue.object([
                "words": .string(citation.words), "place": .string(citation.place), "line": .int(Int64(citation.line)),
            ])
        }
        let arguments = kept.arguments.mapValues { JSONValue.object($0.mapValues { .string($0) }) }
        return .object(["arguments": .object(arguments), "citations": .array(citations)])
    }

    init?(_ row: FindingRow) {
        guard let severity = ProgrammeFile.Finding.Severity(rawValue: row.severity),
            let kept = try? JSONValue.parse(Array(row.arguments.utf8))
        else { return nil }
        id = row.id
        self.severity = severity
        key = row.sentenceKey
        arguments = (kept["arguments"]?.object ?? [:]).mapValues { ($0.object ?? [:]).compactMapValues(\.string) }
        citations = (kept["citations"]?.array ?? []).map {
            Citation(words: $0["words"]?.string ?? "", place: $0["place"]?.string ?? "", line: $0["line"]?.int ?? 0)
        }
        outcome = row.decision.flatMap { decision in
            row.settledAt.map { Outcome(decision: decision, by: row.settledBy, at: $0) }
        }
    }
}

extension ProgrammeFile.Finding {
    /// What is told of it on a console: its sentence, then each of its sources on a line.
    package func told(_ words: Words) -> [String] {
        let kept = KeptFinding(self)
        return ["\(words("community.finding.severity.\(severity.rawValue)"))\u{A0}: \(kept.sentence(words))"] + kept.sources(words)
    }
}
