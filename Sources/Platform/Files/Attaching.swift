import Database
import Formats

extension Change {
    /// Keeps a received file with the thing that carries it; the right is the caller's to ask.
    /// - Returns: its identifier.
    /// - Throws: `Refusals`, `FileRefusal`
    public func attach(
        _ file: ReceivedFile, _ details: FileDetails, to owner: Attachment.Owner, _ ownerId: String, programme: String
    ) throws -> String {
        if file.isSound { try details.checkVoices() } else { try details.check(isImage: file.isImage && owner != .visit) }
        let quota = site.configuration.quota
        guard try AttachmentQueries.size(of: programme, self) + file.size <= quota else {
            throw FileRefusal.quota(quota)
        }
        let id = newId()
        let (fileId, small) = try keep(file, of: id)
        let picture: Picture? = if case .picture(let picture) = file.content { picture } else { nil }
        let people = file.isImage || file.isSound ? details.people ?? .none : .none
        try run(
            """
            INSERT INTO attachment (id, owner_kind, owner_id, programme_id, name, added_by, added_at, file_id, small_file_id,
                width, height, small_width, alternative, is_decorative, caption, credit, people, agreement)
            VALUES (\(id), \(owner), \(ownerId), \(programme), \(file.name), \(actor.personId), \(now), \(fileId), \(small),
                \(picture?.large.width), \(picture?.large.height), \(picture?.small.width), \(details.alternative),
                \(details.isDecorative), \(details.caption), \(details.credit), \(people),
                \(people == .agreed ? details.agreement : ""))
            """)
        try trace(owner.rawValue, ownerId, programme: programme, as: "file.added", ["file": id])
        return id
    }

    private func keep(_ file: ReceivedFile, of id: String) throws -> (file: String, small: String?) {
        switch file.content {
        case .document(let bytes, let kind): return (try keep(UploadedFile(name: file.name, bytes: bytes), kind, of: id), nil)
        case .picture(let picture):
            let kept = try [picture.large, picture.small].map { rendition in
                try keep(UploadedFile(name: file.name, bytes: rendition.bytes), rendition.kind, of: id)
            }
            return (kept[0], kept[1])
        }
    }

    /// Says what an image shows and who can be recognised on it, once somebody looked at it.
    /// - Throws: `Refusals`
    public func describe(_ id: String, _ details: FileDetails) throws {
        try details.check(isImage: true)
        let people = details.people ?? .pending
        try run(
            """
            UPDATE attachment SET alternative = \(details.alternative), is_decorative = \(details.isDecorative), people = \(people),
                agreement = \(people == .agreed ? details.agreement : "")
            WHERE id = \(id)
            """)
    }

    /// The people on an image agree (who, how), or do not any more.
    public func settle(_ file: Attachment, agreement: String?) throws {
        if let agreement {
            guard !agreement.isEmpty else { throw FileRefusal.noAgreement }
            guard agreement.unicodeScalars.count <= FileDetails.longest else { throw FileRefusal.tooLong("agreement", FileDetails.longest) }
        }
        let people: Attachment.People = agreement == nil ? .pending : .agreed
        try run("UPDATE attachment SET people = \(people), agreement = \(agreement ?? "") WHERE id = \(file.id)")
    }

    /// Takes a file away from the thing that carries it; it comes back with `putBack`, until it goes for good.
    public func takeAway(_ file: Attachment) throws {
        try run("UPDATE attachment SET removed_at = \(now) WHERE id = \(file.id) AND removed_at IS NULL")
        try trace(file.ownerKind.rawValue, file.ownerId, programme: file.programmeId, as: "file.removed", ["file": file.id])
    }

    public func putBack(_ file: Attachment) throws {
        try run("UPDATE attachment SET removed_at = NULL WHERE id = \(file.id)")
        try trace(file.ownerKind.rawValue, file.ownerId, programme: file.programmeId, as: "file.restored", ["file": file.id])
    }
}

/// The reads of the files that things carry.
public enum AttachmentQueries {
    private static let rows: SQL = """
        SELECT attachment.id, owner_kind, attachment.owner_id, programme_id, attachment.name, added_by, added_at, file.hash,
            file.kind, file.size, small.hash AS small_hash, width, height, small_width, alternative, is_decorative, caption,
            credit, people, agreement, removed_at
        FROM attachment JOIN file ON file.id = attachment.file_id LEFT JOIN file AS small ON small.id = attachment.small_file_id
        """

    /// Whatever became of it, whoever asks.
    public static func one(_ id: String, _ reader: any Reader) throws -> Attachment? {
        try reader.first(Attachment.self, "\(rows) WHERE attachment.id = \(id)")
    }

    /// Those of these identifiers that nobody took away.
    public static func all(_ ids: [String], _ reader: any Reader) throws -> [Attachment] {
        guard !ids.isEmpty else { return [] }
        return try reader.all(Attachment.self, "\(rows) WHERE attachment.id IN \(list: ids) AND removed_at IS NULL")
    }

    /// Those that things carry, by thing, oldest first.
    public static func of(_ ownerIds: [String], _ reader: any Reader) throws -> [String: [Attachment]] {
        guard !ownerIds.isEmpty else { return [:] }
        let found = try reader.all(
            Attachment.self,
            "\(rows) WHERE attachment.owner_id IN \(list: ownerIds) AND removed_at IS NULL ORDER BY added_at, attachment.id")
        return Dictionary(grouping: found, by: \.ownerId)
    }

    /// The bytes that the files of a programme take, without those taken away.
    static func size(of programme: String, _ reader: any Reader) throws -> Int {
        try reader.count(
            """
            SELECT CAST(coalesce(sum(file.size), 0) AS BIGINT) FROM attachment
            JOIN file ON file.id = attachment.file_id OR file.id = attachment.small_file_id
            WHERE programme_id = \(programme) AND removed_at IS NULL
            """)
    }

    static func kept(_ condition: SQL, _ reader: any Reader) throws -> [Attachment] {
        try reader.all(Attachment.self, "\(rows) WHERE \(condition) ORDER BY attachment.id")
    }
}
