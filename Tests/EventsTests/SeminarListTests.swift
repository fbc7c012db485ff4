import Platform
import TestSupport
import Testing

@Suite struct SeminarListTests {
    private let base = "/programmes/essai/seminaires"

    @Test func `seminars are searched, ordered by date, and exported`() async throws {
        let test = try await TestSite()
        for (title, day) in [("Restitution", "12/11/2026"), ("Lancement", "12/05/2026")] {
            let fields = ["title": title, "first_day": day, "length": "one", "mode": "remote", "place": "Dijon"]
            #expect(await test.post(base, fields, as: .nadia).status == 303)
        }
        func titles(_ query: String) async -> [String] {
            await test.get("\(base)?\(query)", as: .ana).text.matches(of: #/<li><h2><a [^>]*>([^<]+)</a>/#).map { String($0.output.1) }
        }
        #expect(await titles("") == ["Restitution", "Lancement"])
        #expect(await titles("tri=date") == ["Lancement", "Restitution"])
        #expect(await titles("mots=LANCE") == ["Lancement"])
        let file = await test.get("\(base)/export", as: .ana)
        #expect(file.text.contains("Restitution;2026-11-12") && file.header("content-type")?.hasPrefix("text/csv") == true)
        #expect(await test.get("\(base)/export", as: .paul).status == 404)
    }
}
