import Application
import Database
import Formats
import Platform
import TestSupport

/// What the tests of the way in do again and again.
extension TestSite {
    static let password = "quatre noix sous la pluie"

    /// A browser with the cookie that an answer gave it.
    func browser(after response: Response) -> Client {
        Client(dispatcher, cookie: Self.cookie(of: response))
    }

    var stranger: Client { Client(dispatcher, cookie: nil) }

    /// The session that an answer opens; empty when it ends one.
    static func cookie(of response: Response) -> String? {
        guard let header = response.header("set-cookie") else { return nil }
        return header.split(separator: "=", maxSplits: 1).last?.split(separator: ";", omittingEmptySubsequences: false)
            .first.map(String.init)
    }

    /// Gives somebody of the cast a password.
    func givePassword(_ password: String = TestSite.password, to name: Cast.Name) async throws {
        let hash = try await Accounts.hash(password: password, site: site)
        let person = cast[name]
        try await site.amend(as: "test.password", by: .site) { try Accounts.setPassword(person, hash: hash, in: $0) }
    }

    func signIn(
        _ name: Cast.Name, _ password: String = TestSite.password, more: [String: String] = [:]
    ) async -> Response {
        await stranger.post("/connexion", more.merging(["email": Cast.email(name), "password": password]) { $1 })
    }

    /// The newest mail to an address, as it would be read.
    func lastMail(to email: String) async throws -> String? {
        try await site.database.read {
            try $0.text("SELECT body FROM mail WHERE address = \(email) ORDER BY created_at DESC, id DESC LIMIT 1")
        }
    }

    func countMails() async throws -> Int {
        try await site.database.read { try $0.count("SELECT COUNT(*) FROM mail") }
    }

    /// The path of the link in the newest mail to an address.
    func linkInMail(to email: String) async throws -> String? {
        let own = site.configuration.link("")
        return try await lastMail(to: email)?.split { $0.isWhitespace }
            .first { $0.hasPrefix(own) }.map { String($0.dropFirst(own.count)) }
    }
}
