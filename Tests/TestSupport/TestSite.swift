import Application
import Database
import Formats
import Foundation
import Logging
import Platform

/// A whole site on a fresh database, with a clock that can be moved and a browser-like way to ask it things.
public final class TestSite: Sendable {
    public let site: Site
    public let dispatcher: Dispatcher
    public let clock: TestClock
    public let folder: URL
    /// The people and things of the little programme; empty when the site was made without it.
    public let cast: Cast
    let cookies: [Cast.Name: String]

    /// - Parameter isEmpty: true for a site as it is at its first start.
    public init(
        on start: Day = Day(iso: "2026-03-02")!, isEmpty: Bool = false, isDemonstration: Bool = true, publicURL: String? = nil
    )
        async throws
    {
        let clock = TestClock(start)
        self.clock = clock
        folder = FileManager.default.temporaryDirectory.appending(path: "essaim-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var configuration = Configuration(data: folder, publicURL: publicURL)
        configuration.isDemonstration = isDemonstration
        var log = Logger(label: "test")
        log.logLevel = .critical
        site = try await Site(
            database: SQLiteDatabase(path: folder.appending(path: "essaim.sqlite").path, readers: 2),
            configuration: configuration, share: TestSite.share, features: App.features, log: log,
            clock: { clock.now })
        dispatcher = Dispatcher(site)
        if isEmpty {
            cast = Cast()
            cookies = [:]
        } else {
            (cast, cookies) = try await Cast.enter(site)
        }
    }

    /// Everybody of the cast logs in again: the clock went further than a session lasts.
    public func renewSessions() async throws {
        let now = site.now()
        try await site.database.write { try $0.run("UPDATE session SET created_at = \(now), seen_at = \(now)") }
    }

    deinit {
        try? site.database.close()
        try? FileManager.default.removeItem(at: folder)
    }

    private static let share = try! Share.find()
}
