import Application
import Database
import Platform
import TestSupport
import Testing

/// Ordinary pages do not grow with the site: none of them reads a large table from end to end.
@Suite struct PlanTests {
    /// Counted once and kept in memory until something public changes.
    private static let kept = ["AS grouped", "count(DISTINCT publication.id)"]

    @Test func `no page reads a large table from end to end`() async throws {
        let whole = try await Whole.make()
        let database = WatchedDatabase(whole.test.site.database)
        let site = try await whole.test.site(on: database)
        let dispatcher = Dispatcher(site)
        let lists = [
            "/ressources?tri=titre", "/ressources?tri=territoire", "/ressources?territoire=caen", "/ressources?genre=synthesis&territoire=caen",
            "/ressources?page=40", "/recherche?q=caen", "/recherche?q=caen&genre=resource", "/programmes/essai/communaute?role=host",
            "/programmes/essai/extraits?state=given", "/programmes/essai/textes?genre=synthesis", "/programmes/essai/journal?acte=visit",
        ]
        let pages = RoutesTable.lines.filter { $0.method == .get && !$0.path.contains("export") && !$0.path.hasSuffix(".csv") }.map(\.path)
        for onlooker in [Whole.Onlooker.anybody, .visitor, .host, .officer, .administrator] {
            let client = whole.client(onlooker, through: dispatcher)
            for page in pages.map(whole.address) + lists { _ = await client.get(page) }
        }
        let scans = database.scans.filter { scan in !Self.kept.contains { scan.contains($0) } }
        #expect(scans.isEmpty, "\(scans.sorted().joined(separator: "\n\n"))")
    }
}
