import Database
import Formats
import Foundation
import Logging
import Platform
import Schema

/// The folder where a site keeps everything: the database (unless it is on a server), the files, its configuration.
public struct DataFolder: Sendable {
    public let url: URL
    /// The database as the command line gives it.
    private let database: String?

    public init(_ path: String, database: String? = nil) {
        url = URL(filePath: path, directoryHint: .isDirectory)
        self.database = database
    }

    var files: URL { url.appending(path: "files") }
    var configurationFile: URL { url.appending(path: "essaim.conf") }

    /// Where the database is: in the folder, unless the settings say otherwise.
    var place: DatabasePlace {
        get throws {
            let address = try Settings.database(database, in: self)
            return address.map { .server($0) } ?? .file(url.appending(path: "essaim.sqlite"))
        }
    }

    /// - Throws: `Failure` when something is there already: nothing of somebody's is ever written over.
    func refuseWhenOccupied(for what: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return }
        guard isFolder.boolValue else {
            throw Failure("« \(url.path) » est un fichier : \(what) n'écrase rien. Donnez un dossier neuf.", code: 73)
        }
        guard let there = try? FileManager.default.contentsOfDirectory(atPath: url.path) else {
            throw Failure("« \(url.path) » ne peut pas être lu : vérifiez les droits.", code: 73)
        }
        guard there.isEmpty else {
            throw Failure("« \(url.path) » n'est pas vide : \(what) n'écrase rien. Donnez un dossier neuf.", code: 73)
        }
    }

    /// What a site leaves beside its database, where the database is not: no first start, something went wrong.
    private func refuseWithoutDatabase(_ file: URL) throws {
        let manager = FileManager.default
        guard !manager.fileExists(atPath: file.path) else { return }
        let kept = (try? manager.contentsOfDirectory(atPath: files.path)) ?? []
        guard !kept.isEmpty || manager.fileExists(atPath: url.appending(path: ErasureJournal.fileName).path) else { return }
        throw Failure(
            """
            « \(url.path) » garde ce qu'un site a reçu, mais pas sa base, « \(file.lastPathComponent) » : rien n'est commencé à sa place. \
            Si le site est sur PostgreSQL, réglez « database » ; sinon, restaurez une sauvegarde dans un dossier neuf.
            """, code: 66)
    }

    /// Nobody has opened a site here, or nobody may tell.
    func noSite(at place: DatabasePlace) -> Failure {
        guard case .file(let file) = place else { return Failure("Il n'y a pas de site dans « \(place.name) ».", code: 66) }
        return .unread(file.path, otherwise: "Il n'y a pas de site dans « \(url.path) ».")
    }

    /// An empty database on a server, for a folder whose site is in a file: nothing goes from one to the other by itself.
    private func refuseBesideAnother(_ place: DatabasePlace) async throws {
        let file = url.appending(path: "essaim.sqlite")
        guard FileManager.default.fileExists(atPath: file.path), try await !place.isUsed() else { return }
        let hasAccounts = try await DatabasePlace.file(file).saying {
            let own = try SQLiteDatabase(path: file.path)
            defer { try? own.close() }
            return try await own.read { try $0.texts($0.dialect.tables).contains("account") && Accounts.hasAny($0) }
        }
        guard hasAccounts else { return }
        throw Failure(
            """
            « \(place.name) » est vide, et le site de ce dossier est dans « \(file.path) », avec ses comptes : aucun passage de SQLite à \
            PostgreSQL n'existe. Retirez « database » pour le retrouver ; pour un site neuf, donnez un autre dossier.
            """, code: 78)
    }

    /// A folder made ready for a site whose database is on a server: its configuration, perhaps its key, and nothing else.
    var holdsOnlyItsConfiguration: Bool {
        let there = Set((try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? [])
        return there.subtracting([SealingKey.fileName]) == [configurationFile.lastPathComponent]
    }

    /// Takes the empty folder away, for the one that was made beside it.
    func giveWay() throws {
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        guard rmdir(url.path) == 0 else { try refuseWhenOccupied(for: "ce qui vient d'être préparé"); return }
    }

    /// Opens the site that lives here.
    /// - Parameters:
    ///   - creating: makes the folder and the database when there is none; otherwise that is a failure.
    ///   - upgrades: false for what only reads: a site of an older version is left as it is.
    ///   - isBare: without the settings, which may name files that are not back yet: for what only changes the database.
    func open(
        _ settings: Settings = Settings(), creating: Bool, upgrades: Bool = true, verbose: Bool = false, isBare: Bool = false
    ) async throws -> Site {
        let place = try place
        if !creating, try await !place.isUsed() {
            throw noSite(at: place)
        }
        switch place {
        case .file(let file): try refuseWithoutDatabase(file)
        case .server: try await refuseBesideAnother(place)
        }
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure("Le dossier « \(url.path) » ne peut pas être créé : vérifiez les droits et la place.", code: 73)
        }
        let log = SiteLog.make(isBare ? [] : try settings.log(in: self), verbose: verbose)
        return try await place.saying {
            let database = try await place.open()
            let isDemonstration = try await Self.isDemonstration(database)
            let configuration = isBare ? Configuration(data: url) : try settings.configuration(in: self, isDemonstration: isDemonstration)
            do {
                return try await Site(
                    database: database, configuration: configuration, share: .find(), features: App.features, log: log,
                    upgrades: upgrades)
            } catch let problem as SchemaProblem {
                throw Failure(problem.sentence, code: 65)
            }
        }
    }

    private static func isDemonstration(_ database: any Database) async throws -> Bool {
        try await database.read { reader in
            try reader.texts(reader.dialect.tables).contains("setting")
                && reader.exists("SELECT name FROM setting WHERE name = 'demonstration'")
        }
    }
}
