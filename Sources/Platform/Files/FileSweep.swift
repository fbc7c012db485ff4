import Database
import Formats
import Foundation
import Glibc

extension Site {
    /// Marks the files used no more, takes out those that were for a month, clears from the disk what nothing names.
    /// - Returns: how many files went for good.
    @discardableResult public func sweepFiles() async throws -> Int {
        let gone = try await amend(as: "file.swept", by: .site, isPublic: false) { change in
            try change.markUnusedFiles()
            let before = change.now - .days(30)
            let gone = try AttachmentQueries.kept("removed_at < \(before) OR unused_since < \(before)", change)
            for file in gone {
                try change.letGo(file)
                try change.trace(file.ownerKind.rawValue, file.ownerId, programme: file.programmeId, ["file": file.id])
            }
            change.leaveAsItIs()
            return gone.count
        }
        try await clearFiles()
        parts.clear()
        return gone
    }

    /// The contents that no row names: they stay on the disk for a day, then go.
    private func clearFiles() async throws {
        let old = files.all().filter { files.rest($0) > FileStore.linger }
        guard !old.isEmpty else { return }
        let known = Set(try await database.read { try $0.texts("SELECT DISTINCT hash FROM file") })
        guard mkdir(work.path, 0o700) == 0 || errno == EEXIST else { throw DurableFile.problem() }
        for hash in old where !known.contains(hash) { try files.release(hash, aside: work) }
    }
}

extension Change {
    fileprivate func markUnusedFiles() throws {
        let unused = try site.features.compactMap(\.unusedFiles).flatMap { try $0(self) }
        let others: SQL = unused.isEmpty ? "" : "AND id NOT IN \(list: unused)"
        try run("UPDATE attachment SET unused_since = NULL WHERE unused_since IS NOT NULL \(others)")
        try run("UPDATE attachment SET unused_since = \(now) WHERE unused_since IS NULL AND id IN \(list: unused)")
    }

    /// The rows go at once; the contents a day later, for the backup that is being made may name them.
    fileprivate func letGo(_ file: Attachment) throws {
        for hash in Set([file.hash, file.smallHash].compactMap(\.self)) { site.files.renew(hash) }
        try run("DELETE FROM access WHERE object_id = \(file.id)")
        try run("DELETE FROM attachment WHERE id = \(file.id)")
        try run("DELETE FROM file WHERE owner_id = \(file.id)")
    }
}

/// What `essaim check` says of the files that things carry.
enum FileChecks {
    static func problems(_ reader: any Reader) throws -> [String] {
        let lost = try reader.texts(
            """
            SELECT file.id FROM file LEFT JOIN attachment ON attachment.id = file.owner_id
            WHERE file.owner_id NOT IN (SELECT object_id FROM access) AND attachment.id IS NULL ORDER BY file.id
            """
        ).map { "file \($0) belongs to nothing" }
        let carried = try reader.texts(
            "SELECT id FROM attachment WHERE owner_id NOT IN (SELECT object_id FROM access) ORDER BY id"
        ).map { "file \($0) is carried by nothing" }
        return lost + carried
    }
}
