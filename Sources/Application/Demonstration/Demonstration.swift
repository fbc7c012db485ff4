import Database
import Formats
import Foundation
import Logging
import Platform

/// The demonstration: the programme of the dossier and two visits, played through the same forms as people use.
struct Demonstration: Sendable {
    static let defaultPassword = "des territoires en action"
    let folder: DataFolder
    let password: String

    /// Plays it in a new folder; in a folder where it was played, changes nothing. Says the log-ins.
    func prepare(say: (String) -> Void) async throws {
        let place = try folder.place
        if try await place.isUsed() {
            let site = try await folder.open(creating: false)
            guard site.configuration.isDemonstration else {
                throw Failure("« \(folder.url.path) » contient un vrai site : la démonstration n'y touche pas.", code: 73)
            }
            say("La démonstration est déjà là : rien n'est refait, le mot de passe est celui de sa création.")
            try await logIns(site, password: nil, say)
            return try site.database.close()
        }
        let isSetUp = if case .server = place { folder.holdsOnlyItsConfiguration } else { false }
        if !isSetUp { try folder.refuseWhenOccupied(for: "la démonstration") }
        // Played beside its place, then put there: a demonstration that was cut is never half there.
        let part = folder.url.deletingLastPathComponent().appending(path: ".demo-\(UUID().uuidString)", directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: part) }
        try FileManager.default.createDirectory(
            at: part, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        say("La démonstration se prépare…")
        switch place {
        case .file(let file):
            let site = try await play(in: part, SQLiteDatabase(path: part.appending(path: file.lastPathComponent).path))
            try await logIns(site, password: password, say)
            try site.database.close()
            try folder.giveWay()
            try FileManager.default.moveItem(at: part, to: folder.url)
        case .server(let address):
            try await place.saying { try await prepare(on: address, beside: part, say) }
        }
    }

    /// On a server the tables are made in a schema of their own, then all put in place at once.
    private func prepare(on address: String, beside part: URL, _ say: (String) -> Void) async throws {
        let schema = "essaim_demonstration"
        let database = try await PostgreSQLDatabase(address)
        try await database.makeSchema(schema)
        let site = try await play(in: part, PostgreSQLDatabase(address, schema: schema))
        try await logIns(site, password: password, say)
        try site.database.close()
        try FileManager.default.createDirectory(
            at: folder.url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try? FileManager.default.removeItem(at: folder.files)
        try? FileManager.default.moveItem(at: part.appending(path: folder.files.lastPathComponent), to: folder.files)
        try await database.takeTables(from: schema)
        try database.close()
    }

    /// Plays the story on a database that holds nothing, with its files in a folder.
    func play(in folder: URL, _ database: any Database) async throws -> Site {
        let share = try Share.find()
        let story = try Story(folder: share.folder.appending(path: "examples/demonstration"))
        let clock = StoryClock()
        var configuration = Configuration(data: folder)
        configuration.isDemonstration = true
        configuration.requiresFactor = false
        var log = Logger(label: "essaim") { StreamLogHandler.standardError(label: $0) }
        log.logLevel = .warning
        let site = try await Site(
            database: database, configuration: configuration, share: share, features: App.features, log: log,
            clock: { clock.now })
        _ = try await site.database.write { try $0.run("INSERT INTO setting (name, value) VALUES ('demonstration', \([UInt8]([1])))") }
        try await StoryPlayer(site: site, story: story, clock: clock, password: password).play()
        return site
    }

    private struct LogIn: Decodable {
        var name: String
        var email: String
        var function: String
    }

    private func logIns(_ site: Site, password: String?, _ say: (String) -> Void) async throws {
        let people = try await site.database.read { reader in
            try reader.all(
                LogIn.self,
                """
                SELECT person.name, person.email, coalesce(person_profile.function, '') AS function FROM account
                JOIN person ON person.id = account.person_id
                LEFT JOIN person_profile ON person_profile.person_id = person.id ORDER BY person.created_at, person.id
                """)
        }
        say("Comptes de la démonstration" + (password.map { " (mot de passe : \($0))" } ?? ""))
        let width = people.map(\.email.count).max() ?? 0
        for person in people {
            say("  \(person.email.padding(toLength: width, withPad: " ", startingAt: 0))  \(person.function) (\(person.name))")
        }
    }
}
