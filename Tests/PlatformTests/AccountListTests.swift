import Application
import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// The list of accounts: for whoever administers the site, and for nobody else.
struct AccountListTests {
    private let path = AccountAdministration.path

    /// The names of the table, in their order.
    private func names(_ site: TestSite, _ query: String = "") async -> [String] {
        let page = await site.get("\(path)\(query)", as: .sam).text
        return page.split(separator: "<tr><th scope=\"row\"><a href=\"").dropFirst().map { row in
            String(row.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" })
        }
    }

    private func set(_ name: Cast.Name, _ columns: SQL, on site: TestSite) async throws {
        let person = site.cast[name]
        try await site.site.database.write { try $0.run("UPDATE account SET \(columns) WHERE person_id = \(person)") }
    }

    @Test func `everybody is found by a part of their name or of their address`() async throws {
        let site = try await TestSite()
        #expect(await names(site).count == Cast.Name.allCases.count)
        #expect(await names(site).first == "Ana")
        #expect(await names(site, "?nom=ADI") == ["Nadia"])
        #expect(await names(site, "?nom=nadia+%40essai") == ["Nadia"])
        #expect(await names(site, "?nom=essai.example").count == Cast.Name.allCases.count)
        for typed in ["%25", "_"] { #expect(await names(site, "?nom=\(typed)").isEmpty, "what stands for anything stands for itself") }
        #expect(await names(site, "?nom=zzz").isEmpty)
        #expect(await site.get("\(path)?nom=zzz", as: .sam).text.contains("Aucun compte ne correspond"))
        for name in [Cast.Name.nadia, .hugo, .ana, .stranger] { #expect(await site.get(path, as: name).status == 403) }
        #expect(await site.get("/administration", as: .sam).text.contains(path))
    }

    @Test func `each state has its accounts and its count`() async throws {
        let site = try await TestSite(requiresFactor: true)
        site.clock.advance(.days(3))
        let old = site.clock.now - .days(400)
        try await set(.bo, "seen_at = NULL", on: site)
        try await set(.emma, "closed_at = 5, seen_at = NULL", on: site)
        try await set(.zoe, "seen_at = \(old)", on: site)
        try await site.givePassword(to: .sam)
        let equipped = try #require(try await site.equip(.sam))
        func shown(_ state: String) async -> [String] {
            let page = await equipped.browser.get("\(path)?etat=\(state)").text
            return page.split(separator: "<tr><th scope=\"row\"><a href=\"").dropFirst().map { String($0.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }) }
        }
        #expect(await shown("invitation") == ["Bo"])
        #expect(await shown("ferme") == ["Emma"])
        #expect(await shown("absence") == ["Zoe"])
        #expect(await shown("administration") == ["Sam"])
        #expect(await shown("facteur") == ["Hugo"], "asked of the coordinator, in place for who administers")
        #expect(await shown("ouvert").count == Cast.Name.allCases.count - 2)
        let page = await equipped.browser.get(path).text
        for count in ["1 invitation sans réponse", "1 sans visite depuis un an", "1 administre le site", "1 sans la double authentification demandée", "1 fermé", "12 ouverts"] {
            #expect(page.contains(">\(count)</a>"), "\(count)")
        }
        #expect(page.contains("invitation sans réponse") && page.contains("fermé, données effacées") && page.contains("demandée, pas en place"))
        // Where it is required of nobody, nobody lacks it.
        let free = try await TestSite()
        #expect(!(await free.get(path, as: .sam).text.contains("demandée")))
        #expect(await names(free, "?etat=facteur").count == Cast.Name.allCases.count)
    }

    @Test func `in the order of names, of last visits, of openings`() async throws {
        let site = try await TestSite()
        let now = site.clock.now
        try await set(.zoe, "seen_at = \(now + .days(2))", on: site)
        try await set(.yann, "seen_at = \(now + .days(1)), created_at = \(now + .hours(1))", on: site)
        try await set(.bo, "seen_at = NULL, created_at = \(now - .days(9))", on: site)
        #expect(await names(site, "?tri=nom").prefix(3) == ["Ana", "Bo", "Chloe"])
        let visits = await names(site, "?tri=visite")
        #expect(visits.prefix(2) == ["Zoe", "Yann"] && visits.last == "Bo")
        let openings = await names(site, "?tri=ouverture")
        #expect(openings.first == "Yann" && openings.last == "Bo")
    }

    @Test func `thirty a page, the others behind`() async throws {
        let site = try await TestSite()
        let now = site.clock.now
        try await site.site.database.write { writer in
            for number in 100..<200 {
                try writer.run(
                    "INSERT INTO person (id, name, sort_key, created_at) VALUES (\("x\(number)"), \("X \(number)"), \("x \(number)"), \(now))")
                try writer.run("INSERT INTO account (person_id, created_at) VALUES (\("x\(number)"), \(now))")
            }
        }
        #expect(await names(site).count == 30)
        #expect(await names(site, "?page=4").count == Cast.Name.allCases.count + 10)
        #expect(await names(site, "?nom=x&etat=invitation&page=2").first == "X 130")
        #expect(await site.get("\(path)?nom=x&etat=invitation", as: .sam).text.contains("etat=invitation&amp;page=2"))
        let file = await site.get("\(path)/export?etat=invitation&format=ouvert", as: .sam).text
        #expect(file.split(whereSeparator: \.isNewline).count == 101)
    }

    @Test func `it is taken away as it is shown, and the journal says so`() async throws {
        let site = try await TestSite()
        let file = await site.get("\(path)/export?nom=ana&format=excel", as: .sam)
        #expect(file.header("content-disposition")?.contains("comptes.csv") == true)
        #expect(file.text.contains("Adresse électronique;") && file.text.contains("Ana;ana@essai.example;ouvert;2026-03-02;2026-03-02;non;pas en place;non"))
        #expect(!file.text.contains("nadia@"))
        #expect(await site.get("\(path)/export?format=ods", as: .sam).header("content-type") == "application/vnd.oasis.opendocument.spreadsheet")
        #expect(await site.get("\(path)/export", as: .nadia).status == 403)
        #expect(await site.get("/administration/journal", as: .sam).text.contains("a emporté la liste des comptes (1)"))
    }

    @Test func `a visit is known by its day, not only by the log-in`() async throws {
        let site = try await TestSite()
        site.clock.advance(.days(2))
        _ = await site.get("/compte", as: .ana)
        let ana = site.cast[.ana]
        #expect(try await site.site.database.read { try AccountEntry.load(ana, $0) }.seenAt?.day().iso == "2026-03-04")
        #expect(await names(site, "?tri=visite").prefix(2).contains("Ana"))
    }
}
