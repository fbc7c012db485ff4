import Foundation
import Platform
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

    @Test func `a mail server is set by keys, and by a file for its password`() async throws {
        let fresh = try await TestDatabase(onServer: false)
        let folder = DataFolder(fresh.folder.path)
        func server(_ environment: [String: String] = [:]) throws -> MailServer? {
            try Settings().configuration(in: folder, environment: environment).mail
        }
        #expect(try server() == nil)
        let secret = fresh.folder.appending(path: "secret").path
        try "un mot de passe\n".write(toFile: secret, atomically: true, encoding: .utf8)
        try """
        smtp_server = smtp.exemple.org
        smtp_user = essaim
        smtp_password_file = \(secret)
        mail_from = essaim@exemple.org
        mail_returns = retours+*@exemple.org
        """.write(to: folder.configurationFile, atomically: true, encoding: .utf8)
        let found = try #require(try server())
        #expect(found.host == "smtp.exemple.org" && found.port == 587 && found.security == .starttls)
        #expect(found.user == "essaim" && found.password == "un mot de passe" && found.sender == "essaim@exemple.org")
        #expect(try server(["ESSAIM_SMTP_SECURITY": "tls"])?.port == 465)
        #expect(try server(["ESSAIM_SMTP_SERVER": "autre.exemple.org", "ESSAIM_SMTP_PORT": "2525"]).map { "\($0)" } == "autre.exemple.org:2525 (STARTTLS)")
        #expect(try Settings(mail: ["smtp_server": "ici.exemple.org"]).configuration(in: folder, environment: [:]).mail?.host == "ici.exemple.org")
        // A password in clear goes no further than this machine.
        #expect(throws: Failure.self) { try server(["ESSAIM_SMTP_SECURITY": "none"]) }
        #expect(try server(["ESSAIM_SMTP_SECURITY": "none", "ESSAIM_SMTP_SERVER": "127.0.0.1"])?.port == 25)
        for (key, value) in [
            ("SERVER", "smtp.exemple.org/x"), ("SERVER", ""), ("PORT", "0"), ("SECURITY", "ssl"), ("PASSWORD_FILE", "/nulle/part"), ("CA_FILE", "/nulle/part"),
            ("TIMEOUT", "x"),
        ] { #expect(throws: Failure.self, "\(key) = \(value)") { try server(["ESSAIM_SMTP_\(key)": value]) } }
        for (key, value) in [("FROM", "essaim"), ("FROM", "a@b.c>\r\nX"), ("RETURNS", "x*y*@b.c"), ("RETURNS", "\(String(repeating: "r", count: 40))*@b.c")] {
            #expect(throws: Failure.self, "\(key) = \(value)") { try server(["ESSAIM_MAIL_\(key)": value]) }
        }
    }

    @Test func `a second factor is required, but in a demonstration, unless the host says otherwise`() async throws {
        let fresh = try await TestDatabase(onServer: false)
        let folder = DataFolder(fresh.folder.path)
        func isRequired(_ isDemonstration: Bool, _ environment: [String: String] = [:]) throws -> Bool {
            try Settings().configuration(in: folder, isDemonstration: isDemonstration, environment: environment).requiresFactor
        }
        #expect(try isRequired(false) && !isRequired(true))
        #expect(try !isRequired(false, ["ESSAIM_SECOND_FACTOR": "offered"]) && isRequired(true, ["ESSAIM_SECOND_FACTOR": "required"]))
        try "second_factor = offered".write(to: folder.configurationFile, atomically: true, encoding: .utf8)
        #expect(try !isRequired(false))
        #expect(throws: Failure.self) { try isRequired(false, ["ESSAIM_SECOND_FACTOR": "perhaps"]) }
    }
}
