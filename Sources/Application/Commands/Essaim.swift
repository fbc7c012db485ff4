import ArgumentParser
import Foundation

/// The one binary. Its help is in French, for the people who host a site.
public struct Essaim: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "essaim", abstract: "Du programme de recherche-action à une synthèse publique dont chaque citation a sa source.",
        subcommands: [
            Serve.self, Demo.self, ProgrammeCommand.self, PersonCommand.self, Routes.self, Backup.self, Restore.self,
            Check.self, Seed.self, Version.self,
        ])

    public init() {}

    /// Runs the command of the arguments; a failure is one sentence on the error output and an exit code.
    public static func start() async {
        do {
            var command = try parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            FileHandle.standardError.write(Data("essaim : \(failure.sentence)\n".utf8))
            Foundation.exit(failure.code)
        } catch {
            exit(withError: error)
        }
    }
}

/// Where the site is.
struct DataOption: ParsableArguments {
    @Option(name: .customLong("data"), help: ArgumentHelp("Dossier du site : base, fichiers, configuration.", valueName: "DOSSIER"))
    var path: String

    var folder: DataFolder { DataFolder(path) }
}
