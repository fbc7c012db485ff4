import ArgumentParser
import Foundation
import Platform

struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prépare une démonstration : le programme, deux visites jouées, un compte par rôle. Relancée, elle ne refait rien.")

    @OptionGroup var data: DataOption
    @Option(help: ArgumentHelp("Mot de passe de tous les comptes (15 caractères ou plus).", valueName: "MOT-DE-PASSE")) var password = Demonstration.defaultPassword

    func run() async throws {
        try await Demonstration(folder: data.folder, password: password).prepare { print($0) }
    }
}
