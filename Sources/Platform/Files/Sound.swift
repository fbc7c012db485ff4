import Formats
import Foundation

/// A sound that a page recorded on a telephone: taken as the browser wrote it, which says neither the place nor the device.
enum Sound {
    /// The largest, in bytes: an hour and more of speech as browsers record it.
    static let limit = 24 << 20

    /// The kind of a sound, recognised by its content whatever its name says; nil for a film, for one that says where it was
    /// recorded, and for anything else.
    static func kind(of bytes: [UInt8]) -> FileStore.Kind? {
        if bytes.starts(with: [0x1a, 0x45, 0xdf, 0xa3]) {
            let head = Data(bytes.prefix(8 << 10))
            return has(head, "A_OPUS") && !has(head, "V_VP") && !has(head, "V_AV1") && !has(head, "V_MPEG") ? .webm : nil
        }
        if bytes.starts(with: Array("OggS".utf8)) { return has(Data(bytes.prefix(4 << 10)), "OpusHead") ? .ogg : nil }
        guard bytes.count > 12, bytes[4..<8].elementsEqual("ftyp".utf8) else { return nil }
        let whole = Data(bytes)
        return has(whole, "soun") && !["vide", "\u{A9}xyz", "loci"].contains { has(whole, $0) } ? .m4a : nil
    }

    private static func has(_ bytes: Data, _ mark: String) -> Bool {
        bytes.range(of: Data(mark.unicodeScalars.map { UInt8($0.value) })) != nil
    }
}

extension Site {
    /// Looks at a sound: recognised by its content, kept as it is.
    /// - Throws: `FileRefusal`, `Refusals`
    public func receiveSound(_ file: UploadedFile, _ details: FileDetails) throws -> ReceivedFile {
        guard file.bytes.count <= Sound.limit else { throw FileRefusal.tooLarge }
        try details.checkVoices()
        guard let kind = Sound.kind(of: file.bytes) else { throw FileRefusal.notASound }
        return ReceivedFile(name: String(file.name.prefix(200)), content: .document(file.bytes, kind))
    }
}

extension Attachment {
    public var isSound: Bool { kind.isSound }

    /// The sound, to listen to where it stands; fetched when it is asked for.
    public func sound(_ label: String) -> Markup {
        "<audio controls preload=\"none\" src=\"\(address)\" aria-label=\"\(label)\"></audio>"
    }
}
