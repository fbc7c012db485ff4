import Database
import Foundation
import Glibc

/// A file that is there, whole, once it is written: the power may then go.
package enum DurableFile {
    /// Writes beside the place, puts it on the disk, gives it its name, and puts the name on the disk too.
    /// - Throws: `DatabaseProblem.full`, `DatabaseProblem.readOnly`
    static func write(_ bytes: [UInt8], to path: String) throws {
        let part = "\(path).\(Secrets.token().prefix(8))"
        do {
            try put(bytes, in: part)
            guard rename(part, path) == 0 else { throw problem() }
            try synchronize(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
        } catch {
            unlink(part)
            throw error
        }
    }

    /// Puts a whole folder on the disk, what is in it first, then its name.
    package static func settle(_ folder: URL) throws {
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { ($0 as? URL)?.path } ?? []
        for path in all + [folder.path, folder.deletingLastPathComponent().path] { try synchronize(path) }
    }

    private static func put(_ bytes: [UInt8], in path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw problem() }
        defer { close(file) }
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress! + written, bytes.count - written) }
            guard count > 0 || errno == EINTR else { throw problem() }
            written += max(0, count)
        }
        guard fsync(file) == 0 else { throw problem() }
    }

    /// Of a file or of a folder.
    static func synchronize(_ path: String) throws {
        let opened = open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw problem() }
        defer { close(opened) }
        guard fsync(opened) == 0 else { throw problem() }
    }

    /// What the system just said, as a problem of the disk.
    static func problem() -> DatabaseProblem { [ENOSPC, EDQUOT].contains(errno) ? .full : .readOnly }
}
