import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Texts

@Suite struct CanonicalFormTests {
    private let sections = [
        Section(key: "a", title: "Un", body: "Mots.\n\n[[citation:c1]]"), Section(key: "b", title: "Deux", body: "Autres mots."),
    ]
    private let commitments = ["c1": "0123"]

    private func hash(_ title: String = "T", _ language: Language = .french, _ sections: [Section], _ commitments: [String: String]) -> String {
        CanonicalForm.hash(title: title, language: language, sections: sections, commitments: commitments)
    }

    @Test func `the documented example has the documented form`() {
        let note = [Section(key: "impression", title: "Note d’impression", body: "Bonjour.")]
        #expect(
            CanonicalForm.json(title: "Ma note", language: .french, sections: note, commitments: [:])
                == #"{"citations":[],"format":"essaim-text/1","language":"fr","sections":[{"body":"Bonjour.","key":"impression","title":"Note d’impression"}],"title":"Ma note"}"#)
    }

    @Test func `any change changes the hash`() {
        var hashes: Set<String> = [hash("T", .french, sections, commitments)]
        var count = 1
        func changed(_ title: String = "T", _ language: Language = .french, _ other: [Section], _ commitments: [String: String]) {
            hashes.insert(hash(title, language, other, commitments))
            count += 1
        }
        changed("t", .french, sections, commitments)
        changed("T", .english, sections, commitments)
        changed("T", .french, sections.reversed(), commitments)
        changed("T", .french, [sections[0]], commitments)
        changed("T", .french, sections, ["c1": "4567"])
        changed("T", .french, sections, [:])
        for index in sections.indices {
            for edit in [\Section.key, \.title, \.body] as [WritableKeyPath<Section, String>] {
                for place in 0...sections[index][keyPath: edit].count {
                    var other = sections
                    let text = other[index][keyPath: edit]
                    let at = text.index(text.startIndex, offsetBy: place)
                    other[index][keyPath: edit] = text[..<at] + "ß" + text[at...]
                    changed("T", .french, other, commitments)
                }
            }
        }
        #expect(hashes.count == count)
    }

    @Test func `the hash kept is the hash of the words kept, and the check sees a word changed behind its back`() async throws {
        let test = try await TestSite()
        let id = try await test.synthesis()
        #expect(try await test.site.database.read { try TextChecks.problems($0) }.isEmpty)
        let hash = try await test.head(id).hash
        try await test.site.database.write { writer in
            try writer.run("UPDATE revision SET title = 'Autre' WHERE hash = \(hash)")
        }
        #expect(try await test.site.database.read { try TextChecks.problems($0) }.count == 1)
    }
}
