import Database
import Formats
import Foundation
import Platform
import TestSupport
import Testing

@testable import Application

/// People brought in from a spreadsheet: all, or nobody.
@Suite struct PeopleTableTests {
    private func table(_ text: String, _ site: TestSite) throws -> PeopleTable { try PeopleTable(Array(text.utf8), words: site.site.words(.french)) }

    @Test func `a spreadsheet's table is read whatever separates its cells`() async throws {
        let site = try await TestSite(isEmpty: true)
        for text in [
            "\u{FEFF}Nom;Téléphone;Adresse\r\n\"Roux; Camille\";06;camille@exemple.org\r\n;;\r\nLé \"O\"';;leo@exemple.org\r\n",
            "adresse,nom\ncamille@exemple.org,\"Roux; Camille\"\n\nleo@exemple.org,Lé \"O\"'", "nom\tcourriel\nRoux; Camille\tcamille@exemple.org\n\t\nLé \"O\"'\tleo@exemple.org",
        ] {
            #expect(
                try table(text, site).lines == [
                    .init(number: 2, name: "Roux; Camille", email: "camille@exemple.org"), .init(number: 4, name: "Lé \"O\"'", email: "leo@exemple.org"),
                ], "\(text)")
        }
        #expect(CSV.read("a,\"b\nc\"\"d\"\ne").map(\.line) == [1, 3])
    }

    @Test func `every bad line is said with its number, and nobody comes in`() async throws {
        let site = try await TestSite(isEmpty: true)
        #expect {
            try table("nom,adresse\nCamille,camille\n,b@exemple.org\nLéo,leo@exemple.org\nLéo,LEO@exemple.org\n", site)
        } throws: { error in
            let said = Failure(of: error)
            return said.code == 65 && said.sentence.contains("ligne 2 : ") && said.sentence.contains("ligne 3 : ") && !said.sentence.contains("ligne 4 : ")
                && said.sentence.contains("ligne 5 : « LEO@exemple.org » est déjà à la ligne 4")
        }
        for text in ["", "Camille,camille@exemple.org", "nom,adresse\n"] { #expect(throws: Failure.self) { try table(text, site) } }
        #expect(throws: Failure.self) { try PeopleTable([0x6E, 0xE9], words: site.site.words(.french)) }
    }

    @Test func `a trial says what would become of each line and leaves nothing; then it is done, once`() async throws {
        let site = try await TestSite()
        let table = try table("nom,adresse\nCamille,camille@exemple.org\nZoé,\(Cast.email(.zoe))\n", site)
        let intake = PeopleIntake(site: site.site, role: "facilitator", programme: "essai")
        func counts() async throws -> [Int] {
            try await site.site.database.read { reader in try ["person", "account", "mail", "membership", "audit"].map { try reader.count("SELECT count(*) FROM \(SQL(text: $0))") } }
        }
        let before = try await counts()
        #expect(try await intake.take(table, isKept: false) == [.invited, .given])
        #expect(try await counts() == before)
        #expect(try await intake.take(table, isKept: true) == [.invited, .given])
        let mail = try await site.site.database.read { try $0.text("SELECT body FROM mail WHERE address = 'camille@exemple.org'") }
        #expect(mail?.contains("Un compte vous est ouvert sur Essaim, avec cette adresse, pour le programme « Essai ». Pour y entrer") == true, "\(mail ?? "")")
        #expect(try await intake.take(table, isKept: true) == [.unchanged, .unchanged])
        await #expect(throws: Failure.self) { try await PeopleIntake(site: site.site, role: "facilitator", programme: "ailleurs").take(table, isKept: true) }
    }
}
