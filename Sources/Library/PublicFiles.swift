import Database
import Platform

/// The images and documents that a publication shows: everybody reads them as long as it is open,
/// and as long as whoever can be recognised agrees.
enum PublicFiles {
    @Sendable static func opens(_ file: Attachment, _ reader: any Reader, _ request: Request) throws -> FileReading {
        guard file.ownerKind == .text, file.people != .pending else { return .nobody }
        func isShown(_ condition: SQL) throws -> Bool {
            try reader.exists(
                """
                SELECT 1 FROM revision_file JOIN publication ON publication.revision_id = revision_file.revision_id
                JOIN access ON access.object_id = publication.id
                WHERE revision_file.file_id = \(file.id) AND unpublished_at IS NULL AND withdrawn_at IS NULL AND \(condition)
                """)
        }
        if try isShown("opened_at IS NOT NULL AND audience = 'public'") { return .everyone }
        return try isShown(request.site.policy.condition(.see, request.viewer)) ? .thisPerson : .nobody
    }
}
