import Database
import Foundation
import Platform

/// A whole site in one file: a tar archive with the database and the files, made while the site works.
enum Archive {
    /// Writes the archive beside its place, then puts it there: a backup that was cut is never mistaken for one.
    /// The schema is taken as it is, whatever its version: a backup comes before an upgrade.
    /// - Returns: the bytes of the archive, and how many files of the site it carries.
    static func write(_ folder: DataFolder, to target: URL) async throws -> (size: Int, files: Int) {
        let manager = FileManager.default
        let place = try folder.place
        guard try await place.isUsed() else { throw folder.noSite(at: place) }
        guard !manager.fileExists(atPath: target.path) else {
            throw Failure("« \(target.path) » existe déjà : choisissez un autre nom.", code: 73)
        }
        let shelf = target.deletingLastPathComponent()
        let work = shelf.appending(path: ".essaim-backup-\(UUID().uuidString)")
        defer { try? manager.removeItem(at: work) }
        return try await saying(of: shelf) {
            try manager.createDirectory(at: work, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            // The database first: every file it names is then already there, no file ever changes, and one that is let go
            // meanwhile stays on the disk for a day.
            let database = try await place.open()
            try await place.saying {
                try await saying(of: shelf) { try await database.backUp(to: work.appending(path: place.archiveName).path) }
            }
            try database.close()
            let files = try FileStore(folder: folder.files).copyAll(to: work.appending(path: "files"))
            if manager.fileExists(atPath: folder.configurationFile.path) {
                // A Debian package keeps it in /etc, behind a symbolic link: its words are saved, not the link.
                try manager.copyItem(
                    at: folder.configurationFile.resolvingSymlinksInPath(), to: DataFolder(work.path).configurationFile)
            }
            let part = work.appending(path: "archive.tar")
            let told = try Tar.run(["-C", work.path, "-cf", part.path] + manager.contentsOfDirectory(atPath: work.path).sorted())
            if let told { throw told.isFull ? DatabaseProblem.full : Failure("L'archive n'a pas pu être écrite : \(told.words)", code: 74) }
            let handle = try FileHandle(forUpdating: part)
            try handle.synchronize()
            let size = Int(try handle.seekToEnd())
            try handle.close()
            try manager.moveItem(at: part, to: target)
            try DurableFile.settle(target)
            return (size, files)
        }
    }

    /// Unpacks into a folder, and a database, that must not hold anything, after checking what was unpacked.
    /// - Returns: how many files of the site came back.
    static func read(_ source: URL, into folder: DataFolder) async throws -> Int {
        let manager = FileManager.default
        guard manager.isReadableFile(atPath: source.path) else { throw Failure.unread(source.path, otherwise: "« \(source.path) » n'existe pas.") }
        let place = try folder.place
        let isSetUp = if case .server = place { folder.holdsOnlyItsConfiguration } else { false }
        if !isSetUp { try folder.refuseWhenOccupied(for: "une restauration") }
        let around = folder.url.deletingLastPathComponent()
        let work = around.appending(path: ".essaim-restore-\(UUID().uuidString)")
        defer { try? manager.removeItem(at: work) }
        try await saying(of: around) { try unpack(source, in: work) }
        try check(DataFolder(work.path), of: place)
        let copy = work.appending(path: place.archiveName)
        switch place {
        case .file: try await check(SQLiteDatabase(path: copy.path))
        case .server(let address):
            try await place.saying { try await restore(copy, on: address, of: place) }
            // The one that was saved may name the database it came from.
            try? manager.removeItem(at: DataFolder(work.path).configurationFile)
        }
        try DurableFile.settle(work)
        if isSetUp {
            try manager.moveItem(at: work.appending(path: "files"), to: folder.files)
        } else {
            try folder.giveWay()
            try manager.moveItem(at: work, to: folder.url)
        }
        // What was unpacked is on the disk; the name that it has now must be as well.
        try DurableFile.settle(isSetUp ? folder.files : folder.url)
        return FileStore(folder: folder.files).all().count
    }

    private static func restore(_ copy: URL, on address: String, of place: DatabasePlace) async throws {
        let database = try await PostgreSQLDatabase(address)
        guard try await database.isEmpty() else {
            throw Failure("« \(place.name) » n'est pas vide : une restauration n'écrase rien. Donnez une base neuve.", code: 73)
        }
        try await database.restore(from: copy.path)
        try FileManager.default.removeItem(at: copy)
        try await check(database)
    }

    private static func check(_ database: any Database) async throws {
        let problems = try await database.integrityProblems()
        try database.close()
        guard problems.isEmpty else { throw Failure("La sauvegarde est abîmée : \(problems[0])", code: 65) }
    }

    /// What was unpacked is a site and nothing else: a database, files that are what their names say, a configuration.
    private static func check(_ unpacked: DataFolder, of place: DatabasePlace) throws {
        let manager = FileManager.default
        let databases = [DatabasePlace.file(unpacked.url), .server("")].map(\.archiveName)
        let known = Set(databases + ["files", unpacked.configurationFile.lastPathComponent])
        let there = try Set(manager.contentsOfDirectory(atPath: unpacked.url.path))
        let links = manager.enumerator(at: unpacked.url, includingPropertiesForKeys: [.isSymbolicLinkKey])?.contains { item in
            (try? (item as? URL)?.resourceValues(forKeys: [.isSymbolicLinkKey]).isSymbolicLink) ?? false
        }
        guard there.isSubset(of: known), !there.isDisjoint(with: databases), links != true else {
            throw Failure("Ce fichier n'est pas une sauvegarde d'Essaim : rien n'est rétabli.", code: 65)
        }
        guard there.contains(place.archiveName) else {
            throw Failure(
                """
                Cette sauvegarde n'a pas de « \(place.archiveName) » : elle vient d'un site sur l'autre moteur de base \
                (SQLite ou PostgreSQL), à rétablir sur ce moteur.
                """, code: 65)
        }
        let files = FileStore(folder: unpacked.files)
        guard let broken = files.all().first(where: { files.content($0) == nil }) else { return }
        throw Failure("La sauvegarde est abîmée : le fichier \(broken) a changé.", code: 65)
    }

    private static func unpack(_ source: URL, in work: URL) throws {
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        guard let told = try Tar.run(["-C", work.path, "--no-same-owner", "--no-same-permissions", "-xf", source.path]) else { return }
        guard !told.isFull else { throw DatabaseProblem.full }
        throw Failure("« \(source.path) » n'est pas une sauvegarde entière : elle a été coupée, ou ce n'est pas une archive tar. Rien n'est rétabli.", code: 65)
    }

    /// What the disk of a folder refuses is told of this folder, and not of the site that is copied.
    private static func saying<T>(of folder: URL, _ work: () async throws -> T) async throws -> T {
        func full() -> Failure { Failure("Il n'y a plus de place dans « \(folder.path) » : rien n'y est écrit. Libérez-en, puis recommencez.", code: 74) }
        do { return try await work() } catch DatabaseProblem.full { throw full() } catch let error as CocoaError {
            switch error.code {
            case .fileWriteOutOfSpace: throw full()
            case .fileWriteNoPermission, .fileWriteVolumeReadOnly:
                throw Failure("Le compte « \(NSUserName()) » ne peut pas écrire dans « \(folder.path) » : donnez un dossier à lui.", code: 74)
            default: throw error
            }
        } catch DatabaseProblem.refused(.tool(_, let words)) where Tar.Told(words: words).isFull {
            throw full()
        }
    }
}
