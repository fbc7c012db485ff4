import Database
import Platform
import TestSupport
import Testing

@testable import Community

/// The lists of people and of programmes can be searched, ordered, paged and taken away.
struct RosterListTests {
    private let path = "/programmes/essai/communaute"

    @Test func `the people are in the order asked for`() async throws {
        let site = try await TestSite()
        func names(_ query: String) async -> [String] {
            await site.get("\(path)?\(query)", as: .nadia).text.matches(of: #/<th scope="row"><a [^>]*>([^<]+)</a>/#).map { String($0.output.1) }
        }
        #expect(await names("") == names("tri=nom"))
        #expect(await names("tri=structure").prefix(2).elementsEqual(["Zoe", "Yann"]))
        #expect(await names("tri=inconnu") == names(""))
    }

    @Test func `more than thirty people make several pages, with the filters of the address`() async throws {
        let site = try await TestSite()
        let programme = site.cast.programme
        try await site.site.amend(as: "person.added", by: .site) { change in
            for number in 10..<50 {
                let id = try People.add(name: "Personne \(number)", email: "p\(number)@essai.example", in: change)
                try change.join(id, scope: programme, as: .facilitator)
                try change.trace("person", id, programme: programme)
            }
        }
        let page = await site.get("\(path)?nom=personne", as: .nadia).text
        #expect(page.contains("Page 1 sur 2") && page.contains("?nom=personne&amp;page=2"))
        #expect(await site.get("\(path)?nom=personne&page=2", as: .nadia).text.contains("Personne 49"))
        // Read alone, a page holds what the whole list has there.
        let all = try await site.site.database.read { try Roster.entries(Members.list(programme, $0)).map(\.personId) }
        let second = await site.get("\(path)?page=2", as: .nadia).text.matches(of: #/<th scope="row"><a href="[^"]*\/([^"\/]+)">/#).map { String($0.output.1) }
        #expect(second == Array(all.dropFirst(30).prefix(30)) && !second.isEmpty)
        let facilitators = await site.get("\(path)?role=facilitator&page=2", as: .nadia).text
        #expect(facilitators.contains("Personne 49") && !facilitators.contains("Iris"))
    }

    @Test func `the list is exported; addresses are for those who manage people`() async throws {
        let site = try await TestSite()
        let file = await site.get("\(path)/export?role=researcher", as: .nadia).text
        #expect(file.contains("Iris") && file.contains("iris@essai.example") && !file.contains("Ana"))
        #expect(!(await site.get("\(path)/export", as: .ana).text.contains("@essai.example")))
        #expect(await site.get("\(path)/export", as: .paul).status == 404)
    }

    @Test func `programmes are searched by their words`() async throws {
        let site = try await TestSite()
        _ = await site.post("/programmes/importations", ["text": ProgrammeFileExample.text], as: .nadia)
        #expect(await site.get("/programmes?nom=territoires").text.contains("/programmes/territoires-en-action"))
        let other = await site.get("/programmes?nom=petit").text
        #expect(!other.contains("/programmes/territoires-en-action\"") && other.contains("/programmes/essai"))
        #expect(await site.get("/programmes?nom=zzz").text.contains("Aucun programme ne correspond."))
    }
}
