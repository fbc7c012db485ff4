import Application
import Database
import Library
import Platform
import TestSupport
import Testing

/// Ordinary pages do not grow with the site: none of them reads a large table from end to end, on either engine.
@Suite struct PlanTests {
    /// Counted once and kept in memory until something public changes; the mails that a demonstration shows; the accounts whose name or
    /// address has a part typed by whoever administers.
    private static let kept = ["AS grouped", "count(DISTINCT publication.id)", "person.sort_key FROM mail", "SELECT COUNT(*) FROM account CROSS JOIN person"]

    @Test func `no page reads a large table from end to end`() async throws {
        let whole = try await Whole.make(onServer: TestDatabase.isOnServer)
        let database = WatchedDatabase(whole.test.site.database)
        let site = try await whole.test.site(on: database)
        let dispatcher = Dispatcher(site)
        let pages = RoutesTable.lines.filter { $0.method == .get && !$0.path.contains("export") && !$0.path.hasSuffix(".csv") }.map(\.path)
        for onlooker in [Whole.Onlooker.anybody, .visitor, .host, .officer, .administrator] {
            let client = whole.client(onlooker, through: dispatcher)
            for page in pages.map(whole.address) + Whole.lists { #expect(await client.get(page).status < 500, "\(page): \(whole.test.log.lines.suffix(1))") }
        }
        let scans = database.scans.filter { scan in !Self.kept.contains { scan.contains($0) } }
        #expect(scans.isEmpty, "\(scans.sorted().joined(separator: "\n\n"))")
        // From the rights of a whole programme to the few things looked for is the longest way.
        let fromRights = database.lines.filter { $0.contains("access_by_audience (programme_id=?)") }
        #expect(fromRights.isEmpty, "\(fromRights)")
    }

    /// What was slow on a site of a hundred thousand resources, by the index that each needs now; on PostgreSQL, which chooses among
    /// those that serve by figures that a small site has not, by the beginning of its name where two do.
    @Test(
        arguments: [
            ("/programmes/essai/textes", Whole.Onlooker.visitor, "COVERING INDEX access_by_audience", "access_by_audience"),
            ("/programmes/essai/visites?tri=missing", .officer, "publication USING INDEX publication_by_subject", "publication_by_subject"),
            ("/programmes/essai/visites?tri=missing", .officer, "note_block USING INDEX note_block_by_author", "note_block_by_author"),
            ("/ressources?genre=synthesis&territoire=caen", .anybody, "publication USING INDEX publication_by_territory_and_kind", "publication_by_"),
        ])
    func `a list that was slow is read by its index`(_ address: String, _ onlooker: Whole.Onlooker, _ index: String, _ onServer: String) async throws {
        let whole = try await Whole.make(onServer: TestDatabase.isOnServer)
        let database = WatchedDatabase(whole.test.site.database)
        let dispatcher = Dispatcher(try await whole.test.site(on: database))
        #expect(await whole.client(onlooker, through: dispatcher).get(address).status == 200, "\(whole.test.log.lines.suffix(1))")
        let expected = TestDatabase.isOnServer ? onServer : index
        #expect(database.lines.contains { $0.contains(expected) }, "\(database.lines.sorted().joined(separator: "\n"))")
    }

    @Test(
        arguments: [
            ("", "person USING INDEX person_by_name"), ("?tri=visite", "account USING INDEX account_by_visit"),
            ("?tri=ouverture", "account USING COVERING INDEX account_by_opening"), ("?etat=administration", "account USING INDEX account_administering"),
            ("?etat=facteur", "membership USING INDEX membership_coordinating"),
        ])
    func `the accounts are read along an index, whatever their order`(_ query: String, _ index: String) async throws {
        let whole = try await Whole.make()
        let database = WatchedDatabase(whole.test.site.database)
        let dispatcher = Dispatcher(try await whole.test.site(on: database))
        #expect(await whole.client(.administrator, through: dispatcher).get("/administration/comptes\(query)").status == 200)
        #expect(database.lines.contains { $0.contains(index) }, "\(database.lines.sorted().joined(separator: "\n"))")
        #expect(!database.lines.contains { $0.contains("TEMP B-TREE FOR ORDER BY") } || query.contains("etat"), "nothing is sorted")
    }

    @Test func `the last page of a list skips nothing`() async throws {
        let whole = try await Whole.make()
        try await whole.test.site.amend(as: "test.seed", by: .site) { change in
            try LibrarySeed.resources(0..<45, from: LibrarySeed.sources(change), seed: 1, in: change)
        }
        let database = WatchedDatabase(whole.test.site.database)
        let dispatcher = Dispatcher(try await whole.test.site(on: database))
        #expect(await whole.client(.anybody, through: dispatcher).get("/ressources?page=3").text.contains("/ressources/"))
        #expect(database.offsets == [0])
    }
}
