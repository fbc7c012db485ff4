import Database
import Formats
import Platform

/// The notes that arrived after their author had left the visiting group: theirs alone, wherever the visit went.
enum ApartNotes {
    static let path = "/compte/notes-a-part"
    private static let most = 500

    static let routes: [Route] = [
        .get(path, asks: .signedIn, for: "who has an account", show),
        .get("\(path)/export", asks: .signedIn, for: "who has an account", export),
    ]

    private struct Note: Decodable, Sendable {
        var id: String
        var visit: String
        var writtenAt: Instant
        var manner: Manner
        var text: String
    }

    private static func notes(_ request: Request) async throws -> [Note] {
        let person = request.viewer.personId
        return try await request.site.database.read { reader in
            try reader.all(
                Note.self,
                """
                SELECT note_block.id, visit.name AS visit, note_block.created_at AS written_at, note_version.manner, note_version.text
                FROM note_block JOIN visit ON visit.id = note_block.visit_id
                JOIN note_version ON note_version.block_id = note_block.id
                    AND (note_version.version = note_block.version OR note_version.is_kept_beside = 1)
                JOIN access ON access.object_id = note_block.id
                WHERE note_block.author_id = \(person) AND apart_at IS NOT NULL AND access.withdrawn_at IS NULL
                ORDER BY note_block.created_at, note_block.id, note_version.version LIMIT \(most)
                """)
        }
    }

    private static func show(_ request: Request) async throws -> Response {
        let words = request.words
        let found = try await notes(request)
        let items = found.map { note -> Markup in
            """
            <li class="block" data-manner="\(note.manner.rawValue)"><p class="meta">\(note.visit) · \(words.day(note.writtenAt.day())) · \(words("notes.manner.\(note.manner.rawValue)"))</p><p class="words">\(note.text)</p></li>
            """
        }
        let list: Markup =
            found.isEmpty
            ? "<div class=\"empty\"><h2>\(words("notes.apart.empty.title"))</h2><p>\(words("notes.apart.empty.text"))</p></div>"
            : "\(request.exports("\(path)/export"))<ol class=\"blocks\">\(items)</ol>"
        let title = words("notes.apart.title")
        return .page(
            Page(
                title, shape: .reading, crumbs: [Crumb(words("platform.account.title"), "/compte"), Crumb(title)],
                "<h1>\(title)</h1><p class=\"lede\">\(words("notes.apart.lede"))</p>\(list)"))
    }

    private static func export(_ request: Request) async throws -> Response {
        let words = request.words
        let rows = try await notes(request).map { [$0.visit, $0.writtenAt.day().iso, words("notes.manner.\($0.manner.rawValue)"), $0.text] }
        let header = [words("notes.column.visit"), words("notes.column.day"), words("notes.column.manner"), words("notes.column.text")]
        return try .table(header: header, rows: rows, named: "notes-a-part", request)
    }
}
