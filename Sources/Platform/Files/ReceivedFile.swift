/// A file from outside, once looked at: what the site keeps of it, whatever it was called.
public struct ReceivedFile: Sendable {
    public enum Content: Sendable {
        case picture(Picture)
        case document([UInt8], FileStore.Kind)
    }

    public let name: String
    public let content: Content

    /// The largest file, in bytes.
    public static let limit = 12 << 20
    /// The largest sound, in bytes.
    public static let soundLimit = Sound.limit
    /// The largest form with one: a file that is a little too large still gets its sentence, and the form comes back as typed.
    public static let formLimit = 24 << 20

    public var isSound: Bool { if case .document(_, let kind) = content { kind.isSound } else { false } }
    public var isImage: Bool { if case .picture = content { true } else { false } }

    /// The file whole: a document as it came, an image at its larger width, as the site wrote it anew.
    public var whole: (file: UploadedFile, kind: FileStore.Kind) {
        switch content {
        case .picture(let picture): (UploadedFile(name: name, bytes: picture.large.bytes), picture.large.kind)
        case .document(let bytes, let kind): (UploadedFile(name: name, bytes: bytes), kind)
        }
    }

    /// What it takes on the disk.
    var size: Int {
        switch content {
        case .picture(let picture): picture.large.bytes.count + picture.small.bytes.count
        case .document(let bytes, _): bytes.count
        }
    }
}

extension Site {
    /// Looks at a file: an image is decoded and written anew, a document recognised by its content.
    /// - Parameter imagesOnly: true where a document has no place.
    /// - Parameter details: what is said of it, checked before an image costs anything; nil where nothing is asked.
    /// - Throws: `FileRefusal`, `Refusals`, `DatabaseProblem`
    public func receive(_ file: UploadedFile?, _ details: FileDetails?, imagesOnly: Bool = false) async throws -> ReceivedFile {
        guard let file else { throw FileRefusal.missing }
        guard file.bytes.count <= ReceivedFile.limit else { throw FileRefusal.tooLarge }
        let name = String(file.name.split(whereSeparator: { "/\\".contains($0) }).last ?? "").prefix(200)
        if Picture.Format(file.bytes) != nil {
            try details?.check(isImage: true)
            let picture = try await withWorkFolder { try await pictures.picture(file.bytes, in: $0) }
            return ReceivedFile(name: String(name), content: .picture(picture))
        }
        guard !imagesOnly else { throw FileRefusal.notAnImage }
        guard let kind = FileStore.documentKind(of: file.bytes, named: file.name) else { throw FileRefusal.unknownKind }
        return ReceivedFile(name: String(name), content: .document(file.bytes, kind))
    }
}
