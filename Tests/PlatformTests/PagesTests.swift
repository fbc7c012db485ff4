import Application
import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// The platform's own pages, and what every answer carries.
struct PagesTests {
    @Test func `what is dear to make is made once, until something public changes`() async throws {
        let site = try await TestSite()
        func made(_ number: Int) async -> Int { await site.site.pages.kept("a number") { number } }
        #expect(await made(1) == 1)
        #expect(await made(2) == 1)
        try await site.site.amend(as: "test.private", by: .site, isPublic: false) { $0.leaveAsItIs() }
        #expect(await made(3) == 1)
        try await site.site.amend(as: "test.public", by: .site) { $0.leaveAsItIs() }
        #expect(await made(4) == 4)
        site.site.pages.setKeeping(false)
        #expect(await made(5) == 5)
        #expect(await made(6) == 6)
    }

    @Test func `the policy is shown whole, to anybody`() async throws {
        let site = try await TestSite()
        let page = await site.get("/qui-voit-quoi").text
        #expect(page.ranges(of: "<th scope=\"row\">").count == Policy.site.lines.count)
        #expect(page.contains("écrire la synthèse") && !page.contains(">platform."))
        #expect(await site.get("/qui-voit-quoi?langue=en").text.contains("write the synthesis"))
        #expect(await site.get("/a-propos").text.contains("CC BY-SA 4.0"))
    }

    @Test func `no page of the platform shows a key instead of a sentence`() async throws {
        let site = try await TestSite()
        let paths = [
            "/connexion", "/connexion/envoi", "/compte", "/a-faire", "/courriels", "/qui-voit-quoi", "/a-propos",
            "/rien",
        ]
        for path in paths {
            for language in ["fr", "en"] {
                let page = await site.get("\(path)?langue=\(language)", as: .sam).text
                #expect(!page.contains(">platform.") && !page.contains("\"platform."), "\(path) \(language)")
                #expect(page.contains("<html lang=\"\(language)\">"))
            }
        }
    }

    @Test func `mails are read in a demonstration, and only there`() async throws {
        let site = try await TestSite()
        _ = await site.stranger.post("/connexion/lien", ["email": Cast.email(.bo)])
        let ana = site.cast[.ana]
        try await site.site.amend(as: "test.mail", by: .site) { change in
            try change.send(
                Mail(
                    to: ana, at: "ana@essai.example", subject: "<Sujet>", text: "Voir https://ailleurs.example/a\n\n<b>"
                ))
            try change.trace("person", ana)
        }
        let list = await site.get("/courriels").text
        #expect(list.contains("&lt;Sujet&gt;") && list.contains("Votre lien pour entrer"))
        let filtered = await site.get("/courriels?personne=\(ana)").text
        #expect(filtered.contains("&lt;Sujet&gt;") && !filtered.contains("Votre lien pour entrer"))
        let ids = try await site.site.database.read {
            try $0.texts("SELECT id FROM mail WHERE subject = '<Sujet>' OR person_id <> \(ana) ORDER BY subject")
        }
        let mail = await site.get("/courriels/\(ids[0])").text
        #expect(mail.contains("<a href=\"https://ailleurs.example/a\">") && mail.contains("&lt;b&gt;"))
        let link = await site.get("/courriels/\(ids[1])").text
        #expect(link.contains("<a href=\"/connexion/lien/"))
        #expect(await site.get("/courriels/inconnu").status == 404)
        let real = try await TestSite(isDemonstration: false)
        #expect(await real.get("/courriels", as: .sam).status == 404)
        #expect(!(await real.get("/connexion").text.contains("/courriels")))
    }

    @Test func `things to do come by date, those without date last`() throws {
        let todos = [
            Todo(title: "c", path: "/c"), Todo(title: "b", path: "/b", due: Day(iso: "2026-05-01")),
            Todo(title: "d", path: "/d"), Todo(title: "a", path: "/a", due: Day(iso: "2026-04-30")),
        ]
        #expect(TodoPage.sorted(todos).map(\.title) == ["a", "b", "c", "d"])
    }

    @Test func `what waits is shown fifty at a time, and counted whole`() async throws {
        let test = try await TestSite()
        var busy = Feature("Busy")
        busy.todos = { _, _ in (1...51).map { Todo(title: "waits \($0).", path: "/\($0)", due: Day(iso: "2026-05-01")?.adding(days: $0)) } }
        let client = test.client(.stranger, through: Dispatcher(try await test.site(also: busy)))
        let first = await client.get("/a-faire").text
        #expect(first.contains("51 choses") && first.contains("waits 50.") && !first.contains("waits 51.") && first.contains("?page=2"))
        let second = await client.get("/a-faire?page=2").text
        #expect(second.contains("waits 51.") && !second.contains("waits 50.") && second.contains("51 choses"))
    }

    @Test func `nothing to do is said, with where to go`() async throws {
        let site = try await TestSite()
        let page = await site.get("/a-faire", as: .stranger).text
        #expect(page.contains("Rien ne vous attend") && page.contains("href=\"/programmes\""))
        #expect(await site.get("/a-faire").status == 401)
    }

    @Test func `every answer has its protections`() async throws {
        let site = try await TestSite()
        for path in ["/a-propos", "/compte", "/rien"] {
            let response = await site.get(path)
            #expect(response.header("content-security-policy")?.contains("script-src 'self'") == true)
            #expect(response.header("x-content-type-options") == "nosniff")
            #expect(response.header("referrer-policy") == "same-origin")
            #expect(response.header("x-frame-options") == "DENY")
        }
        #expect(await site.get("/a-propos").header("cache-control") == "public, no-cache")
        #expect(await site.get("/a-propos", as: .ana).header("cache-control") == "no-store")
        #expect(await site.get("/compte", as: .ana).header("cache-control") == "no-store")
        for (name, path, isIndexed) in [(nil, "/a-propos", true), (.ana, "/a-propos", false), (nil, "/validation/x", false)] as [(Cast.Name?, String, Bool)] {
            let response = if let name { await site.get(path, as: name) } else { await site.get(path) }
            #expect((response.header("x-robots-tag") == nil) == isIndexed, "\(path)")
        }
    }

    @Test func `a wrong address, a wrong method, a wrong role: each has its page`() async throws {
        let site = try await TestSite()
        #expect(await site.get("/rien").text.contains("Cette page n’est pas là"))
        let method = await site.post("/a-propos", as: .ana)
        #expect(method.status == 405 && method.header("allow") == "GET")
        let json = await site.get("/api/rien")
        #expect(json.status == 404 && json.text.hasPrefix("{\"error\":"))
    }

    @Test func `pages in memory are forgotten at the first public change`() async throws {
        let cache = PageCache()
        let key = PageCache.Key(location: "/", language: "fr", encoding: "")
        let answer = Answer(Response(body: [1, 2, 3]))
        cache.keep(answer, for: key, madeAt: cache.generation)
        #expect(cache.answer(key) != nil)
        let late = cache.generation
        cache.forgetAll()
        #expect(cache.answer(key) == nil)
        cache.keep(answer, for: key, madeAt: late)
        #expect(cache.answer(key) == nil)
    }
}
