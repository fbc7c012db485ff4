import Database
import Events
import Formats
import Platform
import Visits

/// What the script of the notebook speaks: batches of blocks, acknowledged one by one. Protocol 1.
enum BlockAPI {
    static let batchLimit = 200

    static let routes: [Route] =
        [
            .post("/api/v1/blocs", asks: .thing(.writeNote), for: "visiting group", upTo: 8 << 20, receive),
            .get("/api/v1/blocs/{block}", asks: .signedInTo(.see), for: "author, visiting group when shared", show),
            .get("/api/v1/visites/{visit}/blocs", asks: .signedInTo(.see), for: "visiting group", list),
        ] + BlockResource.routes

    private static func receive(_ request: Request) async throws -> Response {
        let batch = try request.json()
        guard batch["protocol"]?.int == 1 else { throw Refused("notes.refusal.protocol") }
        guard let visitId = batch["visit"]?.string, let blocks = batch["blocks"]?.array, blocks.count <= batchLimit else {
            throw Refused("notes.refusal.batch", ["n": batchLimit])
        }
        // A telephone that changed hands sends nothing of one person under the name of another.
        if let author = batch["author"]?.string, author != request.viewer.personId { throw Refused("notes.refusal.author") }
        let device = batch["device"]?.string ?? ""
        let words = request.words
        let answers = try await request.site.amend(as: "note.synced", by: request.actor, isPublic: false) { change in
            guard let visit = try? VisitQueries.load(id: visitId, change),
                try change.viewer.isMember(of: visit.delegationId) || OpenNotebook.mayBring(to: visit, change.viewer, change)
            else { throw NotFound() }
            let isApart = !change.viewer.isMember(of: visit.delegationId)
            let answers = try blocks.map { block -> JSONValue in
                do {
                    let (id, mark, received) = try take(block, device, visit, change)
                    return .object([
                        "id": .string(id), "outcome": .string(received.outcome.rawValue), "version": .int(Int64(received.version)),
                        "mark": .string(mark), "apart": .bool(isApart),
                    ])
                } catch is BegunNote.Dropped {
                    return .object(["id": .string(block["id"]?.string ?? ""), "outcome": .string(BlockSync.Outcome.dropped.rawValue), "version": .int(0)])
                } catch let refusal as any Refusal {
                    return .object([
                        "id": .string(block["id"]?.string ?? ""), "outcome": .string("refused"),
                        "message": .string(words(refusal.key, refusal.arguments)),
                    ])
                }
            }
            change.leaveAsItIs()
            return answers
        }
        return .json(.object(["protocol": .int(1), "blocks": .array(answers)]))
    }

    /// A block as it is written, or the name of one that was emptied.
    private static func take(
        _ block: JSONValue, _ device: String, _ visit: Visit, _ change: Change
    ) throws -> (id: String, mark: String, received: (outcome: BlockSync.Outcome, version: Int)) {
        if block["dropped"]?.bool == true, let id = block["id"]?.string {
            return (id, BlockMark.dropped, try BegunNote.drop(id, from: device, visit: visit, in: change))
        }
        let sent = try read(block, device: device)
        return (sent.id, BlockMark.of(sent), try NoteWriting.receive(sent, visit: visit, in: change))
    }

    static func read(_ block: JSONValue, device: String) throws -> SentBlock {
        func optional(_ name: String) -> String? { block[name]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        guard let id = block["id"]?.string, let text = block["text"]?.string else { throw Refused("notes.refusal.block") }
        guard let manner = Manner(rawValue: block["manner"]?.string ?? "") else { throw Refused("notes.refusal.manner", field: "manner") }
        return SentBlock(
            id: id, base: block["base"]?.int ?? 0, deviceId: device, sequence: block["sequence"]?.int ?? 0,
            slotId: optional("slot"), encounterId: optional("encounter"), dimensionIds: dimensions(block), manner: manner,
            speaker: optional("speaker"), text: text, subgroupId: optional("subgroup"), isOffRecord: block["offRecord"]?.bool ?? false,
            place: block["place"]?.string ?? "", isBegun: block["begun"]?.bool ?? false, age: Int64(block["age"]?.int ?? 0))
    }

    /// A list; a telephone that left before there could be several says one, as `dimension`.
    private static func dimensions(_ block: JSONValue) -> [String] {
        let listed = block["dimensions"]?.array?.compactMap(\.string) ?? block["dimension"]?.string.map { [$0] } ?? []
        return listed.filter { !$0.isEmpty }
    }

    private static func show(_ request: Request) async throws -> Response {
        let block = try await request.site.database.read { try NoteQueries.block(request["block"], $0, request) }
        return .json(written(block))
    }

    /// The blocks of a visit that this person may read, each version shown: at most `limit`, from `page` on.
    private static func list(_ request: Request) async throws -> Response {
        let page = max(1, min(100_000, request.query.integer("page") ?? 1))
        let (blocks, count) = try await request.site.database.read { reader in
            let visit = try OpenNotebook.of(VisitQueries.load(id: request["visit"], reader), request, reader).visit
            return (
                try NoteQueries.blocks(visit.id, limit: batchLimit, offset: (page - 1) * batchLimit, reader, request),
                try NoteQueries.count(visit.id, NoteFilter(), reader, request)
            )
        }
        return .json(
            .object([
                "protocol": .int(1), "count": .int(Int64(count)), "page": .int(Int64(page)),
                "blocks": .array(blocks.map(written)),
            ]))
    }

    private static func written(_ block: NoteBlock) -> JSONValue {
        func optional(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
        return .object([
            "id": .string(block.id), "version": .int(Int64(block.version)), "text": .string(block.text),
            "manner": .string(block.manner.rawValue), "shared": .bool(block.isShared), "author": .string(block.authorId),
            "slot": optional(block.slotId), "encounter": optional(block.encounterId),
            "dimensions": .array(block.dimensions.map { .string($0.id) }), "speaker": optional(block.speaker), "subgroup": optional(block.subgroupId),
            "offRecord": .bool(block.isOffRecord), "begun": .bool(block.isBegun), "place": .string(block.place),
        ])
    }
}
