import Formats

extension FileStore {
    /// What may be kept, recognised by its content whatever its name says.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case pdf = "application/pdf"
        case png = "image/png"
        case jpeg = "image/jpeg"
        case text = "text/plain; charset=utf-8"
        case csv = "text/csv; charset=utf-8"
        case odt = "application/vnd.oasis.opendocument.text"
        case ods = "application/vnd.oasis.opendocument.spreadsheet"
        case docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case webm = "audio/webm"
        case ogg = "audio/ogg"
        case m4a = "audio/mp4"
        /// A mail as it came, which nobody sends in a form.
        case mail = "message/rfc822"

        public var isImage: Bool { self == .png || self == .jpeg }

        public var isSound: Bool { [.webm, .ogg, .m4a].contains(self) }

        /// The name that a file of this kind is given out with: its own, with the ending of what it is.
        public func named(_ name: String) -> String { "\(name.prefix { $0 != "." }).\(ending)" }

        /// « PDF », « ODT »…: how people call it.
        public var label: String { ending.uppercased() }

        private var ending: String {
            switch self {
            case .pdf: "pdf"
            case .png: "png"
            case .jpeg: "jpg"
            case .text: "txt"
            case .csv: "csv"
            case .odt: "odt"
            case .ods: "ods"
            case .docx: "docx"
            case .xlsx: "xlsx"
            case .webm: "webm"
            case .ogg: "ogg"
            case .m4a: "m4a"
            case .mail: "eml"
            }
        }
    }

    /// The kind of a content that proves something, or nil when it is none of those taken.
    public static func kind(of bytes: [UInt8]) -> Kind? {
        if bytes.starts(with: Array("%PDF-".utf8)) { return .pdf }
        if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return .png }
        if bytes.starts(with: [0xff, 0xd8, 0xff]) { return .jpeg }
        guard !bytes.isEmpty, !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else { return nil }
        return .text
    }

    /// The kind of a document to read and save, or nil when it is none of those taken: an image, a page, a drawing, a
    /// document with macros.
    /// - Parameter name: says of a text, and of nothing else, that it is a table.
    public static func documentKind(of bytes: [UInt8], named name: String) -> Kind? {
        if bytes.starts(with: Array("PK".utf8)) { return archiveKind(of: bytes) }
        switch kind(of: bytes) {
        case .pdf: return .pdf
        case .text:
            // What begins with a tag is for a browser, whatever it is called.
            let first = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes.dropFirst(3) : bytes[...]
            guard first.first(where: { $0 > 32 }) != UInt8(ascii: "<") else { return nil }
            return name.lowercased().hasSuffix(".csv") ? .csv : .text
        default: return nil
        }
    }

    /// An office document by the parts it must have; one that carries programs is none.
    private static func archiveKind(of bytes: [UInt8]) -> Kind? {
        guard let archive = try? ReceivedArchive(bytes) else { return nil }
        let hasPrograms = archive.paths.contains { path in
            path.lowercased().hasSuffix("vbaproject.bin") || path.hasPrefix("Basic/") || path.hasPrefix("Scripts/")
        }
        guard !hasPrograms else { return nil }
        if let type = archive["mimetype"], archive["content.xml"] != nil {
            return [Kind.odt, .ods].first { Array($0.rawValue.utf8) == type }
        }
        guard archive["[Content_Types].xml"] != nil else { return nil }
        if archive["word/document.xml"] != nil { return .docx }
        return archive["xl/workbook.xml"] != nil ? .xlsx : nil
    }
}
