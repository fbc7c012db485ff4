import Formats
import Platform

/// What a validation binds people to: the text as RFC 8785 JSON, and its SHA-256. Documented in `docs/forme-canonique.md`.
///
/// Quotations enter by their commitment, images and documents by the hash of their bytes: words and files can be erased,
/// the chain stays.
public enum CanonicalForm {
    /// The version 1, without files, still serves for texts that carry none: their hash is the one they always had.
    public static func version(files: [RevisionFile]) -> Int { files.isEmpty ? 1 : 2 }

    /// - Parameters:
    ///   - commitments: by identifier; one that is unknown enters with an empty commitment.
    ///   - files: the images and documents of the text, in the order they appear.
    public static func json(
        title: String, language: Language, sections: [Section], commitments: [String: String], files: [RevisionFile] = []
    ) -> String {
        let cited = sections.flatMap(\.citations)
        var form: [String: JSONValue] = [
            "format": .string("essaim-text/\(version(files: files))"),
            "language": .string(language.rawValue),
            "title": .string(title),
            "sections": .array(
                sections.map {
                    .object(["key": .string($0.key), "title": .string($0.title), "body": .string($0.body)])
                }),
            "citations": .array(
                cited.map { .object(["id": .string($0), "commitment": .string(commitments[$0] ?? "")]) }),
        ]
        if !files.isEmpty {
            form["files"] = .array(files.map { .object(["id": .string($0.fileId), "sha256": .string($0.hash)]) })
        }
        return CanonicalJSON.encode(.object(form))
    }

    /// 64 hexadecimal characters.
    public static func hash(
        title: String, language: Language, sections: [Section], commitments: [String: String], files: [RevisionFile] = []
    ) -> String {
        Secrets.sha256(json(title: title, language: language, sections: sections, commitments: commitments, files: files))
    }
}

/// An image or a document as a revision holds it: its identifier, the SHA-256 of its bytes.
public struct RevisionFile: Sendable, Codable, Equatable {
    public var fileId: String
    public var hash: String

    public init(fileId: String, hash: String) {
        self.fileId = fileId
        self.hash = hash
    }
}
