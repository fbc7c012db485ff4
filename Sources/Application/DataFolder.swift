import Database
import Formats
import Foundation
import Logging
import Platform
import Schema

/// The folder where a site keeps everything: the database, the files, its configuration.
public struct DataFolder: Sendable {
    public let url: URL

    public init(_ path: String) {
        url = URL(filePath: path, directoryHint: .isDirectory)
    }

    var database: URL { url.appending(path: "essaim.sqlite") }
    var files: URL { url.appending(path: "files") }
    var configurationFile: URL { url.appending(path: "essaim.conf") }
    var exists: Bool { FileManager.default.fileExists(atPath: database.path) }

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

    /// Takes the empty folder away, for the one that was made beside it.
    func giveWay() throws {
        guard FileManager.default.fileExists(atPath: url.path) else { return }
        guard rmdir(url.path) == 0 else { try refuseWhenOccupied(for: "ce qui vient d'être préparé"); return }
    }

    /// Opens the site that lives here.
    /// - Parameters:
    ///   - creating: makes the folder and the database when there is none; otherwise that is a failure.
    ///   - upgrades: false for what only reads: a site of an older version is left as it is.
    func open(
        _ settings: Settings = Settings(), creating: Bool, upgrades: Bool = true, verbose: Bool = false
    ) async throws -> Site {
        guard exists || creating else { throw Failure("Il n'y a pas de site dans « \(url.path) ».", code: 66) }
        do {
            try FileManager.default.createDirectory(
                at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw Failure("Le dossier « \(url.path) » ne peut pas être créé : vérifiez les droits et la place.", code: 73)
        }
        var log = Logger(label: "essaim") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = verbose ? .info : .warning
        do {
            let database = try SQLiteDatabase(path: database.path)
            var configuration = try settings.configuration(in: self)
            configuration.isDemonstration = try await Self.isDemonstration(database)
            return try await Site(
                database: database, configuration: configuration, share: .find(), features: App.features, log: log,
                upgrades: upgrades)
        } catch let problem as SchemaProblem {
            throw Failure(problem.sentence, code: 65)
        } catch let problem as DatabaseProblem {
            throw Failure(problem.sentence(at: self.database.path), code: 74)
        }
    }

    private static func isDemonstration(_ database: any Database) async throws -> Bool {
        try await database.read { reader in
            try reader.texts(reader.dialect.tables).contains("setting")
                && reader.exists("SELECT name FROM setting WHERE name = 'demonstration'")
        }
    }
}

extension SchemaProblem {
    var sentence: String {
        switch self {
        case .newer(let unknown):
            """
            Cette base a été créée par une version plus récente d'Essaim (étape inconnue : \(unknown.joined(separator: ", "))). \
            Installez cette version ; rien n'a été modifié.
            """
        case .older(let missing):
            """
            Cette base a été créée par une version plus ancienne d'Essaim (étapes à venir : \(missing.joined(separator: ", "))). \
            Sauvegardez-la, puis « essaim serve » la mettra à jour ; rien n'a été modifié.
            """
        case .edited(let name):
            "L'étape « \(name) » du schéma n'est pas celle qui a servi à créer cette base. Rien n'a été modifié."
        case .foreign:
            "Ce fichier contient une base qui n'est pas celle d'un site Essaim. Rien n'a été modifié."
        }
    }
}

extension DatabaseProblem {
    func sentence(at path: String) -> String {
        switch self {
        case .full: "Il n'y a plus de place pour écrire « \(path) »."
        case .readOnly: "« \(path) » ne peut pas être ouvert en écriture : vérifiez les droits."
        case .busy: "« \(path) » est tenu par un autre programme."
        case .damaged: "« \(path) » n'est pas une base SQLite intacte. Restaurez une sauvegarde."
        case .notDurable(let setting): "Le disque ne garantit pas les écritures (\(setting)) : Essaim ne démarre pas."
        case .constraint(let message), .other(let message): "La base a répondu : \(message)"
        }
    }
}
