import Database
import Foundation
import Platform

/// A whole site in one file: a tar archive with the database and the files, made while the site works.
enum Archive {
    /// Writes the archive beside its place, then puts it there: a backup that was cut is never mistaken for one.
    static func write(_ site: Site, from folder: DataFolder, to target: URL) async throws -> Int {
        let manager = FileManager.default
        guard !manager.fileExists(atPath: target.path) else {
            throw Failure("« \(target.path) » existe déjà : choisissez un autre nom.", code: 73)
        }
        let work = target.deletingLastPathComponent().appending(path: ".essaim-backup-\(UUID().uuidString)")
        try manager.createDirectory(at: work, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? manager.removeItem(at: work) }
        // The database first: every file it names is then already there, and no file ever changes.
        try await site.database.backUp(to: work.appending(path: "essaim.sqlite").path)
        try manager.createDirectory(at: work.appending(path: "files"), withIntermediateDirectories: true)
        if manager.fileExists(atPath: folder.files.path) {
            try manager.removeItem(at: work.appending(path: "files"))
            try manager.copyItem(at: folder.files, to: work.appending(path: "files"))
        }
        let part = work.appending(path: "archive.tar")
        try tar("-C", work.path, "-cf", part.path, "essaim.sqlite", "files")
        let handle = try FileHandle(forUpdating: part)
        try handle.synchronize()
        let size = Int(try handle.seekToEnd())
        try handle.close()
        try manager.moveItem(at: part, to: target)
        return size
    }

    /// Unpacks into a folder that must not hold anything, after checking what was unpacked.
    static func read(_ source: URL, into folder: DataFolder) async throws {
        let manager = FileManager.default
        guard manager.fileExists(atPath: source.path) else { throw Failure("« \(source.path) » n'existe pas.", code: 66) }
        let there = (try? manager.contentsOfDirectory(atPath: folder.url.path)) ?? []
        guard there.isEmpty else {
            throw Failure("« \(folder.url.path) » n'est pas vide : une restauration n'écrase rien. Donnez un dossier neuf.", code: 73)
        }
        let work = folder.url.deletingLastPathComponent().appending(path: ".essaim-restore-\(UUID().uuidString)")
        try manager.createDirectory(at: work, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? manager.removeItem(at: work) }
        try tar("-C", work.path, "--no-same-owner", "--no-same-permissions", "-xf", source.path, "essaim.sqlite", "files")
        let database = try SQLiteDatabase(path: work.appending(path: "essaim.sqlite").path)
        let problems = try await database.integrityProblems()
        try database.close()
        guard problems.isEmpty else { throw Failure("La sauvegarde est abîmée : \(problems[0])", code: 65) }
        try? manager.removeItem(at: folder.url)
        try manager.createDirectory(at: folder.url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try manager.moveItem(at: work, to: folder.url)
    }

    private static func tar(_ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/tar")
        process.arguments = arguments
        let errors = Pipe()
        process.standardError = errors
        do { try process.run() } catch { throw Failure("La commande tar n'est pas installée.", code: 69) }
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure("L'archive n'a pas pu être lue ou écrite : \(said.split(separator: "\n").first ?? "")", code: 74)
        }
    }
}
