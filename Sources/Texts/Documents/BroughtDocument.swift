import Database
import Formats
import Foundation
import Platform

/// A document that somebody brought to a text and has not made a revision of: what it says, part by part.
struct BroughtDocument: Sendable, Equatable {
    var baseId: String
    var name: String
    var kind: OfficeFile.Kind
    var content: Content
    var receivedAt: Instant

    struct Content: Sendable, Codable, Equatable {
        var parts: [Part]
        var remarks: [Remark]
        /// Those that came with the document: files of the text already, without what a camera wrote in them.
        var images: [Image] = []

        init(parts: [Part], remarks: [Remark]) {
            self.parts = parts
            self.remarks = remarks
        }

        /// A document that waits since before images were taken has none.
        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: CodingKeys.self)
            parts = try values.decode([Part].self, forKey: .parts)
            remarks = try values.decode([Remark].self, forKey: .remarks)
            images = try values.decodeIfPresent([Image].self, forKey: .images) ?? []
        }
    }

    /// An image that came with the document, and what is said of it so far.
    struct Image: Sendable, Codable, Equatable {
        var id: String
        var alternative: String
        var isDecorative = false
        var people: Attachment.People?

        var address: String { Attachment.folder + id }

        /// What a form says of the image of that rank.
        mutating func hear(_ form: Fields, _ rank: Int) {
            guard form.has("alternative-\(rank)") else { return }
            alternative = form.line("alternative-\(rank)")
            isDecorative = form["decorative-\(rank)"] == "1"
            people = form["people-\(rank)"].flatMap(Attachment.People.init)
        }

        var details: FileDetails {
            FileDetails(
                Fields([("alternative", alternative), ("decorative", isDecorative ? "1" : ""), ("people", people?.rawValue ?? "")]))
        }

        /// A body that shows it, with these words for who does not see it.
        func described(_ body: String) throws -> String {
            let known = try Regex("!\\[(?:\\\\.|[^\\]\\\\])*\\]\\(\(address)")
            return body.replacing(known, with: "![\(Markdown.escaped(alternative))](\(address)")
        }
    }

    /// What stands under one heading of the document.
    struct Part: Sendable, Codable, Equatable {
        /// Empty for what comes before the first heading.
        var title: String
        /// Markdown.
        var body: String
        /// The key of the section it goes to; nil when it is left aside.
        var place: String?
        /// Its heading is that of the section: the place is not asked.
        var isMatched: Bool
    }

    /// Something that is left aside, or is not as it was: the key of its sentence with what it holds.
    struct Remark: Sendable, Codable, Equatable {
        var name: String
        var count = 1
        var author = ""
        var text = ""
    }

    /// The document that a person brought to a text.
    static func own(_ textId: String, of personId: String, _ reader: any Reader) throws -> BroughtDocument? {
        let row = try reader.first(
            DocumentRow.self,
            """
            SELECT base_id, name, kind, content, received_at FROM text_document
            WHERE text_id = \(textId) AND person_id = \(personId)
            """)
        guard let row, let kind = OfficeFile.Kind(rawValue: row.kind) else { return nil }
        let content = try JSONDecoder().decode(Content.self, from: Data(row.content.utf8))
        return BroughtDocument(baseId: row.baseId, name: row.name, kind: kind, content: content, receivedAt: row.receivedAt)
    }

    /// Keeps it in the place of the one before.
    func keep(for textId: String, of personId: String, in change: Change) throws {
        let content = String(decoding: try JSONEncoder().encode(content), as: UTF8.self)
        try change.run(
            """
            INSERT INTO text_document (text_id, person_id, base_id, name, kind, content, received_at)
            VALUES (\(textId), \(personId), \(baseId), \(name), \(kind.rawValue), \(content), \(receivedAt))
            ON CONFLICT (text_id, person_id) DO UPDATE SET base_id = excluded.base_id, name = excluded.name,
                kind = excluded.kind, content = excluded.content, received_at = excluded.received_at
            """)
    }

    static func forget(_ textId: String, of personId: String, in change: Change) throws {
        try change.run("DELETE FROM text_document WHERE text_id = \(textId) AND person_id = \(personId)")
    }
}

private struct DocumentRow: Decodable {
    var baseId: String
    var name: String
    var kind: String
    var content: String
    var receivedAt: Instant
}
