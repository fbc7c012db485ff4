import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct FormCorrectionTests {
    @Test(
        arguments: [
            ("L’ARDES accompagne depuis longtemps.", "L'ARDES accompagne, depuis longtemps !"),
            ("les ateliers de velos", "Les **ateliers** de vélos."), ("Un attelier", "Un atelier"), ("aujourd hui", "aujourd’hui"),
            ("Les gérante sont venu", "Les gérantes sont venues"), ("et la suite", "est la suite"),
        ])
    func `spacing, punctuation, case and slips of the pen are matters of form`(old: String, new: String) {
        #expect(FormCorrection.isOne(from: old, to: new))
    }

    @Test(
        arguments: [
            ("Un atelier.", "Un atelier. Le directeur détourne l’argent."), ("Le directeur aide.", "Le directeur vole."),
            ("12 personnes", "72 personnes"), ("On décide ensemble.", "On ne décide pas ensemble."), ("Il paie peu.", "Il paie pas."),
            ("Un atelier de vélos.", ""), ("Bo parle à Ana.", "Ana parle à Bo."),
        ])
    func `a word more, less or other is a matter of substance`(old: String, new: String) {
        #expect(!FormCorrection.isOne(from: old, to: new))
    }

    @Test func `an accusation is not passed off as a correction of form, and what was typed stays`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        let accusing = "L’ARDES accompagne depuis longtemps. Son directeur détourne l’argent."
        let refused = try await test.write(accusing, in: id, ["form_only": "1"])
        #expect(refused.status == 422 && refused.text.contains("cela change le fond") && refused.text.contains("détourne l’argent"))
        #expect(await test.post("/textes/\(id)/titre", ["title": "Une fraude", "form_only": "1"], as: .nadia).status == 422)
        #expect(try await test.write(accusing, in: id).status == 303)
        #expect(try await test.head(id).isFormOnly == false)
    }
}
