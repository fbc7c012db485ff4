import ArgumentParser
import Database
import Foundation
import Platform

struct PersonCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "person", abstract: "Les personnes qui ont un compte.", subcommands: [Add.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Ajoute une personne avec un compte.",
            discussion: "Sans mot de passe, une invitation est mise dans la boîte d'envoi et son adresse est affichée.")

        @OptionGroup var data: DataOption
        @Option(help: "Nom, tel qu'il sera affiché.") var name: String
        @Option(help: "Adresse électronique.") var email: String
        @Option(help: "Rôle : administrator, coordinator, officer, researcher, facilitator, committee, partner.") var role: String
        @Option(help: "Programme (son adresse courte) où le rôle est tenu ; sans lui, le rôle vaut pour ouvrir un programme.") var programme: String?
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

        private static let roles = ["coordinator", "officer", "researcher", "facilitator", "committee", "partner"]
    }
}
