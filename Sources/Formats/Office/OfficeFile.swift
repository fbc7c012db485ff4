/// A document of a word processor that came from outside, unpacked and looked over before anything is read in it.
public struct OfficeFile: Sendable {
    public enum Kind: String, Sendable, CaseIterable {
        case word = "docx"
        case openDocument = "odt"

        public var type: String {
            switch self {
            case .word: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
            case .openDocument: "application/vnd.oasis.opendocument.text"
            }
        }
    }

    /// Why a file is not taken.
    public enum Problem: String, Error, Sendable {
        /// Neither a Word document nor an OpenDocument text.
        case foreign
        /// An old `.doc`, or a document under a password.
        case oldOrLocked
        case locked
        /// It carries programs.
        case macros
        /// Cut, badly made, or made to hurt.
        case damaged
        case tooLarge
    }

    public let kind: Kind
    let parts: ReceivedArchive

    /// Looks a file over: its kind by its content, never by its name.
    /// - Throws: `Problem`
    public init(_ bytes: [UInt8]) throws(Problem) {
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .oldOrLocked }
        guard bytes.starts(with: [0x50, 0x4B]) else { throw .foreign }
        do { parts = try ReceivedArchive(bytes) } catch {
            switch error {
            case .encrypted: throw .locked
            case .tooLarge: throw .tooLarge
            case .notAnArchive, .unsafeName, .damaged, .cannotWrite: throw .damaged
            }
        }
        for path in parts.paths where path.hasSuffix(".xml") || path.hasSuffix(".rels") {
            guard let part = parts[path], !Self.declares(part) else { throw .damaged }
        }
        kind = try Self.kind(of: parts)
    }

    /// A part read as a tree; nil when it is not there.
    func tree(_ path: String) throws(Problem) -> XMLTree? {
        guard let bytes = parts[path] else { return nil }
        do { return try XMLTree.read(bytes) } catch { throw error == .tooLarge ? .tooLarge : .damaged }
    }

    /// `<!DOCTYPE` or `<!ENTITY`: no word processor writes them, and what they bring is never wanted.
    private static func declares(_ part: [UInt8]) -> Bool {
        var index = part.startIndex
        while let place = part[index...].firstIndex(of: UInt8(ascii: "!")) {
            let rest = part[(place + 1)...]
            if rest.starts(with: "DOCTYPE".utf8) || rest.starts(with: "ENTITY".utf8) { return true }
            index = place + 1
        }
        // In two bytes a letter, none of this would be seen: such a part is none of a word processor either.
        return part.starts(with: [0xFE, 0xFF]) || part.starts(with: [0xFF, 0xFE]) || part.prefix(4).contains(0)
    }

    private static func kind(of parts: ReceivedArchive) throws(Problem) -> Kind {
        if let type = parts["mimetype"].map({ String(decoding: $0, as: UTF8.self) }) {
            guard type.hasPrefix("application/vnd.oasis.opendocument.text"), parts["content.xml"] != nil else { throw .foreign }
            let manifest = parts["META-INF/manifest.xml"].map { String(decoding: $0, as: UTF8.self) } ?? ""
            guard !manifest.contains("encryption-data") else { throw .locked }
            return .openDocument
        }
        guard let types = parts["[Content_Types].xml"].map({ String(decoding: $0, as: UTF8.self) }) else { throw .foreign }
        if types.contains("macroEnabled") || parts.paths.contains(where: { $0.lowercased().hasSuffix("vbaproject.bin") }) { throw .macros }
        guard types.contains("wordprocessingml.document.main+xml") || types.contains("wordprocessingml.template.main+xml") else { throw .foreign }
        return .word
    }
}

/// What a word processor's document says, and what of it is left aside.
public struct OfficeText: Sendable, Equatable {
    /// Something of the document that is not in its blocks, or not as it was.
    public enum Aside: Sendable, Hashable {
        /// Proposed insertions were taken, proposed deletions dropped.
        case insertions(Int)
        case deletions(Int)
        case comment(author: String, text: String)
        case objects(Int)
        case headers(Int)
        case contents
    }

    /// A text with more words than a thick book is not read: it would take minutes, for nobody.
    private static let limits = (letters: 600_000, paragraphs: 10_000)

    /// - Throws: `tooLarge`
    static func check(_ body: XMLTree) throws(OfficeFile.Problem) {
        let isBounded = body.letters <= limits.letters && body.count(of: ["w:p", "text:p", "text:h"]) <= limits.paragraphs
        guard isBounded else { throw .tooLarge }
    }

    public var title = ""
    public var blocks: [Prose.Block] = []
    public var asides: [Aside] = []
    /// In the order of the document.
    public var pictures: [OfficePicture] = []
    var origin: String?

    /// Whether the document was made from the thing of that identifier.
    public func isFrom(_ id: String) -> Bool { origin == OfficeAnchor.key(id) }

    /// - Throws: `OfficeFile.Problem`
    public static func read(_ file: OfficeFile) throws(OfficeFile.Problem) -> OfficeText {
        switch file.kind {
        case .word: try WordReader.read(file)
        case .openDocument: try OpenDocumentReader.read(file)
        }
    }
}
