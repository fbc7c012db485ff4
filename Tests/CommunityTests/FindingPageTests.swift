import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Community

/// What was noticed in a file is settled one by one, by those who conduct the programme.
struct FindingPageTests {
    private let base = "/programmes/territoires-en-action"

    private func imported() async throws -> (TestSite, finding: String, count: Int) {
        let site = try await TestSite()
        _ = await site.post("/programmes/importations", ["text": ProgrammeFileExample.text], as: .nadia)
        let id = try #require(try await site.text("SELECT id FROM finding WHERE severity = 'error' ORDER BY position LIMIT 1"))
        return (site, id, try await site.count("SELECT COUNT(*) FROM finding"))
    }

    @Test func `a finding is settled with a word, and the programme counts what is left`() async throws {
        let (site, id, count) = try await imported()
        let errors = try await site.count("SELECT COUNT(*) FROM finding WHERE severity = 'error'")
        #expect(await site.get(base, as: .nadia).text.contains("\(errors) point"))
        let path = "\(base)/remarques/\(id)"
        let empty = await site.post(path, ["decision": " "], as: .nadia)
        #expect(empty.status == 422 && empty.text.contains("Écrivez en une phrase ce qui est décidé."))
        #expect(await site.post(path, ["decision": "C’est le 30 avril."], as: .nadia).status == 303)
        let page = await site.get("\(base)/remarques", as: .nadia).text
        #expect(page.contains("C’est le 30 avril.") && page.contains("Nadia, ") && page.contains("1 traitée sur \(count)"))
        #expect(!(await site.get("\(base)/remarques?etat=ouvertes", as: .nadia).text.contains("C’est le 30 avril.")))
        let left = errors == 1 ? "à corriger" : "\(errors) points à corriger"
        #expect(!(await site.get(base, as: .nadia).text.contains(left)))
        #expect(await site.get("\(base)/journal", as: .nadia).text.contains("a traité une remarque du fichier"))

        #expect(await site.post("\(path)/reprise", as: .nadia).status == 303)
        #expect(!(await site.get("\(base)/remarques", as: .nadia).text.contains("C’est le 30 avril.")))
    }

    @Test func `who does not conduct the programme settles nothing`() async throws {
        let (site, id, _) = try await imported()
        for name in [Cast.Name.hugo, .ana, .stranger, .sam] {
            #expect(await site.post("\(base)/remarques/\(id)", ["decision": "Oui."], as: name).status == 403)
        }
        #expect(await site.post("/programmes/essai/remarques/\(id)", ["decision": "Oui."], as: .nadia).status == 404)
        #expect(try await site.count("SELECT COUNT(*) FROM finding_outcome") == 0)
    }

    @Test func `a long list of findings has pages, each light enough`() async throws {
        let (site, _, count) = try await imported()
        let page = await site.get("\(base)/remarques", as: .ana)
        #expect(page.status == 404)
        let own = await site.get("\(base)/remarques", as: .nadia).text
        #expect(own.ranges(of: "id=\"remarque-").count == min(20, count))
        #expect(own.contains("Page 1 sur \((count + 19) / 20)"))
    }

    @Test func `on a console each finding comes with its sources`() async throws {
        let site = try await TestSite(isEmpty: true)
        let found = try ProgrammeFileExample.file().findings().filter { $0.rule == .impossibleDate }
        let lines = try #require(found.first).told(site.site.words(.french))
        #expect(lines[0].hasPrefix("À corriger\u{A0}: ") && lines[0].contains("31/04/2021"))
        #expect(lines.dropFirst().contains { $0.contains("31/04/2021") && $0.contains("ligne") })
    }
}
