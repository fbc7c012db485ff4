import Database
import Formats
import Platform

/// Something noticed in the file of a programme, said again on its page until somebody settles it.
struct KeptFinding: Sendable, Equatable {
    let severity: ProgrammeFile.Finding.Severity
    let key: String
    /// By language, by name.
    let arguments: [String: [String: String]]
    let citations: [Citation]

    /// Words of the founding document, where they are in it, at which line of the file.
    struct Citation: Sendable, Equatable {
        let words: String
        let place: String
        let line: Int
    }

    func sentence(_ words: Words) -> String {
        let own = (arguments[words.language.rawValue] ?? [:]).mapValues { $0 as any WordArgument }
        return words(key, own)
    }

    init(_ finding: ProgrammeFile.Finding) {
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

    /// The findings of a programme, in the order of the import: impossible things first.
    static func of(programme: String, _ reader: any Reader) throws -> [KeptFinding] {
        try reader.all(
            FindingRow.self,
            "SELECT severity, sentence_key, arguments FROM finding WHERE programme_id = \(programme) ORDER BY position"
        ).compactMap(KeptFinding.init)
    }

    private init?(_ row: FindingRow) {
        guard let severity = ProgrammeFile.Finding.Severity(rawValue: row.severity),
            let kept = try? JSONValue.parse(Array(row.arguments.utf8))
        else { return nil }
        self.severity = severity
        key = row.sentenceKey
        arguments = (kept["arguments"]?.object ?? [:]).mapValues { ($0.object ?? [:]).compactMapValues(\.string) }
        citations = (kept["citations"]?.array ?? []).map {
            Citation(words: $0["words"]?.string ?? "", place: $0["place"]?.string ?? "", line: $0["line"]?.int ?? 0)
        }
    }
}

private struct FindingRow: Decodable {
    var severity: String
    var sentenceKey: String
    var arguments: String
}
