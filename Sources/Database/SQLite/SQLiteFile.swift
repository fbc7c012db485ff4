import Foundation
import GRDB
import Glibc

/// The file of a database, before the engine opens it: SQLite takes a file cut to nothing for a new one, and would serve it.
enum SQLiteFile {
    /// « Essa » in the head of every file that is begun here: from its first moment none of them is empty.
    private static let mark = 0x4573_7361

    /// Begins a database where there is none; leaves one that is there as it is.
    /// - Throws: `DatabaseProblem.damaged` for a file without a byte, and for a journal whose database is gone.
    static func prepare(_ path: String) throws {
        let manager = FileManager.default
        if manager.fileExists(atPath: path) {
            guard size(path) > 0 else { throw DatabaseProblem.damaged("empty file") }
        } else {
            guard size("\(path)-wal") == 0 else { throw DatabaseProblem.damaged("its journal is there, it is not") }
            try begin(path)
        }
    }

    /// Made beside its place, then put there whole, name and all.
    private static func begin(_ path: String) throws {
        let part = "\(path).new"
        for leftover in [part, "\(part)-journal"] { unlink(leftover) }
        let queue = try DatabaseQueue(path: part)
        try queue.write { try $0.execute(sql: "PRAGMA application_id = \(mark)") }
        try queue.close()
        guard rename(part, path) == 0 else { throw DatabaseProblem.readOnly }
        let folder = open(URL(filePath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw DatabaseProblem.readOnly }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw DatabaseProblem.readOnly }
    }

    private static func size(_ path: String) -> Int {
        (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
    }
}
