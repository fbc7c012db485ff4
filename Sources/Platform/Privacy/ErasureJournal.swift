import Database
import Formats
import Foundation
import Glibc

/// The journal of what was erased: a file of the data folder that no backup takes, added to and never rewritten. It names
/// nobody: a date, a kind, the SHA-256 of an identifier drawn at random.
public struct ErasureJournal: Sendable {
    public static let fileName = "erasures.log"

    struct Line: Sendable, Equatable {
        var at: Instant
        /// `former`, `complete`, or the kind of a thing.
        var kind: String
        var hash: String
        var keepsAuthorship = false
    }

    private let site: Site
    private let path: String

    init(_ site: Site) {
        self.site = site
        path = site.configuration.data.appending(path: Self.fileName).path
    }

    func lines() throws -> [Line] {
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ").map(String.init)
            guard parts.count >= 3, parts[2].count == 64 else { return nil }
            return Line(at: Instant(milliseconds: 0), kind: parts[1], hash: parts[2], keepsAuthorship: parts.count > 3)
        }
    }

    /// Adds lines, on the disk when this returns.
    func add(_ lines: Line...) throws { try add(lines) }

    private func add(_ lines: [Line]) throws {
        guard !lines.isEmpty else { return }
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw DurableFile.problem() }
        defer { close(file) }
        let text = lines.map { "\($0.at.rfc3339) \($0.kind) \($0.hash)\($0.keepsAuthorship ? " authorship" : "")\n" }.joined()
        let bytes = Array(text.utf8)
        let count = bytes.withUnsafeBytes { write(file, $0.baseAddress, bytes.count) }
        guard count == bytes.count, fsync(file) == 0 else { throw DurableFile.problem() }
        try DurableFile.synchronize(site.configuration.data.path)
    }

    /// Adds what the database says was erased and the journal does not.
    func complete() async throws {
        let known = Set(try lines().map { "\($0.kind) \($0.hash)" })
        let things = site.features.flatMap(\.personal.erasable)
        let now = site.now()
        let missing = try await site.database.read { reader in
            let people = try reader.all(
                Erasures.Known.self, "SELECT person_id, kind, keeps_authorship FROM erasure WHERE done_at IS NOT NULL ORDER BY done_at"
            ).map { Line(at: now, kind: $0.kind.rawValue, hash: Secrets.sha256($0.personId), keepsAuthorship: $0.keepsAuthorship) }
            let others = try things.flatMap { thing in
                try reader.texts(thing.erased).map { Line(at: now, kind: thing.kind, hash: Secrets.sha256($0)) }
            }
            return (people + others).filter { !known.contains("\($0.kind) \($0.hash)") }
        }
        try add(missing)
    }
}
