import Database
import Formats
import Platform
import Visits

/// One block at a time, for the programs that take notes elsewhere, in the words of HTTP: kept is 201 or 200; kept beside what
/// was written meanwhile is 409, with the version to look at.
enum BlockResource {
    private static let blocks = "/api/v1/programmes/{programme}/visites/{visit}/blocs"

    static let routes: [Route] = [
        .post(blocks, asks: .thing(.writeNote), for: "visiting group", upTo: 256 << 10, write),
        .get("\(blocks)/recus", asks: .signedInTo(.see), for: "visiting group", received),
        .post("/api/v1/blocs/{block}", asks: .thing(.writeNote), for: "author", upTo: 256 << 10, revise),
        .get("/api/v1/blocs/{block}/versions", asks: .signedInTo(.see), for: "author, visiting group when shared", versions),
    ]

    private static func write(_ request: Request) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        let value = try request.json()
        let sent = try BlockAPI.read(value, device: value["device"]?.string ?? "")
        return try await kept(sent, new: 201, request) { _ in open.visit }
    }

    /// What is not named stays as it was in the version that the words were written from.
    private static func revise(_ request: Request) async throws -> Response {
        let (block, known, dimensions) = try await request.site.database.read { reader in
            let block = try NoteQueries.block(request["block"], reader, request)
            guard block.authorId == request.viewer.personId else { throw NotFound() }
            return (block, try NoteQueries.versions(block.id, reader), try NoteDimensions.of([block.id], reader))
        }
        let value = try request.json()
        guard let base = value["base"]?.int ?? value["base"]?.string.flatMap({ Int($0) }),
            let from = known.first(where: { $0.version == base })
        else { throw Refused("notes.refusal.base", field: "base") }
        let borne = dimensions[NoteDimensions.Version(blockId: block.id, version: base)] ?? []
        var before: [String: JSONValue] = [
            "id": .string(block.id), "base": .int(Int64(base)), "manner": .string(from.manner.rawValue),
            "sequence": .int(Int64(from.sequence)), "slot": .string(from.slotId ?? ""),
            "encounter": .string(from.encounterId ?? ""),
            "dimensions": .array(borne.map { .string($0.id) }),
            "speaker": .string(from.speaker ?? ""), "subgroup": .string(from.subgroupId ?? ""), "offRecord": .bool(from.isOffRecord), "place": .string(from.place),
        ]
        let named = (value.object ?? [:]).filter { !["id", "base"].contains($0.key) }
        if named["dimension"] != nil { before["dimensions"] = nil }
        let sent = try BlockAPI.read(
            .object(before.merging(named) { $1 }), device: value["device"]?.string ?? from.deviceId)
        return try await kept(sent, new: 200, request) { try VisitQueries.load(id: block.visitId, $0) }
    }

    private static func kept(
        _ sent: SentBlock, new: Int, _ request: Request, in visit: @escaping @Sendable (Change) throws -> Visit
    ) async throws -> Response {
        let (outcome, version, isBeside) = try await request.site.amend(as: "note.synced", by: request.actor, isPublic: false) { change in
            let (outcome, version) = try NoteWriting.receive(sent, visit: visit(change), in: change)
            change.leaveAsItIs()
            let known = try NoteQueries.versions(sent.id, change).map(\.known)
            return (outcome, version, BlockSync.isBeside(version, among: known))
        }
        return .json(
            .object([
                "id": .string(sent.id), "outcome": .string(outcome.rawValue), "version": .int(Int64(version)),
            ]), status: isBeside ? 409 : outcome == .same ? 200 : new)
    }

    /// The names of the blocks that the site has of this person's device, for the device to compare with its own.
    private static func received(_ request: Request) async throws -> Response {
        let device = request.query.optional("appareil")
        let names = try await request.site.database.read { reader in
            let open = try OpenNotebook.at(request, reader)
            let isOfDevice: SQL = device.map { "origin.device_id = \($0)" } ?? "1 = 1"
            return try reader.texts(
                """
                SELECT note_block.id FROM note_block
                JOIN note_version AS origin ON origin.block_id = note_block.id AND origin.version = 1
                WHERE note_block.visit_id = \(open.visit.id) AND note_block.author_id = \(request.viewer.personId)
                    AND \(isOfDevice) ORDER BY note_block.created_at, note_block.id
                """)
        }
        return .json(.array(names.map { .string($0) }))
    }

    /// Every version that this person may read, oldest first.
    private static func versions(_ request: Request) async throws -> Response {
        let versions = try await request.site.database.read { reader in
            let block = try NoteQueries.block(request["block"], reader, request)
            let isReadable: SQL = block.authorId == request.viewer.personId ? "1 = 1" : NoteOpening.readable
            return try reader.all(
                NoteVersion.self,
                """
                SELECT note_version.* FROM note_version JOIN note_block ON note_block.id = note_version.block_id
                WHERE note_version.block_id = \(block.id) AND \(isReadable) ORDER BY note_version.version
                """)
        }
        return .json(
            .array(
                versions.map { version in
                    .object([
                        "version": .int(Int64(version.version)), "base": .int(Int64(version.base)), "text": .string(version.text),
                        "manner": .string(version.manner.rawValue), "received": .string(version.receivedAt.rfc3339),
                    ])
                }))
    }
}
