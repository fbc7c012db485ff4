import Database
import Formats

/// How widely a file may be read, from the narrowest to the widest.
public enum FileReading: Int, Sendable, Comparable {
    case nobody, thisPerson, everyone

    public static func < (left: FileReading, right: FileReading) -> Bool { left.rawValue < right.rawValue }
}

/// The address of a file: its bytes for whoever may read what carries it, at this moment.
public enum FilePage {
    static let routes: [Route] = [
        .get("/fichiers/{file}", asks: .thing(.see), for: "whoever may read what carries it", show)
    ]

    /// Answers a file that is not there and one of others alike.
    @Sendable public static func show(_ request: Request) async throws -> Response {
        let id = request["file"]
        let (file, reading) = try await request.site.database.read { reader in
            guard let file = try AttachmentQueries.all([id], reader).first else { throw NotFound() }
            return (file, try request.reading(of: file, reader))
        }
        guard reading > .nobody else { throw NotFound() }
        let isSmall = request.query["largeur"] == "\(Picture.little)"
        let hash = isSmall ? file.smallHash ?? file.hash : file.hash
        guard let bytes = request.site.files.content(hash) else { throw NotFound() }
        return .file(bytes, of: file, hash: hash, isPublic: reading == .everyone)
    }
}

extension Request {
    /// How widely a file may be read: the widest that a capability says.
    public func reading(of file: Attachment, _ reader: any Reader) throws -> FileReading {
        try site.features.compactMap(\.opensFile).reduce(.nobody) { widest, opens in
            widest == .everyone ? widest : max(widest, try opens(file, reader, self))
        }
    }
}

extension Response {
    /// A file that came from outside: an image that we wrote is shown, anything else is saved; whatever it holds, a browser
    /// runs nothing of it. What everybody may read is asked anew at each view (304), for it may be withdrawn.
    fileprivate static func file(_ bytes: [UInt8], of file: Attachment, hash: String, isPublic: Bool) -> Response {
        var response = Response.download(bytes, type: file.kind.rawValue, name: file.kind.named(file.name.isEmpty ? "fichier" : file.name))
        if file.isImage || file.isSound { response.set("content-disposition", "inline") }
        response.set("content-security-policy", "default-src 'none'; sandbox")
        response.set("cache-control", isPublic ? "public, no-cache" : "private, no-store")
        if isPublic { response.set("etag", "\"\(hash.prefix(20))\"") }
        return response
    }
}
