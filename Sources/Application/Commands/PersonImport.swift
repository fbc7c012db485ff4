import ArgumentParser
import Database
import Foundation
import Platform

extension PersonCommand {
    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Fait entrer les personnes d'un tableau CSV dans un programme, avec un rôle : toutes, ou aucune si une ligne a un défaut.",
            discussion:
                "La première ligne nomme les colonnes « nom » et « adresse ». Chaque personne reçoit une invitation ; qui a déjà un compte reçoit le rôle. Sans --apply, dit ce que deviendrait chaque ligne et ne fait rien.")

        @Argument(help: ArgumentHelp("Tableau CSV, en UTF-8.", valueName: "FICHIER")) var file: String
        @OptionGroup var data: DataOption
        @Option(help: ArgumentHelp("Rôle : coordinator, officer, researcher, facilitator, committee, partner.", valueName: "RÔLE")) var role: String
        @Option(help: ArgumentHelp("Programme : la fin de son adresse, /programmes/….", valueName: "ADRESSE-COURTE")) var programme: String
        @Flag(help: "Fait entrer les personnes.") var apply = false

        func run() async throws {
            guard Add.roles.contains(role) else {
                throw Failure("« \(role) » n'est pas un rôle d'un programme. Rôles : \(Add.roles.joined(separator: ", ")).", code: 64)
            }
            guard let content = FileManager.default.contents(atPath: file) else { throw Failure.unread(file, otherwise: "« \(file) » n'existe pas.") }
            let site = try await data.folder.open(creating: false, upgrades: apply)
            defer { try? site.database.close() }
            let table = try PeopleTable([UInt8](content), words: site.words(.french))
            let outcomes = try await PeopleIntake(site: site, role: role, programme: programme).take(table, isKept: apply)
            for (line, outcome) in zip(table.lines, outcomes) {
                print("ligne \(line.number) : \(line.name), \(line.email) : \(Self.sentence(outcome))")
            }
            print(apply ? "C'est fait." : "Essai à blanc : rien n'a été fait. Pour le faire : --apply.")
        }

        private static func sentence(_ outcome: NewAccount.Outcome) -> String {
            switch outcome {
            case .invited: "invitation"
            case .given: "a déjà un compte, reçoit le rôle (sans courriel)"
            case .unchanged: "a déjà ce rôle, rien ne change"
            }
        }
    }
}
