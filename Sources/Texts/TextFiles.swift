import Database
import Formats
import Platform

/// The images and documents of a text: those added to it, and those of the text it is drawn from.
public enum TextFiles {
    /// What a revision made of these sections would show of its files.
    /// - Throws: `Refused` for an image that nothing describes, though nobody said it decorative.
    static func held(_ sections: [Section], of text: Text, _ reader: any Reader) throws -> [RevisionFile] {
        let references = sections.flatMap { Markdown.references(in: $0.body) }
        let known = try carried(references, by: text, reader)
        return try references.compactMap { reference in
            guard let file = Attachment.id(in: reference.address).flatMap({ known[$0] }) else { return nil }
            let isSilent = reference.isImage && reference.words.allSatisfy(\.isWhitespace)
            if isSilent, file.isImage, !file.isDecorative { throw Refused("texts.refusal.undescribed", field: "body") }
            return RevisionFile(fileId: file.id, hash: file.hash)
        }
    }

    static func note(_ files: [RevisionFile], in revisionId: String, _ change: Change) throws {
        for (position, file) in files.enumerated() {
            try change.run(
                """
                INSERT INTO revision_file (revision_id, position, file_id, hash)
                VALUES (\(revisionId), \(position), \(file.fileId), \(file.hash))
                """)
        }
    }

    /// What a revision shows, in order.
    static func of(_ revisionId: String, _ reader: any Reader) throws -> [RevisionFile] {
        try reader.all(
            RevisionFile.self, "SELECT file_id, hash FROM revision_file WHERE revision_id = \(revisionId) ORDER BY position")
    }

    /// The images of a revision on which somebody can be recognised who did not agree yet.
    public static func awaited(in revisionId: String, _ reader: any Reader) throws -> [Attachment] {
        try ofPeople(in: revisionId, reader).filter { $0.people == .pending }
    }

    /// The images of a revision on which somebody can be recognised, agreed or not.
    static func ofPeople(in revisionId: String, _ reader: any Reader) throws -> [Attachment] {
        try AttachmentQueries.all(try of(revisionId, reader).map(\.fileId), reader).filter { $0.people != .none }
    }

    /// The files of a text by the address that leads to them, as this person is shown them.
    static func shown(_ sections: [Section], of textId: String, _ reader: any Reader, _ request: Request) throws -> [String: MarkdownFile] {
        let references = sections.flatMap { Markdown.references(in: $0.body) }.filter { Attachment.id(in: $0.address) != nil }
        guard !references.isEmpty else { return [:] }
        let base = guestBase(request)
        return try carried(references, by: TextQueries.text(textId, reader), reader).values.reduce(into: [:]) { files, file in
            let isHidden = try isHidden(file, reader, request)
            let hidden: Markup = "<em class=\"meta\">\(request.words("texts.file.hidden"))</em>"
            files[file.address] =
                file.isImage
                ? .image { isHidden ? hidden : file.image(base: base, alternative: $0) }
                : .document(address: base + file.address, about: file.about(request.words))
        }
    }

    /// The images that these sections show, whoever asks.
    package static func images(_ sections: [Section], of textId: String, _ reader: any Reader) throws -> [Attachment] {
        let references = sections.flatMap { Markdown.references(in: $0.body) }.filter { Attachment.id(in: $0.address) != nil }
        guard !references.isEmpty else { return [] }
        return try carried(references, by: TextQueries.text(textId, reader), reader).values.filter(\.isImage).sorted { $0.id < $1.id }
    }

    /// Whether this person is not shown an image: somebody on it does not agree, and its text does not let them see it.
    static func isHidden(_ file: Attachment, _ reader: any Reader, _ request: Request) throws -> Bool {
        try file.people == .pending && request.reading(of: file, reader) == .nobody
    }

    /// Behind a private link the files have their address there too: `/fiche/SECRET`.
    static func guestBase(_ request: Request) -> String {
        guard request.link != nil else { return "" }
        return request.path.split(separator: "/").prefix(2).map { "/\($0)" }.joined()
    }

    private static func carried(_ references: [MarkdownReference], by text: Text, _ reader: any Reader) throws -> [String: Attachment] {
        let ids = Set(references.compactMap { Attachment.id(in: $0.address) })
        let owners = [text.id, text.drawnFromId].compactMap(\.self)
        let files = try AttachmentQueries.all(ids.sorted(), reader).filter { $0.ownerKind == .text && owners.contains($0.ownerId) }
        return Dictionary(uniqueKeysWithValues: files.map { ($0.id, $0) })
    }
}

extension TextFiles {
    /// Whoever may read a revision that shows it, of its text or of one drawn from it; before that, whoever added it.
    @Sendable static func opens(_ file: Attachment, _ reader: any Reader, _ request: Request) throws -> FileReading {
        guard file.ownerKind == .text else { return .nobody }
        let texts = try reader.texts("SELECT id FROM text WHERE id = \(file.ownerId) OR drawn_from_id = \(file.ownerId)")
        let viewer = request.viewer
        for id in texts {
            guard let thing = try reader.protection(of: id), request.site.policy.allows(.seeHistory, viewer, on: thing) else { continue }
            if let person = viewer.personId, person == file.addedBy, id == file.ownerId { return .thisPerson }
            let isAuthor = thing.authorId != nil && thing.authorId == viewer.personId
            let only: SQL = isAuthor ? "" : "AND \(TextOpening.readable)"
            let isShown = try reader.exists(
                """
                SELECT 1 FROM revision_file JOIN revision ON revision.id = revision_file.revision_id
                WHERE revision.text_id = \(id) AND revision_file.file_id = \(file.id) \(only)
                """)
            if isShown { return .thisPerson }
        }
        return .nobody
    }

    /// Those that no revision shows and neither a draft nor a document that waits names.
    @Sendable static func unused(_ reader: any Reader) throws -> [String] {
        try reader.texts(
            """
            SELECT id FROM attachment WHERE owner_kind = 'text'
                AND NOT EXISTS (SELECT 1 FROM revision_file WHERE file_id = attachment.id)
                AND NOT EXISTS (SELECT 1 FROM draft WHERE body LIKE '%/fichiers/' || attachment.id || '%')
                AND NOT EXISTS (SELECT 1 FROM text_document WHERE content LIKE '%' || attachment.id || '%')
            """)
    }
}
