import Database
import Foundation

/// The files of the site, kept by content: two equal files are one, and a name from outside never makes a path.
public struct FileStore: Sendable {
    public let folder: URL

    public init(folder: URL) {
        self.folder = folder
    }

    /// What may be kept, recognised by its first bytes whatever its name says.
    public enum Kind: String, Sendable, Codable {
        case pdf = "application/pdf"
        case png = "image/png"
        case jpeg = "image/jpeg"
        case text = "text/plain; charset=utf-8"

        /// The name that a file of this kind is given out with: its own, with the ending of what it is.
        public func named(_ name: String) -> String { "\(name.prefix { $0 != "." }).\(ending)" }

        private var ending: String {
            switch self {
            case .pdf: "pdf"
            case .png: "png"
            case .jpeg: "jpg"
            case .text: "txt"
            }
        }
    }

    /// The kind of a content, or nil when it is none of those taken.
    public static func kind(of bytes: [UInt8]) -> Kind? {
        if bytes.starts(with: Array("%PDF-".utf8)) { return .pdf }
        if bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return .png }
        if bytes.starts(with: [0xff, 0xd8, 0xff]) { return .jpeg }
        guard !bytes.isEmpty, !bytes.contains(0), String(validating: bytes, as: UTF8.self) != nil else { return nil }
        return .text
    }

    /// Writes a content on the disk, durably, and answers its SHA-256: its name from now on.
    /// - Throws: `DatabaseProblem.full`, `DatabaseProblem.readOnly`
    public func keep(_ bytes: [UInt8]) throws -> String {
        let hash = Secrets.sha256(bytes)
        let target = place(hash)
        guard !FileManager.default.fileExists(atPath: target.path) else { return hash }
        do {
            try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            try DurableFile.write(bytes, to: target.path)
        } catch let error as CocoaError {
            throw error.code == .fileWriteOutOfSpace ? DatabaseProblem.full : DatabaseProblem.readOnly
        }
        return hash
    }

    /// Whether this very content is kept.
    func has(_ bytes: [UInt8]) -> Bool { FileManager.default.fileExists(atPath: place(Secrets.sha256(bytes)).path) }

    /// The content of that name; nil when it is not there, or is not what its name says any more.
    public func content(_ hash: String) -> [UInt8]? {
        bytes(hash).flatMap { Secrets.sha256($0) == hash ? $0 : nil }
    }

    /// What is kept under that name, whatever it has become; nil when it is not there.
    public func bytes(_ hash: String) -> [UInt8]? {
        guard hash.utf8.count == 64, hash.allSatisfy(\.isHexDigit) else { return nil }
        return (try? Data(contentsOf: place(hash))).map { [UInt8]($0) }
    }

    public func remove(_ hash: String) throws {
        try FileManager.default.removeItem(at: place(hash))
    }

    /// The names of everything kept.
    public func all() -> [String] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.compactMap { ($0 as? URL)?.lastPathComponent } ?? []).filter { $0.utf8.count == 64 }.sorted()
    }

    private func place(_ hash: String) -> URL {
        folder.appending(path: String(hash.prefix(2))).appending(path: hash)
    }
}
