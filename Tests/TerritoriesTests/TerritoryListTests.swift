import Platform
import TestSupport
import Testing

struct TerritoryListTests {
    private let base = "/programmes/essai/territoires"

    @Test func `territories are searched by name or code, paged, and exported`() async throws {
        let site = try await TestSite()
        for number in 10..<45 {
            #expect(await site.post(base, ["name": "Lieu \(number)", "codes": number == 10 ? "14118" : ""], as: .nadia).status == 303)
        }
        #expect(await site.get(base).text.contains("Page 1 sur 2"))
        let found = await site.get("\(base)?nom=14118").text
        #expect(found.contains("Lieu 10") && !found.contains("Lieu 11"))
        #expect(await site.get("\(base)?nom=zzz").text.contains("Aucun territoire ne correspond."))
        #expect(await site.get("\(base)/export").text.contains("Lieu 10;"))
        #expect(await site.post(base, ["name": "Export", "codes": ""], as: .nadia).status == 303)
        #expect(await site.get("\(base)/territoire").status == 200)
    }
}
