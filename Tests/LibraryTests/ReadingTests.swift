import Database
import Formats
import Platform
import TestSupport
import Testing
import Texts

@testable import Library

@Suite struct ReadingTests {
    private let path = "/ressources/colombelles"

    private func published() async throws -> Scene {
        let scene = try await Scene.make()
        try await scene.answerEnough()
        await scene.publish(["slug": "colombelles"])
        return scene
    }

    @Test func `the toolbox opens texts by dimension, and the grids that are open to everybody`() async throws {
        let scene = try await published()
        let home = await scene.test.get("/").text
        #expect(home.contains("href=\"/boite-a-outils\""))
        let page = await scene.test.get("/boite-a-outils")
        #expect(page.text.contains("href=\"/ressources?dimension=cooperation\"") && page.text.contains("href=\"/programmes/essai/grille\""))
        let grid = try await scene.test.site.database.read { try $0.text("SELECT id FROM grid") } ?? ""
        try await scene.test.site.database.write { try $0.run("UPDATE access SET audience = 'community' WHERE object_id = \(grid)") }
        scene.test.site.pages.forgetAll()
        #expect(!(await scene.test.get("/boite-a-outils").text.contains("/programmes/essai/grille")), "a grid that is the programme's alone")
    }

    @Test func `words written in another language than the page say so`() async throws {
        let scene = try await published()
        let english = await scene.test.get("\(path)?langue=en").text
        #expect(english.contains("<h1 lang=\"fr\">") && english.contains("<div class=\"prose\" lang=\"fr\">"))
        #expect(english.contains("<figcaption lang=\"en\">"), "what the site says of a quotation is in the language of the page")
        let french = await scene.test.get(path).text
        #expect(french.contains("<h1>") && french.contains("<div class=\"prose\">"))
    }

    @Test func `each quotation leads to where it comes from, never to the note`() async throws {
        let scene = try await published()
        let source = "\(path)/sources/\(scene.excerpt)"
        #expect(await scene.test.get(path).text.contains(source))
        let page = await scene.test.get(source)
        #expect(page.status == 200)
        for words in ["On décide ensemble", "salarié ou salariée", "Dimension cooperation", "Une salariée", "de vive voix", "Caen"] {
            #expect(page.text.contains(words), "\(words)")
        }
        #expect(!page.text.contains("Relu au téléphone."), "the proof is not public")
        #expect(await scene.test.get("\(path)/sources/nulle-part").status == 404)
    }

    @Test func `words taken back disappear at once from the page, its source and its files`() async throws {
        let scene = try await published()
        try await scene.withdraw()
        for address in [path, "\(path)/sources/\(scene.excerpt)", "\(path)/source.md", "\(path)/source.json"] {
            let page = await scene.test.get(address)
            #expect(page.status == 200, "\(address)")
            #expect(!page.text.contains("On décide ensemble"), "\(address)")
            #expect(!page.text.contains("Une salariée"), "\(address)")
        }
        #expect(await scene.test.get(path).text.contains("quotation withdrawn"))
        for name in [Cast.Name.nadia, .ana, .yann] {
            #expect(!(await scene.test.get(path, as: name).text.contains("On décide ensemble")))
        }
    }

    @Test func `the text is taken away in Markdown with its licence, its quotations and their sources`() async throws {
        let scene = try await published()
        let file = await scene.test.get("\(path)/source.md")
        #expect(file.header("content-type")?.hasPrefix("text/markdown") == true)
        for words in ["# Colombelles, l’emploi choisi", "> «\u{A0}On décide ensemble, <même>", "creativecommons.org/licenses/by-sa/4.0", "/sources/\(scene.excerpt)>"] {
            #expect(file.text.contains(words), "\(words)")
        }
        #expect(!file.text.contains("[[citation"))
    }

    @Test func `its description is JSON-LD that programs read`() async throws {
        let scene = try await published()
        let file = await scene.test.get("\(path)/source.json")
        let value = try JSONValue.parse(file.body)
        #expect(file.header("content-type")?.hasPrefix("application/ld+json") == true)
        #expect(value["@context"]?.string == "https://schema.org")
        #expect(value["headline"]?.string == "Colombelles, l’emploi choisi")
        #expect(value["author"]?.array?.count == 2)
        #expect(value["license"]?.string?.contains("by-sa/4.0") == true)
    }

    @Test func `the right of reply of the host is printed with the text`() async throws {
        let scene = try await published()
        let (text, yann) = (scene.text, scene.test.cast[.yann])
        try await scene.test.site.amend(as: "test.reply", by: .site) { change in
            try change.run(
                "INSERT INTO reply_version (text_id, number, body, person_id, written_at) VALUES (\(text), 1, 'La balance est **réparée**.', \(yann), \(change.now))")
            try change.trace("text", text)
        }
        #expect(await scene.test.get(path).text.contains("La balance est <strong>réparée</strong>."))
    }

    @Test func `a text that is looked at again says so, with no name`() async throws {
        let scene = try await published()
        #expect(!(await scene.test.get(path).text.contains("en cours de relecture")))
        try await scene.revise("Un atelier, de vélos.", isFormOnly: true)
        #expect(await scene.test.post("/textes/\(scene.text)/validation/reouverture", as: .ana).status == 303)
        let page = await scene.test.get(path).text
        #expect(page.contains("en cours de relecture depuis le 21 mars 2026") && !page.contains("Ana"))
    }

    @Test func `what was objected before the request that counts is printed with it`() async throws {
        let scene = try await Scene.make()
        try await scene.answer(.driss, "object", text: "La gérance se trompe.", outcome: "changed")
        let (text, cast) = (scene.text, scene.test.cast)
        try await scene.revise("Un atelier repris.", isFormOnly: false)
        let people = ([.yann] + Cast.visitors).map { ("validators", cast[$0]) }
        #expect(await scene.test.post("/textes/\(text)/validation/demande", pairs: [("deadline", "2026-03-20"), ("ahead", "1")] + people, as: .nadia).status == 303)
        for name in [Cast.Name.yann] + Cast.visitors {
            let fields = ["exact": "yes", "publishable": "yes", "kind": "endorse"]
            #expect(await scene.test.post("/textes/\(text)/validation/reponse", fields, as: name).status == 303)
        }
        await scene.publish(["slug": "colombelles"])
        let page = await scene.test.get(path).text
        for words in ["La gérance se trompe.", "Parce que.", "Soit.", "Demande du 17 mars 2026"] { #expect(page.contains(words), "\(words)") }
    }

    @Test func `an emptied section leaves no title, a corrected title is shown as a change`() async throws {
        let scene = try await Scene.make(ending: "")
        try await scene.answerEnough()
        let id = scene.text
        try await scene.test.site.amend(as: "test.revised", by: .site) { change in
            let sections = try TextQueries.head(id, change).sections
            try Texts.revise(id, title: "Colombelles, l’emploi choisis", sections: sections, summary: "", isFormOnly: true, in: change)
        }
        await scene.publish(["slug": "colombelles"])
        let page = await scene.test.get(path).text
        #expect(!page.contains("id=\"method_specifics\""))
        #expect(page.contains("<del>") && page.contains("l’emploi choisi") && !page.contains("[[citation:"))
    }

    @Test func `the list is filtered, sorted, and taken away as a table`() async throws {
        let scene = try await published()
        for (query, isThere) in [
            ("territoire=caen", true), ("territoire=ailleurs", false), ("dimension=cooperation", true), ("dimension=participation", false),
            ("genre=synthesis", true), ("genre=public_version", false), ("tri=titre", true), ("tri=%27", true), ("page=0", true), ("page=99", false),
        ] {
            let page = await scene.test.get("/ressources?\(query)")
            #expect(page.status == 200)
            #expect(page.text.contains(path) == isThere, "\(query)")
        }
        let file = await scene.test.get("/ressources.csv?territoire=caen")
        #expect(file.text.contains("Colombelles, l’emploi choisi"))
        #expect(!(await scene.test.get("/ressources.csv?territoire=ailleurs").text.contains("Colombelles")))
    }

    @Test func `every public page answers without session, and says so to caches`() async throws {
        let scene = try await published()
        for address in ["/", "/ressources", "/territoires", "/boite-a-outils", path, "\(path)/sources/\(scene.excerpt)"] {
            let page = await scene.test.get(address)
            #expect(page.status == 200, "\(address)")
            #expect(page.header("cache-control") == "public, no-cache", "\(address)")
            #expect(await scene.test.get(address, as: .nadia).header("cache-control") == "no-store", "\(address)")
        }
    }

    @Test func `no sentence is missing from the public pages and from the page of publication`() async throws {
        let scene = try await published()
        for address in [
            "/", "/ressources", "/territoires", "/recherche?q=atelier", "/recherche?q=zzz", path, "\(path)/sources/\(scene.excerpt)",
            scene.publication, "/textes/\(scene.text)",
        ] {
            for language in ["fr", "en"] {
                let page = await scene.test.get("\(address)\(address.contains("?") ? "&" : "?")langue=\(language)", as: .nadia)
                #expect(page.status == 200, "\(address)")
                #expect(!page.text.contains("library."), "\(address) \(language)")
            }
        }
    }

    @Test func `home stays light`() async throws {
        let scene = try await published()
        let page = await scene.test.get("/").text
        let elements = page.split(separator: "<").count { $0.first?.isLetter == true }
        #expect(elements <= 150)
    }

    @Test(arguments: ["%22", "NEAR(a", "*", "%F0%9F%8C%B1", "%3Cscript%3Ealert(1)%3C%2Fscript%3E", "l%27"])
    func `the page of the search takes anything typed`(query: String) async throws {
        let scene = try await published()
        let page = await scene.test.get("/recherche?q=\(query)&territoire=%3Cb%3E&page=-3")
        #expect(page.status == 200)
        #expect(!page.text.contains("<script>alert"))
    }

    @Test func `the seed makes resources that are listed, read and found`() async throws {
        let test = try await TestSite()
        try await test.site.amend(as: "test.seed", by: .site) { change in
            try LibrarySeed.resources(0..<30, from: LibrarySeed.sources(change), seed: 1, in: change)
        }
        #expect(await test.get("/ressources").text.contains("30 ressources"))
        #expect(await test.get("/ressources?page=2").status == 200)
        let line = try await test.site.database.read { try $0.text("SELECT slug FROM publication ORDER BY slug LIMIT 1") } ?? ""
        #expect(await test.get("/ressources/\(line)").status == 200)
        #expect(await test.get("/recherche?q=territoire").text.contains("/ressources/"))
        let problems = try await test.site.database.read { try LibraryChecks.problems($0) }
        #expect(problems.isEmpty, "\(problems)")
    }

    @Test func `every resource is on one page of the list, in its order, whichever end the page is counted from`() async throws {
        let test = try await TestSite()
        try await test.site.amend(as: "test.seed", by: .site) { change in
            try LibrarySeed.resources(0..<65, from: LibrarySeed.sources(change), seed: 1, in: change)
        }
        func slugs(_ text: String) -> [String] { text.matches(of: #/<h[23]><a href="/ressources/([^"]+)"/#).map { String($0.output.1) } }
        for order in ["", "tri=titre", "tri=territoire"] {
            let file = await test.get("/ressources.csv?format=ouvert&\(order)").text
            let all = file.matches(of: #/https?://[^",;\s]*/ressources/([^",;\s]+)/#).map { String($0.output.1) }
            var read: [String] = []
            for page in 1...4 { read += slugs(await test.get("/ressources?page=\(page)&\(order)").text) }
            #expect(all.count == 65 && read == all, "\(order)")
        }
        #expect(slugs(await test.get("/ressources?page=5").text).isEmpty)
    }
}
