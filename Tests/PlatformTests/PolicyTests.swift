import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// The one policy: its table can be read, and its two forms, on a value and in SQL, always agree.
struct PolicyTests {
    @Test func `every action has a line, and every line can be read`() throws {
        let policy = try #require(Policy(Policy.table))
        #expect(Set(policy.lines.map(\.action)) == Set(Action.allCases))
        #expect(policy.lines.allSatisfy { !$0.holders.isEmpty })
        for audience in Audience.allCases { #expect(!policy.holders(.see, audience).isEmpty) }
    }

    @Test(arguments: [
        "action | audience | nobody\nsee | public | x", "action | audience | author\nlook | public | x",
        "action | audience | author\nsee | village | x", "action | audience | author\nsee | public | y",
        "action | audience | author\nsee | public", "",
    ])
    func `a table with a mistake is refused whole`(_ table: String) {
        #expect(Policy(table) == nil)
    }

    @Test func `a wider audience is seen by whoever saw the narrower one`() {
        for (narrow, wide) in zip(Audience.allCases, Audience.allCases.dropFirst()) where narrow >= .scope {
            let fewer = Set(Policy.site.holders(.see, narrow)).subtracting([.circle])
            #expect(fewer.isSubset(of: Policy.site.holders(.see, wide)))
        }
    }

    @Test func `a partner is of no circle, not even of the programme`() {
        let partner = Viewer(personId: "p", roles: ["programme": [.partner]])
        for audience in [Audience.scope, .community] {
            let thing = Protection("text", "t", programme: "programme", author: nil, scope: "programme", audience: audience)
            #expect(!Policy.site.allows(.see, partner, on: thing), "\(audience)")
        }
        let open = Protection("text", "t", programme: "programme", author: nil, scope: "programme", audience: .partners)
        #expect(Policy.site.allows(.see, partner, on: open))
    }

    @Test func `the value and the SQL agree on thousands of people and things`() async throws {
        let site = try await TestSite(isEmpty: true)
        var random = SplitMix(state: 20_261_123)
        let things = (0..<300).map { thing($0, &random) }
        try await site.site.database.write { writer in
            for thing in things {
                try writer.run(
                    """
                    INSERT INTO access (object_id, kind, programme_id, author_id, scope_id, audience, withdrawn_at)
                    VALUES (\(thing.objectId), \(thing.kind), \(thing.programmeId), \(thing.authorId), \(thing.scopeId),
                        \(thing.audience), \(thing.withdrawnAt))
                    """)
            }
        }
        let policy = Policy.site
        for _ in 0..<40 {
            let viewer = viewer(&random)
            for action in Action.allCases {
                let condition = policy.condition(action, viewer)
                let found = try await site.site.database.read {
                    try $0.texts("SELECT object_id FROM access WHERE \(condition)")
                }
                let expected = things.filter { policy.allows(action, viewer, on: $0) }.map(\.objectId)
                #expect(Set(found) == Set(expected), "\(action) by \(viewer)")
            }
        }
    }

    @Test func `what is withdrawn is seen by nobody, not even its author`() {
        var thing = Protection("text", "t", programme: "p", author: "a", audience: .everyone)
        thing.withdrawnAt = 1
        #expect(!Policy.site.allows(.see, Viewer(personId: "a", isAdministrator: true), on: thing))
    }

    @Test func `a guest sees the thing of the link and what is public, nothing else`() {
        let viewer = Viewer(personId: "y", roles: ["c": [.host]], onlyObject: "sheet")
        let sheet = Protection("text", "sheet", programme: "p", author: nil, scope: "c", audience: .scope)
        var other = sheet
        other.objectId = "other"
        #expect(Policy.site.allows(.see, viewer, on: sheet))
        #expect(Policy.site.allows(.writeSheet, viewer, on: sheet))
        #expect(!Policy.site.allows(.see, viewer, on: other))
        other.audience = .everyone
        #expect(Policy.site.allows(.see, viewer, on: other))
        #expect(!Policy.site.allows(.writeSheet, viewer, on: other))
    }

    @Test func `the site administrator reads no private text`() {
        let note = Protection("note", "n", programme: "p", author: "a", scope: "c", audience: .scope)
        #expect(!Policy.site.allows(.see, Viewer(personId: "s", isAdministrator: true), on: note))
    }

    private func thing(_ number: Int, _ random: inout SplitMix) -> Protection {
        var thing = Protection(
            "text", "object-\(number)", programme: ["p1", "p2", nil].randomElement(using: &random)!,
            author: ["ana", "bo", nil].randomElement(using: &random)!,
            scope: ["p1", "c1", "c2", nil].randomElement(using: &random)!,
            audience: Audience.allCases.randomElement(using: &random)!)
        if Int.random(in: 0..<8, using: &random) == 0 { thing.withdrawnAt = 1 }
        return thing
    }

    private func viewer(_ random: inout SplitMix) -> Viewer {
        var roles: [String: Set<Role>] = [:]
        for scope in ["p1", "p2", "c1", "c2"] where Bool.random(using: &random) {
            roles[scope] = Set(
                (0..<Int.random(in: 1...3, using: &random)).map { _ in Role.allCases.randomElement(using: &random)! })
        }
        return Viewer(
            personId: ["ana", "bo", "zoe", nil].randomElement(using: &random)!,
            isAdministrator: Int.random(in: 0..<5, using: &random) == 0, roles: roles,
            onlyObject: Int.random(in: 0..<4, using: &random) == 0
                ? "object-\(Int.random(in: 0..<300, using: &random))" : nil)
    }
}

/// The same random numbers at each run, so that a failure can be seen again.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
