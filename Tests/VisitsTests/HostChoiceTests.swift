import Community
import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

/// Naming the structures that receive a visit, and not overwriting what a colleague saved meanwhile.
@Suite struct HostChoiceTests {
    private let caen = "/programmes/essai/visites/caen"

    private func subject(_ changes: [String: String] = [:]) -> [String: String] {
        ["focus": "L’emploi choisi", "flagship_initiative": "EBE", "place": "Caen", "host": "", "territory": ""]
            .merging(changes) { _, new in new }
    }

    @Test func `another structure is entered once, accents and case aside`() async throws {
        let test = try await TestSite()
        func count() async throws -> Int { try await test.site.database.read { try $0.count("SELECT COUNT(*) FROM organization") } }
        let before = try await count()
        let new = await test.post(
            "/programmes/essai/visites", ["name": "Rezé", "place": "Rezé", "first_day": "", "other_host": "Les Écossolies"], as: .nadia)
        #expect(new.status == 303)
        #expect(await test.get("/programmes/essai/visites/reze", as: .ana).text.contains("Les Écossolies"))
        #expect(await test.post("\(caen)/objet", subject(["other_host": "les ecossolies"]), as: .nadia).status == 303)
        #expect(try await count() == before + 1)
        #expect(await test.get(caen, as: .ana).text.contains("Les Écossolies"))
        let person = ["name": "Ève", "function": "direction", "email": "", "other_host": "LES ÉCOSSOLIES"]
        #expect(await test.post("\(caen)/structure", person, as: .nadia).status == 303)
        #expect(try await count() == before + 1)
        #expect(await test.get(caen, as: .nadia).text.contains("Ève, direction, Les Écossolies"))
    }

    @Test func `a visit may have several hosts, the first one answers for it`() async throws {
        let test = try await TestSite()
        let (ardes, apes) = (test.cast.organizations["ardes"] ?? "", test.cast.organizations["apes"] ?? "")
        let fields = subject(["host": ardes]).map { ($0.key, $0.value) } + [("co_hosts", apes), ("co_hosts", ardes)]
        #expect(await test.post("\(caen)/objet", pairs: fields, as: .nadia).status == 303)
        let (host, others) = try await test.site.database.read { reader in
            (try VisitQueries.load(id: test.cast.caen.visit, reader).hostId, try CoHosts.of(test.cast.caen.visit, reader).map(\.id))
        }
        #expect(host == ardes)
        #expect(others == [apes])
        let name = try await test.site.database.read { try Organization.load(id: apes, $0).shown }
        #expect(await test.get(caen, as: .ana).text.contains("<dt>Avec</dt><dd>\(name)</dd>"))
    }

    @Test func `a page left open does not overwrite what was saved meanwhile`() async throws {
        let test = try await TestSite()
        let old = try #require(formBase(await test.get("\(caen)/objet", as: .nadia).text))
        _ = await test.post("\(caen)/objet", subject(["focus": "Écrit par Hugo"]), as: .hugo)
        let late = await test.post("\(caen)/objet", subject(["focus": "Écrit par Nadia", "base": old]), as: .nadia)
        #expect(late.status == 422)
        #expect(late.text.contains("Écrit par Hugo") && late.text.contains("Écrit par Nadia"))
        #expect(await test.get(caen, as: .ana).text.contains("Écrit par Hugo"))
        let again = subject(["focus": "Écrit par Nadia", "base": try #require(formBase(late.text))])
        #expect(await test.post("\(caen)/objet", again, as: .nadia).status == 303)
        #expect(await test.get(caen, as: .ana).text.contains("Écrit par Nadia"))
    }

    @Test func `nor does the page of the group, nor the settings of the programme`() async throws {
        let test = try await TestSite()
        let old = try #require(formBase(await test.get("\(caen)/groupe", as: .nadia).text))
        func gather(_ names: [Cast.Name], base: String? = nil) async -> Response {
            let pairs = names.map { ("visitors", test.cast[$0]) } + [("size_reason", "")] + (base.map { [("base", $0)] } ?? [])
            return await test.post("\(caen)/groupe", pairs: pairs, as: .nadia)
        }
        _ = await gather([.ana, .bo, .chloe, .driss])
        let late = await gather([.ana, .bo, .chloe, .driss, .emma], base: old)
        #expect(late.status == 422)
        #expect(late.text.contains("Ce qui est enregistré maintenant"))
        #expect(await gather([.ana, .bo, .chloe, .driss, .emma], base: formBase(late.text)).status == 303)

        let settings = "/programmes/essai/reglages"
        let before = try #require(formBase(await test.get(settings, as: .nadia).text))
        let fields = ["title": "Essai", "summary": "Un", "license": "CC-BY-SA-4.0", "share": "50", "answer_days": "15"]
        #expect(await test.post(settings, fields, as: .hugo).status == 303)
        let stale = fields.merging(["summary": "Deux", "base": before]) { _, new in new }
        let answer = await test.post(settings, stale, as: .nadia)
        #expect(answer.status == 422)
        #expect(answer.text.contains("Deux") && answer.text.contains("<dd>Un</dd>"))
    }
}
