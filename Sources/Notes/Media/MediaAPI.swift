import Database
import Formats
import Platform

/// How a photograph or a sound leaves a telephone: announced by its content, sent piece by piece from where it was left, kept
/// once it is whole. Repeating any of it changes nothing.
enum MediaAPI {
    static let piece = 1 << 20

    static let routes: [Route] = [
        .post("/api/v1/medias/{media}", asks: .thing(.shareNote), for: "author", upTo: 64 << 10, announce),
        .post("/api/v1/medias/{media}/morceaux", asks: .thing(.shareNote), for: "author", upTo: piece, receive),
    ]

    private enum Outcome: String {
        /// Its bytes are awaited, from `received` on.
        case wanted
        case saved
        /// The note that carries it has not arrived yet.
        case early
        case refused
    }

    /// Says where a file is at; keeps it when all of it has arrived.
    private static func announce(_ request: Request) async throws -> Response {
        let media = try SentMedia(request)
        let (site, person) = (request.site, media.author)
        let found = try await site.database.read { reader -> (owner: Bool?, isKept: Bool) in
            guard let author = try reader.text("SELECT author_id FROM note_block WHERE id = \(media.name.block)") else { return (nil, false) }
            return (author == person, try NoteMedia.has(media.name, reader))
        }
        guard let isOwn = found.owner else { return try await early(media, request) }
        // Somebody else's is no more there than one that never was.
        guard isOwn else { return try await early(media, request) }
        if found.isKept { return answer(.saved, media.size) }
        do {
            try media.check()
            guard try site.parts.begin(media.name.hash, of: person) else { throw Refused("notes.refusal.mediaMany") }
            let received = site.parts.received(media.name.hash, of: person) ?? 0
            guard received >= media.size else { return answer(.wanted, received) }
            guard let bytes = site.parts.content(media.name.hash, of: person), bytes.count == media.size, Secrets.sha256(bytes) == media.name.hash
            else {
                // Not what was announced: once more from its beginning.
                site.parts.remove(media.name.hash, of: person)
                _ = try site.parts.begin(media.name.hash, of: person)
                return answer(.wanted, 0)
            }
            try await keep(bytes, media, request)
            site.parts.remove(media.name.hash, of: person)
            return answer(.saved, media.size)
        } catch {
            guard let problems = request.problems(error) else { throw error }
            site.parts.remove(media.name.hash, of: person)
            return answer(.refused, 0, problems.map(\.sentence).joined(separator: " "))
        }
    }

    /// A note that is not there: it may be on its way, for whoever may write here.
    private static func early(_ media: SentMedia, _ request: Request) async throws -> Response {
        let isExpected = try await request.site.database.read { reader in
            try reader.exists(
                """
                SELECT visit.id FROM visit JOIN membership ON membership.scope_id = visit.delegation_id
                WHERE visit.id = \(media.visit) AND membership.person_id = \(media.author)
                """)
        }
        guard isExpected else { throw NotFound() }
        return answer(.early, 0)
    }

    private static func receive(_ request: Request) async throws -> Response {
        guard let person = request.viewer.personId, let offset = request.query.integer("debut") else { throw NotFound() }
        let (parts, hash, bytes) = (request.site.parts, request["media"], request.body)
        guard let received = try parts.add(bytes, at: offset, to: hash, of: person, upTo: max(ReceivedFile.limit, ReceivedFile.soundLimit)) else {
            throw NotFound()
        }
        return .json(.object(["protocol": .int(1), "received": .int(Int64(received))]))
    }

    private static func keep(_ bytes: [UInt8], _ media: SentMedia, _ request: Request) async throws {
        let (site, file) = (request.site, UploadedFile(name: media.fileName, bytes: bytes))
        let received =
            if media.isSound { try site.receiveSound(file, media.details) } else {
                try await site.receive(file, media.details, imagesOnly: true)
            }
        try await site.amend(as: "file.added", by: request.actor, isPublic: false) { change in
            let thing = try change.require(.shareNote, on: media.name.block)
            guard try !NoteMedia.has(media.name, change) else { return change.leaveAsItIs() }
            let id = try change.attach(received, media.details, to: .note, media.name.block, programme: thing.programmeId ?? "")
            try NoteMedia.add(media.name, attachment: id, in: change)
        }
    }

    private static func answer(_ outcome: Outcome, _ received: Int, _ message: String? = nil) -> Response {
        .json(
            .object([
                "protocol": .int(1), "outcome": .string(outcome.rawValue), "received": .int(Int64(received)),
                "message": message.map { .string($0) } ?? .null,
            ]))
    }
}
