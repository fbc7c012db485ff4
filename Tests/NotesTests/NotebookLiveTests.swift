import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Notes

/// The notebook on the network: what others share appears, what they do not share is told to nobody.
@Suite struct NotebookLiveTests {
    private let notebook = "/programmes/essai/visites/caen/notes"
    private let id = "0190a0f0-1111-4222-8333-444455556666"

    private func write(_ site: TestSite, _ text: String, base: Int = 0, as name: Cast.Name = .ana) async {
        _ = await site.post(notebook, ["id": id, "base": String(base), "manner": "observed", "text": text], as: name)
    }

    @Test func `what is shared is told to the group, what is not is told to nobody`() async throws {
        let site = try await TestSite()
        let bo = try #require(await site.follow("\(notebook)/direct", as: .bo))
        #expect(await bo.hears("event: presence"))
        await write(site, "SECRET-DE-CARNET")
        await write(site, "SECRET-DE-CARNET encore", base: 1)
        #expect(await site.post("\(notebook)/presence", as: .ana).status == 200)
        #expect(await bo.hears("Ana écrit en ce moment."))
        #expect(!bo.text.contains("event: change"), "a private note is not told, not even that it is there")
        _ = await site.post("\(notebook)/\(id)/partage", as: .ana)
        #expect(await bo.hears("Ana vient de partager des notes"))
        _ = await site.post("\(notebook)/\(id)/reprise", as: .ana)
        #expect(await bo.hears("\"said\":\"\""))
        #expect(!bo.text.contains("SECRET"))
        bo.close()
    }

    @Test func `the host, another group and who left the site follow nothing`() async throws {
        let site = try await TestSite()
        for name in [Cast.Name.yann, .zoe, .paul, .sam, .stranger] {
            #expect(await site.get("\(notebook)/direct", as: name).status == 404, "\(name)")
            #expect(await site.post("\(notebook)/presence", as: name).status == 404, "\(name)")
        }
        #expect(await site.get("\(notebook)/direct").status == 401)
    }

    @Test func `logging out ends what is told, at once`() async throws {
        let site = try await TestSite()
        let bo = try #require(await site.follow("\(notebook)/direct", as: .bo))
        #expect(await bo.hears("event: presence"))
        _ = await site.post("/deconnexion", as: .bo)
        #expect(await bo.hears("event: end\ndata: \"closed\""))
    }

    @Test func `leaving the group ends what is told, at once`() async throws {
        let site = try await TestSite()
        let bo = try #require(await site.follow("\(notebook)/direct", as: .bo))
        #expect(await bo.hears("event: presence"))
        let (person, caen) = (site.cast[.bo], site.cast.caen)
        try await site.site.amend(as: "test.left", by: .site) { change in
            for scope in [caen.delegation, caen.circle] { try change.leave(person, scope: scope, as: .visitor) }
            try change.trace("person", person)
        }
        #expect(await bo.hears("event: end\ndata: \"closed\""))
        await write(site, "Après.")
        _ = await site.post("\(notebook)/\(id)/partage", as: .ana)
        #expect(!bo.text.contains("event: change"))
    }

    @Test func `a page that comes back is told whether it missed something`() async throws {
        let site = try await TestSite()
        let page = await site.get(notebook, as: .bo).text
        let start = try #require(page.firstRange(of: "data-live-since=\"")?.upperBound)
        let mark = String(page[start...].prefix { $0 != "\"" })
        let same = try #require(await site.follow("\(notebook)/direct?depuis=\(mark)", as: .bo))
        #expect(await same.hears("event: presence"))
        #expect(!same.text.contains("event: change"))
        same.close()
        await write(site, "Pendant la coupure.")
        _ = await site.post("\(notebook)/\(id)/partage", as: .ana)
        let back = try #require(await site.follow("\(notebook)/direct", as: .bo, headers: ["last-event-id": mark]))
        #expect(await back.hears("event: change"))
        #expect(back.text.contains("id: ") && !back.text.contains("id: \(mark)"))
        back.close()
    }

    @Test func `who has the notebook open is said by name to the group, never to oneself`() async throws {
        let site = try await TestSite()
        let ana = try #require(await site.follow("\(notebook)/direct", as: .ana))
        #expect(await ana.hears("event: presence"))
        let bo = try #require(await site.follow("\(notebook)/direct", as: .bo))
        #expect(await bo.hears("Ana a aussi le carnet ouvert."))
        #expect(await ana.hears("Bo a aussi le carnet ouvert."))
        #expect(!ana.text.contains("Ana "))
        #expect(await site.get(notebook, as: .chloe).text.contains("Ana et Bo ont aussi le carnet ouvert."))
        ana.close()
        bo.close()
    }
}
