import CDispatch
import Database
import Formats
import Foundation
import Glibc
import Logging
import Schema

/// A running Essaim: its database, its words, its clock, its rules. Passed explicitly, never global.
public final class Site: Sendable {
    public let database: any Database
    public let configuration: Configuration
    public let share: Share
    public let features: [Feature]
    public let policy = Policy.site
    public let pages = PageCache()
    public let throttle = Throttle()
    public let measures = Measures()
    /// The pages that are told what happens, at most a quarter of what the door lets in.
    public let live = LiveRoom(most: max(4, Connections.most / 4))
    let sentForms = SentForms()
    let letterbox = Letterbox()
    public let files: FileStore
    /// What decodes images.
    public let pictures: PictureTool
    public let log: Logger
    let clock: @Sendable () -> Instant
    /// Signs the tokens of forms; made at the first start, kept in the database.
    let formKey: [UInt8]

    /// Opens the database of the data folder, brings its schema up to date, and is ready to answer.
    /// - Parameter upgrades: false to leave the schema as it is: an older one is then refused.
    /// - Throws: `DatabaseProblem`, `SchemaProblem`
    public init(
        database: any Database, configuration: Configuration, share: Share, features: [Feature], log: Logger,
        upgrades: Bool = true, pictures: PictureTool = PictureTool(), clock: @escaping @Sendable () -> Instant = { .now }
    ) async throws {
        let migrator = Migrator(share.migrations)
        if upgrades { try await migrator.migrate(database, at: clock().milliseconds) } else { try await migrator.requireCurrent(database) }
        self.database = database
        self.configuration = configuration
        self.share = share
        self.features = features
        self.log = log
        self.clock = clock
        self.pictures = pictures
        files = FileStore(folder: configuration.data.appending(path: "files"))
        formKey = try await Self.formKey(in: database)
    }

    public func now() -> Instant { clock() }

    /// Forgets the public pages kept in memory when another program changes the site, and has the pages that follow it look
    /// again; until it is cancelled.
    public func followChanges() async {
        for await signal in database.changes() {
            switch signal {
            case .said(let message): live.hear(message)
            case .changed:
                pages.setKeeping(true)
                live.ringAll()
            case .lost: pages.setKeeping(false)
            }
        }
    }

    public func words(_ language: Language) -> Words { share.languages[language] }

    private static func formKey(in database: any Database) async throws -> [UInt8] {
        try await database.write { writer in
            if case .blob(let key)? = try writer.rows("SELECT value FROM setting WHERE name = 'form_key'").first?[0] {
                return key
            }
            let key = Secrets.bytes(32)
            try writer.run("INSERT INTO setting (name, value) VALUES ('form_key', \(key))")
            return key
        }
    }
}

extension Instant {
    /// The clock of the machine.
    public static var now: Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}
