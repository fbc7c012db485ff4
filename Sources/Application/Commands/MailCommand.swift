import ArgumentParser
import Database
import Foundation
import Notes
import Platform

/// The mail server, as the command line names it; passwords are for a file or the environment, never for a command that
/// others of the machine can read.
struct MailOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Serveur de courriel.", valueName: "NOM")) var smtpServer: String?
    @Option(help: ArgumentHelp("Port du serveur de courriel (587, 465 ou 25 selon la sécurité).", valueName: "PORT")) var smtpPort: String?
    @Option(help: ArgumentHelp("Sécurité : starttls (par défaut), tls ou none.", valueName: "SÉCURITÉ")) var smtpSecurity: String?
    @Option(help: ArgumentHelp("Identifiant auprès du serveur de courriel.", valueName: "NOM")) var smtpUser: String?
    @Option(help: ArgumentHelp("Fichier du mot de passe.", valueName: "FICHIER")) var smtpPasswordFile: String?
    @Option(help: ArgumentHelp("Certificats de confiance, à la place de ceux du système.", valueName: "FICHIER")) var smtpCaFile: String?
    @Option(help: ArgumentHelp("Adresse d'où le site écrit.", valueName: "ADRESSE")) var mailFrom: String?

    var settings: [String: String] {
        [
            "smtp_server": smtpServer, "smtp_port": smtpPort, "smtp_security": smtpSecurity, "smtp_user": smtpUser,
            "smtp_password_file": smtpPasswordFile, "smtp_ca_file": smtpCaFile, "mail_from": mailFrom,
        ].compactMapValues { $0 }
    }
}

struct MailCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "Les courriels : essayer le serveur, recevoir, lire un retour.", subcommands: [Test.self, Receive.self, Bounce.self])

    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Envoie un courriel d'essai et dit, pas à pas, ce qui s'est passé.",
            discussion: "Code 69 si le serveur le refuse, 75 s'il faut réessayer plus tard.")

        @OptionGroup var data: DataOption
        @OptionGroup var mail: MailOptions
        @Option(help: ArgumentHelp("Adresse à qui écrire.", valueName: "ADRESSE")) var to: String

        func run() async throws {
            let site = try await data.folder.open(Settings(mail: mail.settings), creating: false, upgrades: false)
            defer { try? site.database.close() }
            guard let server = site.configuration.mail else {
                throw Failure("Aucun serveur de courriel n'est réglé : donnez smtp_server et mail_from.", code: 78)
            }
            guard MailServer.isAddress(to) else { throw Failure("« \(to) » n'est pas une adresse électronique.", code: 64) }
            try await MailTrial(site: site, server: server).run(to: to) { print($0) }
        }
    }

    struct Receive: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lit sur l'entrée standard un courriel venu à une adresse de réponse, et en fait une note d'impression.",
            discussion:
                "À brancher sur le serveur de courriel. Code 75 si la base ne répond pas : le serveur réessaiera. Code 65 si le courriel est trop gros : le serveur le rend.")

        @OptionGroup var data: DataOption
        @Option(help: ArgumentHelp("Adresse où le courriel est arrivé (notes+…@exemple.org).", valueName: "ADRESSE")) var recipient: String?
        @Option(help: ArgumentHelp("Expéditeur de l'enveloppe ; vide pour un message automatique.", valueName: "ADRESSE")) var sender: String?

        func run() async throws {
            let message = try FileHandle.standardInput.read(upToCount: MailIn.longest + 1) ?? Data()
            guard message.count <= MailIn.longest else { throw Failure("Ce courriel dépasse \(MailIn.longest >> 20) Mo : il est rendu à son expéditeur.", code: 65) }
            do {
                let site = try await data.folder.open(creating: false, upgrades: false)
                defer { try? site.database.close() }
                print(Self.sentence(try await MailIn.receive(Array(message), recipient: recipient, sender: sender, site)))
            } catch {
                throw Failure(Failure(of: error).sentence, code: 75)
            }
        }

        private static func sentence(_ outcome: MailIn.Outcome) -> String {
            switch outcome {
            case .known: "Ce courriel est déjà arrivé : rien n'est changé."
            case .report: "C'est un rapport de remise : il est noté."
            case .automatic: "C'est un message automatique : il est gardé, sans réponse."
            case .taken: "Reçu : c'est une note d'impression."
            case .empty: "Reçu sans texte : la personne est prévenue."
            case .waiting: "Gardé : quelqu'un du programme dira à qui il est."
            }
        }
    }

    struct Bounce: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Lit sur l'entrée standard un message revenu à l'adresse de retour, et note que le courriel n'est pas arrivé.",
            discussion: "À brancher sur le serveur de courriel. Code 75 si la base ne répond pas : le serveur réessaiera.")

        @OptionGroup var data: DataOption
        @Option(help: ArgumentHelp("Adresse de retour à qui le message est venu (retours+…@exemple.org).", valueName: "ADRESSE")) var recipient: String?
        private static let longest = 10 << 20

        func run() async throws {
            let message = try FileHandle.standardInput.read(upToCount: Self.longest) ?? Data()
            do {
                let site = try await data.folder.open(creating: false, upgrades: false)
                defer { try? site.database.close() }
                print(Self.sentence(try await Bounces.read(Array(message), recipient: recipient, site)))
            } catch {
                // The mail server keeps the message and tries again: a return is never lost for a moment's trouble.
                throw Failure(Failure(of: error).sentence, code: 75)
            }
        }

        private static func sentence(_ outcome: Bounces.Outcome) -> String {
            switch outcome {
            case .ignored: "Ce n'est pas un rapport de remise : rien n'est changé."
            case .unknown: "Ce rapport ne parle d'aucun courriel de ce site : rien n'est changé."
            case .noted: "Ce rapport ne dit pas que le courriel est perdu : rien n'est changé."
            case .failed(let subject, let address): "Noté : « \(subject) » n'est pas arrivé à \(address)."
            }
        }
    }
}
