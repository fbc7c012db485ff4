import ArgumentParser
import Database
import Foundation
import Platform

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sauvegarde le site dans un fichier, sans l'arrêter : base et fichiers, cohérents.")

    @OptionGroup var data: DataOption
    @Option(name: .customLong("to"), help: ArgumentHelp("Fichier à écrire (archive tar).", valueName: "FICHIER")) var target: String

    func run() async throws {
        let (size, files) = try await Archive.write(data.folder, to: URL(filePath: target).absoluteURL)
        print("Sauvegarde écrite : \(target) (\(size) octets, \(files) \(files < 2 ? "fichier" : "fichiers")).")
        if FileManager.default.fileExists(atPath: data.folder.url.appending(path: SealingKey.fileName).path) {
            print("La clé des seconds facteurs (\(SealingKey.fileName)) n'y est pas : gardez-en une copie ailleurs, une fois.")
        }
    }
}

struct Restore: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Rétablit un site depuis une sauvegarde, dans un dossier neuf : n'écrase jamais rien.")

    @Option(name: .customLong("from"), help: ArgumentHelp("Fichier de sauvegarde.", valueName: "FICHIER")) var source: String
    @OptionGroup var data: DataOption
    @Option(help: ArgumentHelp("Journal des effacements du site (erasures.log) : ils sont appliqués de nouveau.", valueName: "FICHIER")) var erasures: String?

    @Flag(name: .customLong("close-links"), help: "Ferme aussi les liens privés, adresses de calendrier et adresses de réponse que la sauvegarde rouvre.")
    var closesAddresses = false

    func run() async throws {
        if let erasures, !FileManager.default.isReadableFile(atPath: erasures) { throw Failure.unread(erasures, otherwise: "« \(erasures) » n'existe pas.") }
        let files = try await Archive.read(URL(filePath: source).absoluteURL, into: data.folder)
        print("Site rétabli dans \(data.folder.url.path) (\(files) \(files < 2 ? "fichier" : "fichiers")).")
        do { try await settle() } catch {
            throw Failure("Ce qui doit finir à une restauration n'a pas pu l'être : ne servez pas « \(data.folder.url.path) », effacez-le et recommencez. \(Failure(of: error).sentence)", code: 74)
        }
        if let erasures {
            let journal = data.folder.url.appending(path: ErasureJournal.fileName)
            try FileManager.default.copyItem(at: URL(filePath: erasures), to: journal)
            try DurableFile.settle(data.folder.url)
            let site = try await data.folder.open(creating: false, isBare: true)
            let count = try await Erasures.replay(site)
            try site.database.close()
            print("Effacements appliqués de nouveau : \(count).")
        } else {
            print("Des personnes effacées depuis cette sauvegarde reviennent avec elle : remettez \(ErasureJournal.fileName) dans le dossier avant de servir le site.")
        }
        print("S'il y a des seconds facteurs, remettez-y leur clé (\(SealingKey.fileName)) avant de servir le site.")
    }
}

extension Restore {
    /// Nobody stays logged in by a backup; what it opens again is told.
    private func settle() async throws {
        let site = try await data.folder.open(creating: false, isBare: true)
        let outcome = try await Restoration.settle(site, closesAddresses: closesAddresses)
        let words = site.words(.french)
        try site.database.close()
        print(words("platform.restored.sessions", ["n": outcome.sessions]))
        if !outcome.invited.isEmpty {
            print(words("platform.restored.invited", ["n": outcome.invited.count]))
            outcome.invited.forEach { print("  \($0)") }
        }
        let open = outcome.addresses.filter { $0.count > 0 }.map { words($0.key, ["n": $0.count]) }.joined(separator: ", ")
        if !open.isEmpty { print(words("platform.restored.\(closesAddresses ? "closed" : "open")", ["addresses": open])) }
    }
}

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Vérifie la base, les fichiers, les empreintes et les orphelins ; code 1 si quelque chose ne va pas.")

    @OptionGroup var data: DataOption

    func run() async throws {
        let site = try await data.folder.open(creating: false, upgrades: false)
        let problems = try await Inspection.problems(of: site)
        let mails = try await MailSituation.remark(site)
        Inspection.notes(of: site).forEach { print("• \($0)") }
        let files = try await Inspection.count(of: site)
        try site.database.close()
        if let mails { print("• \(mails)") }
        guard problems.isEmpty else {
            problems.forEach { print("✗ \($0)") }
            throw Failure(problems.count == 1 ? "1 problème." : "\(problems.count) problèmes.", code: 1)
        }
        print("Tout va bien : base, fichiers (\(files)), empreintes, orphelins.")
    }
}

struct Version: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Affiche la version.")

    func run() throws {
        print("essaim \(App.version)")
    }
}
