import ArgumentParser
import Database
import Formats
import Foundation
import Platform

struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "Les personnes qui ont un compte.", subcommands: [Add.self, Import.self, Factor.self, Erase.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ajoute une personne avec un compte.",
            discussion: "Sans mot de passe, une invitation est mise dans la boîte d'envoi et son adresse est affichée.")

        @OptionGroup var data: DataOption
        @Option(help: ArgumentHelp("Nom, tel qu'il sera affiché.", valueName: "NOM")) var name: String
        @Option(help: ArgumentHelp("Adresse électronique.", valueName: "ADRESSE")) var email: String
        @Option(help: ArgumentHelp("Rôle : administrator, coordinator, officer, researcher, facilitator, committee, partner.", valueName: "RÔLE")) var role: String
        @Option(
            help: ArgumentHelp(
                "Programme où le rôle est tenu : la fin de son adresse, /programmes/… ; sans lui, le rôle vaut pour ouvrir un programme.",
                valueName: "ADRESSE-COURTE"))
        var programme: String?
        @Flag(name: .customLong("password-stdin"), help: "Lit le mot de passe sur l'entrée standard.") var readsPassword = false
        @Flag(help: "Donne le rôle à une personne qui a déjà un compte ; son nom et son mot de passe restent les siens.") var existing = false

        func run() async throws {
            guard role == "administrator" || Self.roles.contains(role) else {
                throw Failure("« \(role) » n'est pas un rôle. Rôles : administrator, \(Self.roles.joined(separator: ", ")).", code: 64)
            }
            let site = try await data.folder.open(creating: true)
            let password = readsPassword ? readLine(strippingNewline: true) ?? "" : nil
            let account = NewAccount(name: name, email: email, role: role, programme: programme, password: password)
            if existing {
                try await account.give(roleTo: site)
                try site.database.close()
                return print("Rôle donné à \(email) : \(role).")
            }
            let path = try await account.add(to: site)
            try site.database.close()
            print(path.map { "Compte créé. Invitation : \(site.configuration.link($0))" } ?? "Compte créé pour \(email).")
        }

        static let roles = ["coordinator", "officer", "researcher", "facilitator", "committee", "partner"]
    }

    struct Factor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Dit où en est le second facteur d'une personne, ou le retire (--reset) : téléphone et codes de secours perdus.",
            discussion: "Le retrait ferme ses sessions et la prévient par courriel ; elle en met un autre en place à sa prochaine connexion.")

        @OptionGroup var data: DataOption
        @Option(help: ArgumentHelp("Adresse électronique du compte.", valueName: "ADRESSE")) var email: String
        @Flag(help: "Retire le second facteur.") var reset = false

        func run() async throws {
            let site = try await data.folder.open(creating: false, upgrades: reset)
            do {
                if reset {
                    try await FactorReset(email: email, reason: "à la console du site").apply(site, by: .site)
                    print("Second facteur retiré pour \(email) ; ses sessions sont fermées.")
                } else if let state = try await FactorReset.state(of: email, site) {
                    print("Second facteur en place depuis le \(state.since.iso) ; codes de secours restants : \(state.codesLeft).")
                } else {
                    print("Pas de second facteur pour \(email).")
                }
            } catch let refusal as any Refusal {
                throw Failure(site.words(.french)(refusal.key, refusal.arguments), code: 66)
            }
            try site.database.close()
        }
    }

    struct Erase: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Efface une personne, sur sa demande : son compte, son nom, ce qui est privé. Ne se défait pas.",
            discussion: "--former ferme le compte et laisse le nom sous ce qui a été signé et publié. L'effacement est noté dans erasures.log, à garder à part des sauvegardes : une restauration l'applique de nouveau.")

        @OptionGroup var data: DataOption
        @Option(help: ArgumentHelp("Adresse électronique de la personne ; ou son nom exact (--name).", valueName: "ADRESSE")) var email: String?
        @Option(help: ArgumentHelp("Nom exact de la personne, si elle n'a pas d'adresse.", valueName: "NOM")) var name: String?
        @Flag(help: "Ancien membre : le nom reste sous ce qui a été signé.") var former = false
        @Flag(name: .customLong("keep-authorship"), help: "Le nom reste parmi les auteurs de ce qui est publié.") var keepsAuthorship = false
        @Flag(name: .customLong("yes"), help: "Ne demande pas de confirmer.") var isConfirmed = false

        func validate() throws {
            guard (email == nil) != (name == nil) else { throw ValidationError("Dites qui : --email ADRESSE, ou --name NOM.") }
        }

        func run() async throws {
            let site = try await data.folder.open(creating: false)
            do {
                let typed = email ?? name ?? ""
                let person = try await site.database.read { try Erasures.find(typed, $0) }
                if !isConfirmed { try await confirm(person, site) }
                let outcome = try await Erasures.apply(
                    former ? .former : .complete, keepsAuthorship: keepsAuthorship || former, to: person, by: .site, reason: "à la console du site", site)
                try site.database.close()
                print(former ? "Compte fermé : ancien membre." : "Personne effacée.")
                if !outcome.mentions.isEmpty { print("Son nom était écrit dans des textes, à relire :") }
                outcome.mentions.forEach { print("  \(site.configuration.link($0))") }
                if !outcome.documents.isEmpty { print("Des documents sont gardés comme la personne les a joints ; leurs propriétés disent souvent qui les a faits :") }
                outcome.documents.forEach { print("  \(site.configuration.link($0))") }
            } catch let refusal as any Refusal {
                throw Failure(site.words(.french)(refusal.key, refusal.arguments), code: 66)
            }
        }

        /// Says who it is, and wants their name typed again.
        private func confirm(_ person: String, _ site: Site) async throws {
            struct Known: Decodable {
                var name: String
                var email: String?
                var isAdministrator: Bool
            }
            let known = try await site.database.read {
                try $0.first(
                    Known.self,
                    """
                    SELECT name, email, COALESCE(is_administrator, 0) AS is_administrator FROM person
                    LEFT JOIN account ON account.person_id = person.id WHERE person.id = \(person)
                    """)
            }
            guard let known else { return }
            print("\(known.name), \(known.email ?? "sans adresse")\(known.isAdministrator ? ", administre le site" : "").")
            print(former ? "Le compte sera fermé ; le nom restera sous ce qui a été signé." : "Tout ce qui nomme cette personne sera effacé. Cela ne se défait pas.")
            print("Pour continuer, tapez son nom :", terminator: " ")
            fflush(nil)
            guard CleanText.line(readLine() ?? "") == CleanText.line(known.name) else {
                throw Failure("ce n'est pas le nom de cette personne : rien n'est effacé. Dans un script, ajoutez --yes.", code: 75)
            }
        }
    }
}
