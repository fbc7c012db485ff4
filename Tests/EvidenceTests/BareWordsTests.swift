import Platform
import TestSupport
import Testing

@testable import Evidence

/// A note written between quotation marks is quoted between one pair of them.
@Suite struct BareWordsTests {
    @Test(arguments: [
        ("« Le maire a dit oui. »", "Le maire a dit oui."), ("«\u{A0}Oui\u{202F}»", "Oui"), ("“Yes”", "Yes"), ("\"Oui\"", "Oui"),
        ("« Oui » puis « non »", "« Oui » puis « non »"), ("« Il a dit « oui » deux fois »", "Il a dit « oui » deux fois"),
        ("\"Oui\" puis \"non\"", "\"Oui\" puis \"non\""), ("Sans rien", "Sans rien"), ("« »", "« »"), ("", ""),
    ])
    func `the marks around the whole give way`(words: String, bare: String) {
        #expect(BareWords.of(words) == bare)
    }

    @Test func `a word-for-word note between marks is shown with one pair, and kept exact`() async throws {
        let scene = try await Scene.make(isShared: false)
        await scene.write("« Le maire décide. »", base: 1)
        _ = await scene.test.post("/programmes/essai/visites/caen/notes/\(scene.note)/partage", as: .ana)
        let id = try await scene.quote(["version": "2", "words": "« Le maire décide. »"])
        let page = await scene.test.get("/textes/\(scene.text)", as: .nadia).text
        #expect(page.contains(">«\u{A0}Le maire décide.\u{A0}»</"))
        #expect(try await scene.read(id).words == "« Le maire décide. »")
    }
}
