import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Community

struct CommunityQueryTests {
    @Test func `profiles are read many at a time, with or without a row`() async throws {
        let site = try await TestSite()
        let (yann, stranger) = (site.cast[.yann], site.cast[.stranger])
        let profiles = try await site.site.database.read { try Profiles.of([yann, stranger, "nobody"], $0) }
        #expect(profiles.count == 2)
        #expect(profiles[yann]?.position == "Fonction de yann, ARDES")
        #expect(profiles[stranger]?.organization == nil)
    }

    @Test func `declared interests do not touch the function`() async throws {
        let site = try await TestSite()
        let ana = site.cast[.ana]
        let profile = try await site.site.amend(as: "test.declared", by: .site) { change in
            try Profiles.declare("Administre APES", by: ana, in: change)
            try change.trace("person", ana)
            return try Profiles.of(ana, change)
        }
        #expect(profile?.interests == "Administre APES")
        #expect(profile?.function == "Fonction de ana")
    }

    @Test func `members are those of today`() async throws {
        let site = try await TestSite()
        let (programme, ana) = (site.cast.programme, site.cast[.ana])
        let before = try await site.site.database.read { try Members.list(programme, $0) }
        #expect(before.contains { $0.personId == ana && $0.scopeKind == .programme && $0.role == .facilitator })
        #expect(before.contains { $0.scopeKind == .delegationAndHost && $0.role == .host })
        try await site.site.amend(as: "test.left", by: .site) { change in
            try change.leave(ana, scope: programme, as: .facilitator)
            try change.trace("programme", programme)
        }
        site.clock.advance(.seconds(1))
        let after = try await site.site.database.read { try Members.list(programme, $0) }
        #expect(!after.contains { $0.personId == ana && $0.scopeKind == .programme })
    }

    @Test func `an organisation is found whatever its spelling`() async throws {
        let site = try await TestSite()
        let programme = site.cast.programme
        let (first, second) = try await site.site.amend(as: "test.organization", by: .site) { change in
            let first = try Organization.findOrCreate("Pôle d’économie solidaire", programme: programme, in: change)
            let second = try Organization.findOrCreate("POLE D'ECONOMIE SOLIDAIRE", programme: programme, in: change)
            try change.trace("programme", programme)
            return (first, second)
        }
        #expect(first == second)
        let all = try await site.site.database.read { try Organization.of(programme: programme, $0) }
        #expect(all.map(\.shown) == ["APES", "ARDES", "Pôle d’économie solidaire"])
    }

    @Test func `the frame shows the navigation to people of the site only`() async throws {
        let site = try await TestSite()
        let member = await site.get("/programmes/essai/territoires", as: .ana)
        #expect(member.text.contains("aria-current=\"page\">Territoires</a>"))
        #expect(!(await site.get("/programmes/essai/territoires").text.contains("<nav class=\"programme\"")))
    }

    @Test func `a site without fault has nothing to check`() async throws {
        let site = try await TestSite()
        #expect(try await site.site.database.read { try CommunityChecks.problems($0) }.isEmpty)
    }
}
