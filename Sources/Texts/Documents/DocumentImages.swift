import Formats
import Platform

/// The images of a document that somebody brings: those that the text has already, those that come with it, those left aside.
struct DocumentImages: Sendable {
    private struct Received: Sendable {
        let place: String
        let file: ReceivedFile
        let alternative: String
    }

    /// The address of each picture of the document, or nil when it is left aside.
    private(set) var addresses: [String?] = []
    private(set) var remarks: [BroughtDocument.Remark] = []
    private var received: [Received] = []

    /// Looks at each: the same bytes as an image of the text are that image; any other is decoded and written anew at once, so
    /// that nothing a camera wrote is kept.
    /// - Parameter known: the images of the text that this person is shown.
    /// - Throws: `DatabaseProblem`
    init(_ pictures: [OfficePicture], known: [Attachment], site: Site) async throws {
        var seen = Dictionary(known.map { ($0.hash, $0.address) }) { first, _ in first }
        for (index, picture) in pictures.enumerated() {
            guard let bytes = picture.bytes else {
                leave(picture, "absent")
                continue
            }
            let hash = Secrets.sha256(bytes)
            if let address = seen[hash] {
                addresses.append(address)
            } else if received.count >= OfficePicture.most {
                leave(picture, "tooMany")
            } else {
                do {
                    let file = try await site.receive(UploadedFile(name: picture.file, bytes: bytes), nil, imagesOnly: true)
                    let place = OfficePicture.place(index)
                    received.append(Received(place: place, file: file, alternative: String(picture.alternative.prefix(500))))
                    addresses.append(place)
                    seen[hash] = place
                } catch let refusal as FileRefusal {
                    leave(picture, Self.reason(refusal))
                }
            }
        }
    }

    private mutating func leave(_ picture: OfficePicture, _ reason: String) {
        addresses.append(nil)
        let name = picture.alternative.isEmpty ? picture.file : picture.alternative
        remarks.append(BroughtDocument.Remark(name: "image.\(reason)", count: addresses.count, text: name))
    }

    private static func reason(_ refusal: FileRefusal) -> String {
        switch refusal {
        case .tooLarge, .tooManyPixels, .tooHeavy: "tooLarge"
        case .unreadable: "unreadable"
        case .noImages: "noTool"
        default: "kind"
        }
    }

    /// Keeps those that come with the document as files of the text, for whoever brings it alone until a revision shows them.
    func keep(in document: inout BroughtDocument, of text: Text, _ change: Change) throws {
        for one in received {
            let said = Fields([("alternative", one.alternative), ("decorative", one.alternative.isEmpty ? "1" : ""), ("people", Attachment.People.pending.rawValue)])
            let id: String
            do { id = try change.attach(one.file, FileDetails(said), to: .text, text.id, programme: text.programmeId) } catch let refusal as FileRefusal {
                throw Refused(refusal.key, refusal.arguments, field: "document")
            }
            let image = BroughtDocument.Image(id: id, alternative: one.alternative)
            document.content.images.append(image)
            for index in document.content.parts.indices {
                document.content.parts[index].body = document.content.parts[index].body.replacing(one.place, with: image.address)
            }
        }
    }
}

extension BroughtDocument {
    /// What a form says of the images.
    mutating func hear(_ form: Fields) {
        for rank in content.images.indices { content.images[rank].hear(form, rank) }
    }

    /// The bodies that are taken, each image that they show with what is said of it, which is kept.
    /// - Throws: `Refusals` for those of which something is missing
    func described(_ bodies: [String: String], in change: Change) throws -> [String: String] {
        var (bodies, refusals) = (bodies, [any Refusal]())
        for (rank, image) in content.images.enumerated() where bodies.values.contains(where: { $0.contains(image.address) }) {
            do { try change.describe(image.id, image.details) } catch let problem as Refusals {
                refusals += problem.all.map { Refused($0.key, $0.arguments, field: "\($0.field ?? "alternative")-\(rank)") }
                continue
            }
            bodies = try bodies.mapValues(image.described)
        }
        guard refusals.isEmpty else { throw Refusals(refusals) }
        return bodies
    }
}
