import ArgumentParser
import Community
import Database
import Foundation
import Platform

struct ProgrammeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "programme", abstract: "Le fichier d'un programme (\(Manual.programmeFormat)).",
        subcommands: [Import.self, Export.self])

    struct Import: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Importe un programme : tout, ou rien si le fichier a un problème ; dit ce que le fichier contredit.")

        @Argument(help: ArgumentHelp("Fichier YAML ou JSON.", valueName: "FICHIER")) var file: String
        @OptionGroup var data: DataOption

        func run() async throws {
            guard let content = FileManager.default.contents(atPath: file) else { throw Failure.unread(file, otherwise: "« \(file) » n'existe pas.") }
            let site = try await data.folder.open(creating: true)
            let slug = try await ProgrammeIntake(site).take([UInt8](content), named: URL(filePath: file).lastPathComponent, say: { print($0) })
            print("Programme importé : \(site.configuration.link("/programmes/\(slug)"))")
            try site.database.close()
        }
    }

    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Écrit le fichier d'un programme sur la sortie.")

        @Argument(help: ArgumentHelp("Adresse courte ou identifiant du programme.", valueName: "ID")) var programme: String
        @OptionGroup var data: DataOption

        func run() async throws {
            let site = try await data.folder.open(creating: false, upgrades: false)
            let wanted = programme
            let yaml = try await site.database.read { reader -> String? in
                let id = try reader.text("SELECT id FROM programme WHERE id = \(wanted) OR slug = \(wanted)")
                return try id.map { try ProgrammeExport.yaml($0, reader) }
            }
            try site.database.close()
            guard let yaml else { throw Failure("Il n'y a pas de programme « \(programme) ».", code: 66) }
            print(yaml, terminator: "")
        }
    }
}

/// A programme file brought in by the console or by the demonstration.
struct ProgrammeIntake: Sendable {
    let site: Site

    init(_ site: Site) {
        self.site = site
    }

    /// Imports the file and answers the programme's slug; `say` is given what the file contradicts, line by line.
    /// - Throws: `Failure` with every problem of the file, and nothing is imported.
    func take(_ content: [UInt8], named name: String, say: (String) -> Void) async throws -> String {
        let words = site.words(.french)
        switch ProgrammeImport.read(content, named: name) {
        case .failure(let problems):
            let sentences = problems.list.map { words($0.key, problems.arguments(of: $0, in: .french)) }
            throw Failure((["le fichier est refusé, rien n'est importé."] + sentences).joined(separator: "\n  "), code: 65)
        case .success(let file):
            do {
                _ = try await ProgrammeImport(parts: App.parts).save(file, by: .site, in: site)
            } catch let refusal as any Refusal {
                throw Failure(words(refusal.key, refusal.arguments), code: 65)
            }
            for finding in file.findings() {
                let lines = finding.told(words)
                say((["• \(lines[0])"] + lines.dropFirst().map { "    – \($0)" }).joined(separator: "\n"))
            }
            return file.slug
        }
    }
}
