import Application
import Database
import Formats
import Foundation
import Platform

/// A whole site on a fresh database, with a clock that can be moved and a browser-like way to ask it things.
public final class TestSite: Sendable {
    public let site: Site
    public let dispatcher: Dispatcher
    public let clock: TestClock
    private let store: TestDatabase
    /// What the site would write in its journal.
    public let log = CollectedLog()
    public var folder: URL { store.folder }
    /// The people and things of the little programme; empty when the site was made without it.
    public let cast: Cast
    let cookies: [Cast.Name: String]

    /// - Parameters:
    ///   - isEmpty: true for a site as it is at its first start.
    ///   - requiresFactor: true where coordinators and administrators must have a second factor, as on a real site.
    ///   - onServer: false for SQLite wherever the others are.
    public init(
        on start: Day = Day(iso: "2026-03-02")!, isEmpty: Bool = false, isDemonstration: Bool = true, publicURL: String? = nil,
        source: String? = nil, security: String? = nil, metricsToken: String? = nil, mail: MailServer? = nil,
        mailReplies: String? = nil, mailFolder: URL? = nil, quota: Int? = nil, requiresFactor: Bool = false, onServer: Bool = TestDatabase.isOnServer
    )
        async throws
    {
        let clock = TestClock(start)
        self.clock = clock
        store = try await TestDatabase(isMigrated: true, onServer: onServer)
        var configuration = Configuration(data: store.folder, publicURL: publicURL)
        configuration.isDemonstration = isDemonstration
        configuration.source = source
        configuration.security = security
        configuration.metricsToken = metricsToken
        configuration.mail = mail
        configuration.replies = mailReplies
        configuration.mailFolder = mailFolder
        configuration.requiresFactor = requiresFactor
        if let quota { configuration.quota = quota }
        site = try await Site(
            database: store.database, configuration: configuration, share: TestDatabase.share, features: App.features, log: log.logger,
            clock: { clock.now })
        dispatcher = Dispatcher(site)
        if isEmpty {
            cast = Cast()
            cookies = [:]
        } else {
            (cast, cookies) = try await Cast.enter(site)
        }
    }

    /// The same site on a database that stands before its own, or with a capability more.
    public func site(on database: (any Database)? = nil, also feature: Feature? = nil) async throws -> Site {
        try await Site(
            database: database ?? store.database, configuration: site.configuration, share: TestDatabase.share,
            features: App.features + (feature.map { [$0] } ?? []), log: site.log,
            clock: { [clock] in clock.now })
    }

    /// The same site as another program opens it.
    public func again() async throws -> Site {
        try await Site(
            database: store.again(), configuration: site.configuration, share: TestDatabase.share, features: App.features, log: site.log,
            clock: { [clock] in clock.now })
    }

    /// The same site at this moment, apart: what is done in one is not done in the other. On SQLite only.
    /// - Parameter clock: the other's when nil: what moves it moves both.
    public init(copy other: TestSite, clock own: TestClock? = nil) async throws {
        let clock = own ?? other.clock
        self.clock = clock
        store = try await TestDatabase(copy: other.store)
        var configuration = other.site.configuration
        configuration.data = store.folder
        site = try await Site(
            database: store.database, configuration: configuration, share: TestDatabase.share, features: App.features,
            log: log.logger, clock: { clock.now })
        dispatcher = Dispatcher(site)
        (cast, cookies) = (other.cast, other.cookies)
    }

    /// Its folder goes with the program: for one that is made once, to be copied.
    public func remain() { TestDatabase.removeAtEnd(folder.path) }

    /// Everybody of the cast logs in again: the clock went further than a session lasts.
    public func renewSessions() async throws {
        let now = site.now()
        try await site.database.write { try $0.run("UPDATE session SET created_at = \(now), seen_at = \(now)") }
    }
}
