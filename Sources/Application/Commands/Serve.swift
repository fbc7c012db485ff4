import ArgumentParser
import Database
import Events
import Foundation
import Library
import Logging
import NIOCore
import Notes
import Platform
import Reviews
import Texts
import Visits

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Sert le site jusqu'à SIGTERM : les demandes en cours reçoivent leur réponse, la base est fermée.",
        discussion: "Sans compte, affiche une adresse d'installation qui sert une fois.")

    @OptionGroup var data: DataOption
    @Option(help: ArgumentHelp("Adresse d'écoute (127.0.0.1 par défaut).", valueName: "ADRESSE")) var address: String?
    @Option(help: ArgumentHelp("Port d'écoute (8080 par défaut ; 0 pour un port libre).", valueName: "PORT")) var port: Int?
    @Option(help: ArgumentHelp("Adresse publique du site, https://… en production.", valueName: "ADRESSE")) var url: String?
    @OptionGroup var mail: MailOptions
    @Flag(help: "Écrit aussi les informations dans le journal.") var verbose = false

    func run() async throws {
        let site = try await data.folder.open(
            Settings(address: address, port: port, url: url, mail: mail.settings), creating: true, verbose: verbose)
        let place = try? data.folder.place
        let opening = Task {
            // What was scheduled opens on its day, at most a minute late; reminders leave on theirs, once.
            while !Task.isCancelled {
                do { _ = try await Publishing.openDue(site) } catch {
                    site.log.error("ce qui devait s'ouvrir à sa date n'a pas pu l'être", metadata: ["erreur": "\(error)"])
                }
                do {
                    _ = try await Reminders.sendDue(site)
                    _ = try await VisitReminders.sendDue(site)
                    _ = try await ImpressionReminders.sendDue(site)
                    _ = try await SeminarReminders.sendDue(site)
                    _ = try await PollReminders.sendDue(site, path: VisitReminders.path)
                } catch {
                    site.log.error("les rappels n'ont pas pu être envoyés", metadata: ["erreur": "\(error)"])
                }
                do { _ = try await AdviceMail.sendDue(site) } catch {
                    site.log.error("les nouvelles des préconisations n'ont pas pu être demandées", metadata: ["erreur": "\(error)"])
                }
                try await Task.sleep(for: .seconds(60))
            }
        }
        let sweeping = Task {
            while !Task.isCancelled {
                do { _ = try await site.sweepFiles() } catch {
                    site.log.error("les fichiers que rien n'utilise n'ont pas pu être effacés", metadata: ["erreur": "\(error)"])
                }
                do { try await Upkeep.run(site) } catch {
                    site.log.error("ce qui a été gardé assez longtemps n'a pas pu être retiré", metadata: ["erreur": "\(error)"])
                }
                try await Task.sleep(for: .seconds(3_600))
            }
        }
        let receiving = Task { try await Receiving(site: site).run() }
        site.clearWork()
        let again = try await Erasures.replay(site)
        if again > 0 { print("Effacements appliqués de nouveau : \(again)") }
        let following = Task { await site.followChanges() }
        let postman = site.postman
        let posting = Task { await postman?.run() }
        // What leaves at the end leaves whole: the database is closed after the last mail.
        let served = await Result { try await serve(site, at: place) }
        opening.cancel()
        receiving.cancel()
        sweeping.cancel()
        following.cancel()
        postman?.stop()
        await posting.value
        try served.get()
        // Closing waits for whoever still reads, and what they read comes back to the threads of tasks: on one processor, there is but one.
        try await Blocking.run { Result { try site.database.close() } }.get()
    }

    private func serve(_ site: Site, at place: DatabasePlace?) async throws {
        let mails = try await MailSituation.sentence(site)
        let setUp = try await Accounts.hasAny(site) ? nil : Accounts.makeSetupLink(site)
        do {
            try await Server(site).run { port in
                let own = "http://\(site.configuration.address):\(port)"
                print("Essaim \(App.version) répond sur \(own)")
                print("Données : \(data.folder.url.path)")
                if case .server? = place { print("Base : \(place?.name ?? "")") }
                print(mails)
                if let key = SealingKey.trouble(in: data.folder.url) { print("Attention : \(key)") }
                if let setUp {
                    let base = site.configuration.port == port ? site.configuration.publicURL : own
                    print("Premier démarrage : créez le compte d'administration (adresse valable une fois, 24 heures)")
                    print("  \(base)\(setUp)")
                }
                fflush(nil)
            }
        } catch let error as IOError {
            throw Failure(unopened(site.configuration, error), code: 69)
        }
    }

    /// Why nobody can be listened to there, and what to do.
    private func unopened(_ configuration: Configuration, _ error: IOError) -> String {
        let (address, port) = (configuration.address, configuration.port)
        return switch error.errnoCode {
        case EADDRINUSE: "Le port \(port) est déjà pris ; pour voir par quel programme : sudo ss -ltnp 'sport = :\(port)'"
        case EADDRNOTAVAIL: "« \(address) » n'est pas une adresse de cette machine (address) : ip address les montre."
        case EACCES: "Ce compte n'a pas le droit d'ouvrir le port \(port) : prenez-en un à partir de 1024, derrière un serveur mandataire."
        default: "Le port \(port) de \(address) ne peut pas être ouvert : \(error)"
        }
    }
}

extension Result where Failure == any Error {
    fileprivate init(_ work: () async throws -> Success) async {
        do { self = .success(try await work()) } catch { self = .failure(error) }
    }
}
