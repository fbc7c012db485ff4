import Database
import Formats

/// An image or a document that a thing carries: a text, a block of notes, a visit. What it shows never changes.
public struct Attachment: Sendable, Codable, Equatable {
    /// The kinds of things that carry some.
    public enum Owner: String, Sendable, Codable, SQLConvertible {
        case text, note, visit
    }

    /// Whether people can be recognised on an image, as whoever added it says.
    public enum People: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case none
        /// They did not say yet that they agree.
        case pending
        case agreed
    }

    public var id: String
    public var ownerKind: Owner
    public var ownerId: String
    public var programmeId: String
    public var name: String
    public var addedBy: String?
    public var addedAt: Instant
    public var hash: String
    public var kind: FileStore.Kind
    public var size: Int
    public var smallHash: String?
    public var width: Int?
    public var height: Int?
    public var smallWidth: Int?
    public var alternative: String
    public var isDecorative: Bool
    public var caption: String
    public var credit: String
    public var people: People
    public var agreement: String
    public var removedAt: Instant?

    public var isImage: Bool { smallHash != nil }

    /// Where it is read, for whoever may.
    public var address: String { "\(Self.folder)\(id)" }
    public static let folder = "/fichiers/"

    /// The identifier in an address of a file, or nil when it is no such address.
    public static func id(in address: String) -> String? {
        guard address.hasPrefix(folder) else { return nil }
        let id = String(address.dropFirst(folder.count))
        return Identifier.isName(id) ? id : nil
    }

    /// What a download is: « PDF, 1,2 Mo ».
    public func about(_ words: Words) -> String { "\(kind.label), \(words.size(size))" }

    /// The caption with who made the image.
    public func legend(_ words: Words) -> String {
        [caption, credit.isEmpty ? "" : words("platform.file.credited", ["name": credit])].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension Words {
    /// The size of a file as people read it.
    public func size(_ bytes: Int) -> String {
        if bytes < 1_024 { return self("platform.file.size.bytes", ["n": bytes]) }
        if bytes < 1 << 20 { return self("platform.file.size.kilo", ["size": number((bytes + 1_023) >> 10)]) }
        if bytes >= 1 << 30 { return self("platform.file.size.giga", ["size": tenths(bytes, of: 30)]) }
        return self("platform.file.size.mega", ["size": tenths(bytes, of: 20)])
    }

    private func tenths(_ bytes: Int, of power: Int) -> String {
        let tenths = (bytes * 10 + (1 << (power - 1))) >> power
        let rest = tenths % 10 == 0 ? "" : "\(language == .french ? "," : ".")\(tenths % 10)"
        return "\(number(tenths / 10))\(rest)"
    }
}

/// The size of a file, in a sentence.
public struct FileSize: WordArgument {
    let bytes: Int

    public init(bytes: Int) {
        self.bytes = bytes
    }

    public func said(in words: Words) -> String { words.size(bytes) }
}
