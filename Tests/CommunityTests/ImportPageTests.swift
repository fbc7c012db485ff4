import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Community

struct ImportPageTests {
    private static let example = UploadedFile(
        name: "territoires-en-action.yaml", bytes: Array(ProgrammeFileExample.text.utf8))

    @Test func `whoever imports finds a whole example, which can be previewed as it is`() async throws {
        let site = try await TestSite()
        #expect(await site.get("/programmes/importer", as: .nadia).text.contains("href=\"/programmes/importer/exemple\""))
        let taken = await site.get("/programmes/importer/exemple", as: .nadia)
        #expect(taken.header("content-disposition") == "attachment; filename=\"exemple-de-programme.yaml\"")
        #expect(taken.text == ProgrammeFileExample.text)
    }

    @Test func `the example is previewed, then created whole`() async throws {
        let site = try await TestSite()
        let preview = await site.post("/programmes/importer", [:], files: ["file": Self.example], as: .nadia)
        #expect(preview.status == 200)
        #expect(preview.text.contains("Rien n’est encore enregistré."))
        #expect(preview.text.contains("31/04/2021"))
        #expect(try await site.count("SELECT COUNT(*) FROM programme") == 1)

        let created = await site.post("/programmes/importations", ["text": ProgrammeFileExample.text], as: .nadia)
        #expect(created.status == 303)
        #expect(created.header("location") == "/programmes/territoires-en-action")
        let file = try ProgrammeFile.read(ProgrammeFileExample.text, named: "x").get()
        let id = try #require(try await site.text("SELECT id FROM programme WHERE slug = 'territoires-en-action'"))
        #expect(try await site.count("SELECT COUNT(*) FROM visit WHERE programme_id = \(id)") == 6)
        #expect(
            try await site.count("SELECT COUNT(*) FROM programme_organization WHERE programme_id = \(id)")
                == file.organizations.count)
        #expect(
            try await site.count("SELECT COUNT(*) FROM territory WHERE programme_id = \(id)") == file.territories.count)
        #expect(
            try await site.count(
                "SELECT COUNT(*) FROM dimension JOIN grid ON grid.id = grid_id WHERE programme_id = \(id)") == 5)
        #expect(
            try await site.count(
                """
                SELECT COUNT(*) FROM seat JOIN scope ON scope.id = scope_id
                WHERE programme_id = \(id) AND kind = 'cohort'
                """) == 11)
        #expect(
            try await site.count("SELECT COUNT(*) FROM finding WHERE programme_id = \(id)") == file.findings().count)
        #expect(
            try await site.count(
                "SELECT COUNT(*) FROM audit WHERE object_id = \(id) AND action = 'programme.imported'") == 1)
    }

    @Test func `every page of the imported programme opens for its officer`() async throws {
        let site = try await TestSite()
        _ = await site.post("/programmes/importations", ["text": ProgrammeFileExample.text], as: .nadia)
        for path in [
            "", "/plan", "/remarques", "/reglages", "/export", "/communaute", "/communaute/inviter", "/territoires",
            "/grille",
        ] {
            let page = await site.get("/programmes/territoires-en-action\(path)", as: .nadia)
            #expect(page.status == 200, "\(path)")
            #expect(!page.text.contains("community."), "\(path): a sentence is missing")
            #expect(!page.text.contains("territories."), "\(path): a sentence is missing")
            #expect(!page.text.contains("grids."), "\(path): a sentence is missing")
        }
    }

    @Test func `the same file twice is refused, and changes nothing`() async throws {
        let site = try await TestSite()
        _ = await site.post("/programmes/importations", ["text": ProgrammeFileExample.text], as: .nadia)
        let again = await site.post("/programmes/importations", ["text": ProgrammeFileExample.text], as: .nadia)
        #expect(again.status == 422)
        #expect(again.text.contains("Un programme existe déjà à l’adresse «\u{A0}territoires-en-action\u{A0}»"))
        #expect(try await site.count("SELECT COUNT(*) FROM programme") == 2)
        #expect(try await site.count("SELECT COUNT(*) FROM organization WHERE name = 'UFISC'") == 1)
    }

    @Test func `a broken file says each line, gives its text back and leaves nothing`() async throws {
        let site = try await TestSite()
        let broken = "format: essaim-programme/1\ntitre: \"Essai <b>\"\nslug: Mauvais Slug\nvisite: []\n"
        for path in ["/programmes/importer", "/programmes/importations"] {
            let page = await site.post(path, ["text": broken, "name": "essai.yaml"], as: .nadia)
            #expect(page.status == 422)
            #expect(page.text.contains("essai.yaml, ligne 3"))
            #expect(page.text.contains("essai.yaml, ligne 4"))
            #expect(page.text.contains("titre: &quot;Essai &lt;b&gt;&quot;"))
        }
        #expect(try await site.count("SELECT COUNT(*) FROM programme") == 1)
    }

    @Test func `a part that refuses takes the whole import back`() async throws {
        let site = try await TestSite()
        let file = try ProgrammeFile.read(ProgrammeFileExample.text, named: "x").get()
        let failing = ProgrammeImport(parts: [ProgrammePart("failing") { _, _, _ in throw NotFound() }])
        await #expect(throws: NotFound.self) { try await failing.save(file, by: .site, in: site.site) }
        for table in ["programme_part", "finding", "phase", "seat"] {
            #expect(try await site.count(SQL(text: "SELECT COUNT(*) FROM \(table)")) == 0, "\(table)")
        }
    }

    @Test func `an address of the site is refused to a programme`() async throws {
        let site = try await TestSite()
        let text = "format: essaim-programme/1\ntitre: Essai\nslug: nouveau\n"
        let page = await site.post("/programmes/importations", ["text": text], as: .nadia)
        #expect(page.status == 422)
        #expect(page.text.contains("gardée pour une page du site"))
    }

    @Test func `only who may start a programme imports one`() async throws {
        let site = try await TestSite()
        for name in [Cast.Name.stranger, .ana, .yann, .paul] {
            #expect(await site.get("/programmes/importer", as: name).status == 403)
            #expect(
                await site.post("/programmes/importations", ["text": ProgrammeFileExample.text], as: name).status == 403
            )
        }
        #expect(await site.get("/programmes/importer", as: .sam).status == 200)
        #expect(await site.get("/programmes/importer").header("location")?.hasPrefix("/connexion") != false)
        #expect(try await site.count("SELECT COUNT(*) FROM programme") == 1)
    }

    @Test func `an exported programme is the file that was imported`() async throws {
        let site = try await TestSite()
        _ = await site.post("/programmes/importations", ["text": ProgrammeFileExample.text], as: .nadia)
        let export = await site.get("/programmes/territoires-en-action/export", as: .nadia)
        #expect(export.header("content-disposition")?.contains("territoires-en-action.yaml") == true)
        let original = try ProgrammeFile.read(ProgrammeFileExample.text, named: "x").get()
        let exported = try ProgrammeFile.read(export.text, named: "y").get()
        #expect(exported == original)
        #expect(await site.get("/programmes/territoires-en-action/export", as: .ana).status == 403)
    }
}
