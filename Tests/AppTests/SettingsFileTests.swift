import Foundation
import Platform
import TestSupport
import Testing

@testable import Application

/// `essaim.conf` as hosts write it, and what is said of what they mistype.
@Suite struct SettingsFileTests {
    private let folder = DataFolder(FileManager.default.temporaryDirectory.appending(path: "essaim-conf-\(UUID().uuidString)").path)

    private func read(_ text: String) throws -> Configuration {
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.configurationFile)
        return try Settings().configuration(in: folder, environment: [:])
    }

    /// The sentence of the refusal; nothing when there is none.
    private func refusal(_ text: String) -> String {
        do { _ = try read(text) } catch { return Failure(of: error).sentence }
        return ""
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `the lines of any system are read, with a mark at the start, tabs and spaces at the end`(_ end: String) throws {
        let text = ["\u{FEFF}# Réglages", "", "url\t=  https://essaim.exemple.org \t", "  name = Réseau du Nord  ", "port=9090\t", "\t# fin", ""]
        let configuration = try read(text.joined(separator: end))
        #expect(configuration.publicURL == "https://essaim.exemple.org" && configuration.siteName == "Réseau du Nord" && configuration.port == 9090)
        #expect(try read("\u{FEFF}name = Ici").siteName == "Ici")
    }

    @Test(arguments: [
        ("# a\r\nulr = x", "ligne 2 : « ulr » est inconnu. Vouliez-vous dire « url » ?"),
        ("prot = 80", "Vouliez-vous dire « port » ?"), ("couleur = bleu", "« couleur » est inconnu. Clés possibles : address, port,"),
        ("metrics =", "ligne 1 : « metrics » n'a pas de valeur"), ("url : https://exemple.org", "écrivez « url = valeur »"), ("url", "il manque « = »"),
        ("mail_from = x@y.fr", "« mail_from » est réglé sans « smtp_server »"),
        ("smtp_server = s.fr\nmail_from = Essaim", "« Essaim » n'est pas une adresse électronique (mail_from)"),
        ("smtp_server = s.fr", "« mail_from » manque"),
        ("smtp_server = s.fr\nmail_from = x@y.fr\nsmtp_password_file = /nulle/part", "courriel.md dit comment le créer"),
        ("url = https://exemple.org/essaim", "sans chemin ni espace"), ("url = https://essaim exemple.org", "sans chemin ni espace"),
        ("url = https://", "sans chemin ni espace"), ("url = https://a@exemple.org", "sans chemin ni espace"), ("url = exemple.org", "commence par https://"),
        ("proxies = nginx", "« nginx » n'est pas une adresse IP (proxies)"), ("proxies = 127.0.0.1, localhost", "« localhost » n'est pas"),
        ("proxies = 127.0.0.0/8", "sans nom ni plage"), ("proxies = ::1/128", "sans nom ni plage"),
    ])
    func `what is wrong is named, with what to write instead`(_ text: String, _ said: String) {
        #expect(refusal(text).contains(said), "\(refusal(text))")
    }

    @Test func `the file that is named is the one to change, even behind a link; one that cannot be read is never left out`() throws {
        let elsewhere = folder.url.deletingLastPathComponent().appending(path: "etc-\(UUID().uuidString).conf")
        try FileManager.default.createDirectory(at: folder.url, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(at: folder.configurationFile, withDestinationURL: elsewhere)
        #expect(throws: Failure.self) { try Settings().configuration(in: folder, environment: [:]) }
        try "ulr = x".write(to: elsewhere, atomically: true, encoding: .utf8)
        #expect { try Settings().configuration(in: folder, environment: [:]) } throws: { Failure(of: $0).sentence.hasPrefix("\(elsewhere.path), ligne 1") }
    }

    @Test func `proxies and the address are kept as the system and mails write them`() throws {
        let configuration = try read("proxies = 127.0.0.1,  0:0:0:0:0:0:0:1\t10.0.0.5\nurl = https://essaim.exemple.org:8443/")
        #expect(configuration.proxies == ["127.0.0.1", "::1", "10.0.0.5"])
        #expect(configuration.publicURL == "https://essaim.exemple.org:8443" && configuration.link("/a") == "https://essaim.exemple.org:8443/a")
    }

    @Test func `a maildir that is not there does not stop the site: the administrator is told, and nobody else`() async throws {
        #expect(try read("mail_folder = /nulle/part").mailFolder?.path == "/nulle/part")
        let site = try await TestSite(mailFolder: folder.url)
        #expect(await site.get("/a-faire", as: .sam).text.contains("il n’y a pas de dossier \(folder.url.path)/new"))
        #expect(!(await site.get("/a-faire", as: .nadia).text.contains(folder.url.path)))
        for name in ["new", "cur", "tmp"] {
            try FileManager.default.createDirectory(at: folder.url.appending(path: name), withIntermediateDirectories: true)
        }
        #expect(!(await site.get("/a-faire", as: .sam).text.contains(folder.url.path)))
    }
}
