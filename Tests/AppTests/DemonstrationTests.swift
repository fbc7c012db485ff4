import Database
import Foundation
import Platform
import TestSupport
import Testing

@testable import Application

/// The demonstration does not know which engine it is played on.
@Suite(.enabled(if: TestDatabase.isOnServer)) struct DemonstrationTests {
    @Test func `the demonstration is the same on both engines, byte for byte`() async throws {
        var dumps: [String] = []
        for onServer in [true, false] {
            let fresh = try await TestDatabase(onServer: onServer)
            let demonstration = Demonstration(folder: DataFolder(fresh.folder.path), password: Demonstration.defaultPassword)
            let site = try await demonstration.play(in: fresh.folder, fresh.database)
            #expect(try await Inspection.problems(of: site) == [])
            dumps.append(try await SiteDump.text(of: fresh.database))
        }
        let (here, there) = (dumps[0].split(separator: "\n"), dumps[1].split(separator: "\n"))
        for (one, other) in zip(here, there).filter({ $0 != $1 }).prefix(5) { Issue.record("\(one)\n\(other)") }
        #expect(dumps[0] == dumps[1])
        #expect(here.count > 1_000)
    }
}
