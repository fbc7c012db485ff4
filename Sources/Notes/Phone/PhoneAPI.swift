import Database
import Formats
import Platform

/// What a telephone asks when it finds the network again: who am I here, is this really the site, does it still have my notes.
enum PhoneAPI {
    static let path = "/api/v1/telephone"
    static let mostReceipts = 5_000

    static let routes: [Route] = [
        .get(path, asks: .anyone, for: "everybody", hello),
        .post("\(path)/recus", asks: .signedIn, for: "who has an account", upTo: 2 << 20, receipts),
    ]

    /// Says who is logged in, with the key of what this telephone keeps; otherwise how the session came to its end.
    private static func hello(_ request: Request) async throws -> Response {
        var answer: [String: JSONValue] = [
            "protocol": .int(1), "state": .string(try await SessionState.of(request).rawValue), "now": .int(request.now.milliseconds),
        ]
        if let session = request.session, let person = session.viewer.personId {
            answer["person"] = .string(person)
            answer["key"] = .string(try request.site.phoneKey(of: person))
            answer["token"] = .string(request.formToken)
            answer["lasts"] = .int(session.lasts(at: request.now))
        }
        return .json(.object(answer))
    }

    /// Of what the telephone was told that the site has, what it has no more.
    private static func receipts(_ request: Request) async throws -> Response {
        let sent = try request.json()
        let blocks = sent["blocks"]?.array ?? []
        let media = sent["media"]?.array ?? []
        guard let person = request.viewer.personId, blocks.count + media.count <= mostReceipts else {
            throw Refused("notes.refusal.batch", ["n": mostReceipts])
        }
        let kept = blocks.compactMap { pair in
            pair[0]?.string.flatMap { id in pair[1]?.string.map { BlockMark.Kept(id: id, mark: $0) } }
        }
        let files = media.compactMap { pair in
            pair[0]?.string.flatMap { block in pair[1]?.string.map { NoteMedia.Name(block: block, hash: $0) } }
        }
        let (missing, lost) = try await request.site.database.read { reader in
            (try BlockMark.missing(kept, of: person, reader), try NoteMedia.missing(files, of: person, reader))
        }
        return .json(
            .object([
                "protocol": .int(1),
                "blocks": .array(
                    missing.map { .object(["id": .string($0.id), "version": .int(Int64($0.version)), "mark": .string($0.mark)]) }),
                "media": .array(lost.map { .array([.string($0.block), .string($0.hash)]) }),
            ]))
    }
}
