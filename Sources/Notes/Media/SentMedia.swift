import Formats
import Platform

/// A photograph or a sound as a telephone announces it: what it is, what it belongs to, who agreed to be on it.
struct SentMedia: Sendable {
    let name: NoteMedia.Name
    let visit: String
    let author: String
    let size: Int
    let isSound: Bool
    let fileName: String
    let details: FileDetails

    /// - Throws: `Refused`, `NotFound`
    init(_ request: Request) throws {
        let sent = try request.json()
        guard sent["protocol"]?.int == 1 else { throw Refused("notes.refusal.protocol") }
        guard let author = request.viewer.personId else { throw NotFound() }
        func text(_ name: String) -> String { CleanText.line(sent[name]?.string ?? "") }
        self.author = author
        name = NoteMedia.Name(block: text("block"), hash: request["media"])
        visit = text("visit")
        size = sent["size"]?.int ?? 0
        isSound = text("kind") == "sound"
        fileName = text("name")
        details = FileDetails(Fields(["alternative", "people", "agreement"].map { ($0, text($0)) }))
    }

    /// What is wrong with it, before a byte is sent.
    /// - Throws: `FileRefusal`, `Refusals`
    func check() throws {
        guard size > 0 else { throw FileRefusal.missing }
        guard size <= (isSound ? ReceivedFile.soundLimit : ReceivedFile.limit) else { throw FileRefusal.tooLarge }
        if isSound { try details.checkVoices() } else { try details.check(isImage: true) }
    }
}
