import Foundation
import TestSupport
import Testing

@testable import Application

/// Where the database is: said by the command line, the environment or the folder, in this order.
@Suite struct SettingsTests {
    @Test func `the database is where the nearest setting says, in the folder without any`() async throws {
        let fresh = try await TestDatabase(onServer: false)
        let folder = DataFolder(fresh.folder.path)
        let environment = ["ESSAIM_DATABASE": "postgres://environment/x"]
        #expect(try Settings.database(nil, in: folder, environment: [:]) == nil)
        try "database = postgres://file/x".write(to: folder.configurationFile, atomically: true, encoding: .utf8)
        #expect(try Settings.database(nil, in: folder, environment: [:]) == "postgres://file/x")
        #expect(try Settings.database(nil, in: folder, environment: environment) == "postgres://environment/x")
        #expect(try Settings.database("postgres://flag/x", in: folder, environment: environment) == "postgres://flag/x")
        #expect(try Settings.database("", in: folder, environment: environment) == nil)
    }

    @Test func `a database on a server is named without its password`() {
        #expect(DatabasePlace.server("postgres://marie:secret@bd.example:5433/essaim?sslmode=require").name == "postgres://bd.example/essaim")
        #expect(DatabasePlace.server("postgres:///essaim?host=/run/postgresql").name == "postgres:///run/postgresql/essaim")
    }
}
