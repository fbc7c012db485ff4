import Database
import Formats
import Platform
import TestSupport
import Testing

/// A role is held from its giving to its end, whatever the clock says meanwhile.
@Suite struct MembershipTests {
    @Test(arguments: [-9_000, 9_000])
    func `a clock that jumps takes no role and gives none back`(_ days: Int) async throws {
        let test = try await TestSite()
        let programme = test.cast.programme
        try await test.site.amend(as: "test.left", by: .site) { change in
            try change.leave(test.cast[.bo], scope: programme, as: .facilitator)
            try change.trace("person", test.cast[.bo])
        }
        test.clock.advance(days: days)
        let (held, left) = try await test.site.database.read { reader in
            (try reader.roles(of: test.cast[.ana])[programme], try reader.roles(of: test.cast[.bo])[programme])
        }
        #expect(held == [.facilitator] && left == nil)
        let people = try await test.site.database.read { try $0.people(in: programme).map(\.personId) }
        #expect(people.contains(test.cast[.ana]) && !people.contains(test.cast[.bo]))
    }
}
