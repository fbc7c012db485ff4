import Formats
import Platform

/// What a validation binds people to: the text as RFC 8785 JSON, and its SHA-256. Documented in `docs/forme-canonique.md`.
///
/// Quotations enter by their commitment, not by their words: words can be erased, the chain stays.
public enum CanonicalForm {
    public static let version = 1

    /// - Parameter commitments: by identifier; one that is unknown enters with an empty commitment.
    public static func json(title: String, language: Language, sections: [Section], commitments: [String: String]) -> String {
        let cited = sections.flatMap(\.citations)
        return CanonicalJSON.encode(
            .object([
                "format": .string("essaim-text/\(version)"),
                "language": .string(language.rawValue),
                "title": .string(title),
                "sections": .array(
                    sections.map {
                        .object(["key": .string($0.key), "title": .string($0.title), "body": .string($0.body)])
                    }),
                "citations": .array(
                    cited.map { .object(["id": .string($0), "commitment": .string(commitments[$0] ?? "")]) }),
            ]))
    }

    /// 64 hexadecimal characters.
    public static func hash(title: String, language: Language, sections: [Section], commitments: [String: String]) -> String {
        Secrets.sha256(json(title: title, language: language, sections: sections, commitments: commitments))
    }
}
