import ArgumentParser
import Foundation

/// The one binary. Its help is in French, for the people who host a site.
public struct Essaim: AsyncParsableCommand {
    public static let configuration = CommandConfiguration(
        commandName: "essaim", abstract: "Du programme de recherche-action à une synthèse publique dont chaque citation a sa source.",
        subcommands: [
            Serve.self, Demo.self, ProgrammeCommand.self, PersonCommand.self, Routes.self, Backup.self, Restore.self,
            Check.self, MailCommand.self, RetentionCommand.self, Seed.self, Version.self,
        ])

    public init() {}

    /// Runs the command of the arguments; a failure is one sentence on the error output and an exit code.
    public static func start() async {
        // What a site keeps, and its backups, are for the account that runs it alone.
        umask(0o077)
        do {
            var command = try parseAsRoot()
            do {
                if var asynchronous = command as? any AsyncParsableCommand {
                    try await asynchronous.run()
                } else {
                    try command.run()
                }
            } catch {
                if isOfTheParser(error) { throw error }
                let failure = Failure(of: error)
                FileHandle.standardError.write(Data("essaim : \(failure.sentence)\n".utf8))
                Foundation.exit(failure.code)
            }
        } catch {
            let (said, code) = (ParserWords.french(fullMessage(for: error)), exitCode(for: error))
            let output = code == .success ? FileHandle.standardOutput : .standardError
            if !said.isEmpty { output.write(Data("\(said)\n".utf8)) }
            Foundation.exit(code.rawValue)
        }
    }

    /// Help that was asked for, a command written badly: the parser says it.
    private static func isOfTheParser(_ error: any Error) -> Bool {
        error is CleanExit || error is ExitCode || error is ValidationError || "\(type(of: error))" == "CommandError"
    }
}

/// Where the site is.
struct DataOption: ParsableArguments {
    @Option(
        name: .customLong("data"),
        help: ArgumentHelp("Dossier du site : base, fichiers, configuration (ou ESSAIM_DATA).", valueName: "DOSSIER"))
    var path = ProcessInfo.processInfo.environment["ESSAIM_DATA"] ?? ""
    @Option(
        help: ArgumentHelp("Base PostgreSQL, postgres://… (SQLite dans le dossier par défaut).", valueName: "ADRESSE"))
    var database: String?

    var folder: DataFolder { DataFolder(path, database: database) }

    func validate() throws {
        guard path.isEmpty else { return }
        throw ValidationError("Dites où est le site : --data DOSSIER, ou la variable ESSAIM_DATA.")
    }
}
