import Application
import Database
import Foundation
import Platform
import TestSupport
import Testing

/// Everything that the site does has its sentence in the history.
@Suite struct ActionsTests {
    private static let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardized

    /// The names given to changes in the code: `amend(as: "visit.dated")`, `as: removed ? "a.b" : "a.c"`, `let action = …`.
    private func actions() throws -> Set<String> {
        let files = FileManager.default.enumerator(at: Self.sources, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        var found: Set<String> = []
        for file in files where file.pathExtension == "swift" {
            for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            where line.contains(" as: ") || line.contains("(as: ") || line.contains("let action = ") || line.contains("act(\"") {
                for match in line.matches(of: #/"([a-z]+\.[a-z][a-zA-Z]+)"/#) { found.insert(String(match.output.1)) }
            }
        }
        return found
    }

    @Test func `every action of the code has a sentence in both languages`() async throws {
        let site = try await TestSite(isEmpty: true).site
        let found = try actions()
        #expect(found.count > 60)
        for language in Language.allCases {
            let words = site.words(language)
            let bare = found.filter { !words.has("action.\($0)") }
            #expect(bare.isEmpty, "\(language.rawValue): \(bare.sorted())")
        }
    }

    @Test func `what was done in the whole site is told in words`() async throws {
        let whole = try await Whole.make()
        let kept = try await whole.test.site.database.read { try $0.texts("SELECT DISTINCT action FROM audit WHERE action NOT LIKE 'test.%'") }
        let words = whole.test.site.words(.french)
        #expect(kept.count > 20 && kept.allSatisfy { words.has("action.\($0)") }, "\(kept.filter { !words.has("action.\($0)") })")
        for address in ["/programmes/essai/journal", "/historique/\(whole.test.cast.caen.visit)"] {
            let page = await whole.client(.officer).get(address).text
            let lines = page.split(separator: "<ol class=\"timeline\">").last.map(String.init) ?? ""
            // The cast is entered by the tests themselves: no sentence for that.
            #expect(page.replacing("a fait\u{A0}: test.cast", with: "").contains("a fait\u{A0}:") == false, "\(address)")
            #expect(lines.firstMatch(of: #/\{[a-z]+(\|[^}]*)?\}/#) == nil, "\(address)")
        }
    }
}
