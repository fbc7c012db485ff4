import Foundation

/// Style sheets and scripts: hashed names, compressed beforehand, served from memory, cached for ever by browsers.
public struct Assets: Sendable {
    public struct Asset: Sendable {
        public let path: String
        public let type: String
        /// The bytes by content encoding: `""`, `br`, `gzip`.
        let bytes: [String: [UInt8]]
    }

    private struct Entry: Decodable {
        var file: String
        var type: String
        var encodings: [String]
    }

    private let byName: [String: Asset]
    private let byFile: [String: Asset]
    private let drawings: [String: String]

    init(folder: URL) throws {
        let manifest = try JSONDecoder().decode(
            [String: Entry].self, from: Data(contentsOf: folder.appending(path: "manifest.json")))
        byName = try manifest.mapValues { entry in
            let file = folder.appending(path: entry.file)
            var bytes = ["": [UInt8](try Data(contentsOf: file))]
            for encoding in entry.encodings {
                bytes[encoding] = [UInt8](
                    try Data(contentsOf: file.appendingPathExtension(encoding == "br" ? "br" : "gz")))
            }
            return Asset(path: "/assets/\(entry.file)", type: entry.type, bytes: bytes)
        }
        drawings = byName.filter { $1.type.hasPrefix("image/svg") }.mapValues { Self.inline($0.bytes[""] ?? []) }
        byFile = Dictionary(uniqueKeysWithValues: byName.values.map { ($0.path, $0) })
    }

    /// The address of an asset by its plain name: `platform.css` → `/assets/platform.1a2b3c4d.css`.
    public func address(_ name: String) -> String { byName[name]?.path ?? "/assets/\(name)" }

    /// The bytes of an asset by its plain name, for the one that has an address of its own; nil when there is none.
    public func content(_ name: String) -> [UInt8]? { byName[name]?.bytes[""] }

    /// A small drawing as an address that holds it: shown without a request.
    func drawing(_ name: String) -> String { drawings[name] ?? "data:," }

    private static func inline(_ bytes: [UInt8]) -> String {
        let kept = CharacterSet.urlQueryAllowed.subtracting(["#", "\"", "'", "&"])
        let text = String(decoding: bytes, as: UTF8.self).replacing("\"", with: "'")
        return "data:image/svg+xml," + (text.addingPercentEncoding(withAllowedCharacters: kept) ?? "")
    }

    func asset(at path: String) -> Asset? { byFile[path] }
}
