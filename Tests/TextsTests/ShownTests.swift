import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

/// A page left open answers what it showed, never what came after it.
@Suite struct ShownTests {
    private func base(_ address: String, sentTo action: String = "", _ test: TestSite, as name: Cast.Name) async throws -> String {
        try #require(formBase(await test.get(address, as: name).text, sentTo: action.isEmpty ? address : action))
    }

    /// Asked twice: the page of the first request, still open, is the one of `name`.
    private func askedTwice(
        _ test: TestSite, left address: (String) -> String, sentTo action: (String) -> String, as name: Cast.Name
    ) async throws
        -> (text: String, left: String)
    {
        let id = try await test.synthesis()
        _ = await test.ask(id)
        let left = try await base(address(id), sentTo: action(id), test, as: name)
        _ = try await test.write("Le directeur a menti.", in: id)
        test.clock.advance(.minutes(1))
        #expect(await test.ask(id).status == 303)
        return (id, left)
    }

    @Test func `an answer to an earlier request is none to the new one, and what changed is shown`() async throws {
        let test = try await TestSite()
        let (id, left) = try await askedTwice(
            test, left: { "/textes/\($0)/validation" }, sentTo: { "/textes/\($0)/validation/reponse" }, as: .ana)
        let refused = await test.answer(id, as: .ana, ["base": left, "kind": "endorse_with_reservation", "text": "Un chiffre manque."])
        #expect(refused.status == 422)
        for words in ["porte maintenant sur la révision 3", "de la révision 2 à la révision 3", "<ins>", "Un chiffre manque."] {
            #expect(refused.text.contains(words), "\(words)")
        }
        #expect(try await test.validation(id)?.silent.count == 6)
        let now = try #require(formBase(refused.text, sentTo: "/textes/\(id)/validation/reponse"))
        #expect(now != left)
        #expect(await test.answer(id, as: .ana, ["base": now]).status == 303)
        #expect(try await test.validation(id)?.silent.count == 5)
    }

    @Test func `an answer entered for somebody is about the request that was shown`() async throws {
        let test = try await TestSite()
        let (id, left) = try await askedTwice(
            test, left: { "/textes/\($0)/validation/saisie" }, sentTo: { "/textes/\($0)/validation/saisie" }, as: .nadia)
        let fields = [
            "person": test.cast[.bo], "received_by": "phone", "received_on": "02/03/2026", "exact": "yes", "publishable": "yes", "kind": "endorse",
            "text": "", "interests": "", "proof": "Dit au téléphone.",
        ]
        let refused = await test.post("/textes/\(id)/validation/saisie", fields.merging(["base": left]) { $1 }, as: .nadia)
        #expect(refused.status == 422 && refused.text.contains("porte maintenant sur la révision 3"))
        #expect(await test.post("/textes/\(id)/validation/saisie", fields, as: .nadia).status == 303)
    }

    @Test func `nobody is asked about a revision that whoever asks has not seen`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        let address = "/textes/\(id)/validation/demande"
        let left = try await base(address, test, as: .nadia)
        _ = try await test.write("Ajouté entre-temps.", in: id)
        let fields = [("deadline", "2026-03-20"), ("ahead", "1"), ("base", left), ("validators", test.cast[.yann])]
        let refused = await test.post(address, pairs: fields, as: .nadia)
        #expect(refused.status == 422 && refused.text.contains("dernière révision est la révision 3"))
        #expect(try await test.validation(id) == nil)
    }

    @Test func `minutes are approved as they were shown`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-20")!)
        _ = await test.post("\(test.visit)/tenue", as: .nadia)
        let id = await test.open(.minutes)
        let section = try #require(TextKind.minutes.sections.first)
        _ = try await test.write("Présents : tous.", in: id, section: section)
        let address = "/textes/\(id)/approbation"
        let left = try await base("/textes/\(id)", sentTo: address, test, as: .nadia)
        _ = try await test.write("Présents : personne.", in: id, section: section)
        let fields = ["approved_on": "20/04/2026", "approved_how": "En réunion.", "base": left]
        let refused = await test.post(address, fields, as: .nadia)
        #expect(refused.status == 422 && refused.text.contains("Relisez-la, puis confirmez"))
        let now = try #require(formBase(refused.text, sentTo: address))
        #expect(await test.post(address, fields.merging(["base": now]) { $1 }, as: .nadia).status == 303)
    }
}
