import Database
import Foundation
import Glibc

/// The files of the site, kept by content: two equal files are one, and a name from outside never makes a path.
public struct FileStore: Sendable {
    public let folder: URL

    public init(folder: URL) {
        self.folder = folder
    }

    /// Writes a content on the disk, durably, and answers its SHA-256: its name from now on.
    /// - Throws: `DatabaseProblem.full`, `DatabaseProblem.readOnly`
    public func keep(_ bytes: [UInt8]) throws -> String {
        let hash = Secrets.sha256(bytes)
        let target = place(hash)
        do {
            try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
            // Wanted again: whoever clears the store leaves it for a while.
            guard !renew(hash) else { return hash }
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

    /// Lets a content go that nothing wanted for a while. Wanted again at this very moment, it stays: it is first put aside,
    /// then looked at, so that whoever keeps it meanwhile either is seen or writes it anew.
    /// - Parameter aside: a folder on the same disk, cleared by others.
    func release(_ hash: String, aside: URL) throws {
        let (place, aside) = (place(hash), aside.appending(path: hash))
        guard Self.rest(place) > Self.linger, rename(place.path, aside.path) == 0 else { return }
        if Self.rest(aside) > Self.linger {
            unlink(aside.path)
        } else if rename(aside.path, place.path) != 0 {
            throw DurableFile.problem()
        }
    }

    public func remove(_ hash: String) throws {
        try FileManager.default.removeItem(at: place(hash))
    }

    /// Says that a content is wanted, or was until now: it stays at least `linger` from this moment. False when it is not there.
    @discardableResult func renew(_ hash: String) -> Bool { utimensat(AT_FDCWD, place(hash).path, nil, 0) == 0 }

    /// How long a content stays that nothing names any more: longer than a backup takes, which copies the files of a
    /// database read before.
    public static let linger: Double = 24 * 3_600

    /// The seconds since a content was last wanted.
    public func rest(_ hash: String) -> Double { Self.rest(place(hash)) }

    /// The bytes that a content takes.
    public func size(_ hash: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: place(hash).path))?[.size] as? Int ?? 0
    }

    private static func rest(_ place: URL) -> Double {
        let changed = (try? FileManager.default.attributesOfItem(atPath: place.path))?[.modificationDate] as? Date
        return -(changed?.timeIntervalSinceNow ?? 0)
    }

    /// The names of everything kept.
    public func all() -> [String] {
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (files?.compactMap { ($0 as? URL)?.lastPathComponent } ?? []).filter { $0.utf8.count == 64 }.sorted()
    }

    /// Copies everything kept to another folder, while the site works: what goes meanwhile is left out.
    /// - Returns: how many were copied.
    public func copyAll(to target: URL) throws -> Int {
        let (manager, other) = (FileManager.default, FileStore(folder: target))
        try manager.createDirectory(at: target, withIntermediateDirectories: true)
        var count = 0
        for hash in all() {
            let place = other.place(hash)
            try manager.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            do { try manager.copyItem(at: self.place(hash), to: place) } catch {
                guard manager.fileExists(atPath: self.place(hash).path) else { continue }
                throw error
            }
            count += 1
        }
        return count
    }

    private func place(_ hash: String) -> URL {
        folder.appending(path: String(hash.prefix(2))).appending(path: hash)
    }
}
