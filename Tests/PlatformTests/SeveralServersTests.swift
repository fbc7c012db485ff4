import Application
import Database
import Logging
import TestSupport
import Testing

@testable import Platform

/// Several programs on one database: what one of them changes, the others show.
@Suite struct SeveralServersTests {
    @Test(.timeLimit(.minutes(10)))
    func `public pages kept by another program are forgotten when the site changes`() async throws {
        let here = try await TestSite(isEmpty: true)
        let there = try await here.again()
        let following = Task { await there.followChanges() }
        defer { following.cancel() }
        // What was missed before it listened: at once.
        try await forgetting(there) {}
        try await forgetting(there) {
            try await here.site.amend(as: "test.changed", by: .site) { try $0.trace("site", "site") }
        }
        try there.database.close()
    }

    private func forgetting(_ site: Site, _ work: () async throws -> Void) async throws {
        let generation = site.pages.generation
        try await work()
        while site.pages.generation == generation { try await Task.sleep(for: .milliseconds(5)) }
    }

    @Test func `nothing is kept while the others are not heard`() {
        let pages = PageCache()
        let key = PageCache.Key(location: "/", language: "", encoding: "")
        func isKept() -> Bool {
            pages.keep(Answer(Response(headers: [], body: [])), for: key, madeAt: pages.generation)
            return pages.answer(key) != nil
        }
        #expect(isKept())
        pages.setKeeping(false)
        #expect(!isKept())
        pages.forgetAll()
        #expect(!isKept())
        pages.setKeeping(true)
        #expect(isKept())
    }
}
