import Database
import Platform

/// The images and documents that a publication shows: everybody reads them as long as it is open,
/// and as long as whoever can be recognised agrees.
enum PublicFiles {
    @Sendable static func opens(_ file: Attachment, _ reader: any Reader, _ request: Request) throws -> FileReading {
        guard file.ownerKind == .text, file.people != .pending else { return .nobody }
        func isShown(_ publications: SQL, _ condition: SQL) throws -> Bool {
            // From the file to what shows it, then who may see that: the other way round every publication is read.
            try reader.exists(
                """
                SELECT 1 FROM access WHERE object_id IN (
                    SELECT publication.id FROM revision_file JOIN revision ON revision.id = revision_file.revision_id
                    JOIN publication ON publication.text_id = revision.text_id AND publication.revision_id = revision.id
                    WHERE revision_file.file_id = \(file.id) AND unpublished_at IS NULL AND \(publications))
                AND withdrawn_at IS NULL AND \(condition)
                """)
        }
        if try isShown("opened_at IS NOT NULL", "audience = 'public'") { return .everyone }
        return try isShown("1 = 1", request.site.policy.condition(.see, request.viewer)) ? .thisPerson : .nobody
    }
}
