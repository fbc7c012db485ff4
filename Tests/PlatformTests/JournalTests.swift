import Database
import Platform
import TestSupport
import Testing

/// Who did what in the whole site: for its administrator, and for nobody else.
struct JournalTests {
    private let path = "/administration/journal"

    @Test func `one page leads to all that there is for the administrator`() async throws {
        let site = try await TestSite()
        let page = await site.get("/administration", as: .sam)
        #expect(page.status == 200)
        for own in ["journal", "courriels", "second-facteur", "effacement", "conservation", "registre"] {
            #expect(page.text.contains("href=\"/administration/\(own)\""), "\(own)")
        }
        for entry in ["/compte", "/a-faire"] { #expect(await site.get(entry, as: .sam).text.contains("href=\"/administration\""), "\(entry)") }
        #expect(await !site.get("/compte", as: .nadia).text.contains("href=\"/administration\""))
        #expect(await site.get("/administration", as: .nadia).status == 403)
    }

    private func prepared() async throws -> TestSite {
        let site = try await TestSite()
        let (ana, visit, programme) = (site.cast[.ana], site.cast.caen.visit, site.cast.programme)
        try await site.site.amend(as: "account.invited", by: .site) { try $0.trace("account", ana) }
        site.clock.advance(days: 2)
        try await site.renewSessions()
        let nadia = Actor(Viewer(personId: site.cast[.nadia], name: "Nadia"))
        try await site.site.amend(as: "person.added", by: nadia) { try $0.trace("person", ana) }
        try await site.site.amend(as: "visit.described", by: nadia) { try $0.trace("visit", visit, programme: programme) }
        return site
    }

    @Test func `the administrator reads who did what to accounts, not what is in programmes`() async throws {
        let site = try await prepared()
        let page = await site.get(path, as: .sam).text
        #expect(page.contains("<strong>Le site</strong> a invité Ana") && page.contains("<strong>Nadia</strong> a ajouté Ana"))
        #expect(!page.contains("a décrit la visite"))
        for name in [Cast.Name.nadia, .hugo, .ana, .stranger] { #expect(await site.get(path, as: name).status == 403) }
        #expect(await site.get("/administration", as: .sam).text.contains(path))
        #expect(!(await site.get("/compte", as: .nadia).text.contains(path)))
    }

    @Test func `the newest lines are leafed through; those before are found by their dates`() async throws {
        let site = try await prepared()
        let ana = site.cast[.ana]
        site.clock.advance(days: 2)
        try await site.renewSessions()
        try await site.site.amend(as: "person.added", by: .site) { change in
            for _ in 0..<2_000 { try change.trace("person", ana) }
        }
        let more = "Voici les 2\u{202F}000 dernières lignes"
        #expect(await !site.get(path, as: .sam).text.contains(more))
        let last = await site.get("\(path)?page=999", as: .sam).text
        #expect(last.contains("Page 50 sur 50") && last.contains(more))
        let before = await site.get("\(path)?au=04/03/2026", as: .sam).text
        #expect(before.contains("a invité Ana") && !before.contains("Page 1"))
        #expect(last.contains("<option value=\"account\"") && !last.contains("<option value=\"visit\""))
    }

    @Test func `it is filtered by person, by act and by date`() async throws {
        let site = try await prepared()
        func page(_ query: String) async -> String { await site.get("\(path)?\(query)", as: .sam).text }
        let (invited, added) = ("a invité Ana", "a ajouté Ana")
        for query in ["nom=nadia", "du=03/03/2026"] {
            let text = await page(query)
            #expect(!text.contains(invited) && text.contains(added), "\(query)")
        }
        for query in ["acte=account", "au=02/03/2026"] {
            let text = await page(query)
            #expect(text.contains(invited) && !text.contains(added), "\(query)")
        }
        #expect(await page("personne=\(site.cast[.ana])").contains("a invité Ana"))
        #expect(await page("nom=zzz").contains("Rien ne correspond."))
    }

    @Test func `it is exported as a table`() async throws {
        let site = try await prepared()
        let file = await site.get("\(path)/export?acte=person", as: .sam)
        #expect(file.header("content-type")?.hasPrefix("text/csv") == true)
        #expect(file.text.contains("a ajouté Ana") && !file.text.contains("a invité Ana"))
    }

    @Test func `a line names people as they are called today, and counts as the language does`() async throws {
        let site = try await prepared()
        let (ana, visit) = (site.cast[.ana], site.cast.caen.visit)
        try await site.site.amend(as: "membership.started", by: .site) {
            try $0.trace("visit", visit, ["person": ana, "role": "officer"])
        }
        try await site.site.amend(as: "visit.invited", by: .site) { try $0.trace("visit", visit, ["people": "1"]) }
        try await site.site.amend(as: "visit.encounterAdded", by: .site) { try $0.trace("visit", visit, ["label": "Atelier <b>"]) }
        try await site.site.database.write { try $0.run("UPDATE person SET name = 'Ana Nouvelle' WHERE id = \(ana)") }
        let page = await site.get("/historique/\(visit)", as: .nadia).text
        #expect(page.contains("a donné un rôle à Ana Nouvelle\u{A0}: mission de projet"))
        #expect(page.contains("a invité 1 personne du groupe"))
        #expect(page.contains("a ajouté la rencontre «\u{A0}Atelier &lt;b&gt;\u{A0}»"))
    }
}
