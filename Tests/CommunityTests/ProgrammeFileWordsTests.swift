import Community
import Formats
import Foundation
import Testing

/// The sentences and the documentation say what the code does.
struct ProgrammeFileWordsTests {
    @Test(arguments: ["fr", "en"])
    func `every refusal and every finding has its sentence, with arguments that exist`(language: String) throws {
        let sentences = try locale(language)
        let spoken = try #require(ProgrammeFile.Language(rawValue: language))
        for broken in ProgrammeFileRefusalTests.broken {
            let text = ProgrammeFileExample.small.replacing(broken.replace, with: broken.with)
            guard case .failure(let problems) = ProgrammeFile.read(text, named: "essai.yaml") else { continue }
            for problem in problems.list {
                let sentence = try #require(sentences[problem.key], "\(problem.key)")
                #expect(placeholders(sentence).isSubset(of: problems.arguments(of: problem, in: spoken).keys))
            }
        }
        for finding in try ProgrammeFileExample.file().findings() {
            let sentence = try #require(sentences[finding.key], "\(finding.key)")
            #expect(placeholders(sentence).isSubset(of: finding.arguments(in: spoken).keys), "\(finding.key)")
        }
        for severity in ProgrammeFile.Finding.Severity.allCases {
            #expect(sentences["community.finding.severity.\(severity.rawValue)"] != nil)
        }
    }

    @Test func `both languages have the same sentences with the same arguments`() throws {
        let (french, english) = (try locale("fr"), try locale("en"))
        #expect(french.keys.sorted() == english.keys.sorted())
        for (key, sentence) in french { #expect(placeholders(sentence) == placeholders(english[key] ?? ""), "\(key)") }
    }

    @Test func `every key and every word of a closed list is documented`() throws {
        let page = try String(
            contentsOf: ProgrammeFileExample.root.appending(path: "docs/format-programme.md"), encoding: .utf8)
        let sources = ProgrammeFileExample.root.appending(path: "Sources/Community/ProgrammeFile/Parts")
        let files = try FileManager.default.contentsOfDirectory(at: sources, includingPropertiesForKeys: nil)
        var keys = keys(of: try YAMLTree.read(ProgrammeFileExample.text))
        for file in files {
            let code = try String(contentsOf: file, encoding: .utf8)
            keys.formUnion(code.matches(of: /keys\.\w+\("(\w+)"/).map { String($0.1) })
            keys.formUnion(code.matches(of: /case \w+ = "([^"]+)"/).map { String($0.1) })
        }
        for key in keys.sorted() { #expect(page.contains("`\(key)`"), "\(key)") }
    }

    @Test(arguments: ["Finding", "refusal"])
    func `every sentence is used`(kind: String) throws {
        let prefix = kind == "Finding" ? "community.finding." : "community.file."
        let sources = ProgrammeFileExample.root.appending(path: "Sources/Community/ProgrammeFile")
        let code = try #require(FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
            .map { try String(contentsOf: $0, encoding: .utf8) }.joined()
        for key in try locale("fr").keys where key.hasPrefix(prefix) {
            let name = key.dropFirst(prefix.count).split(separator: ".").first ?? ""
            #expect(code.contains("\"\(name)\"") || code.contains(".\(name)") || name == "severity", "\(key)")
        }
    }

    @Test func `numbers are written as each language does`() {
        let half = ProgrammeFile.Argument.quantity(ProgrammeFile.Quantity(hundredths: 27_250))
        #expect(half.words(in: .french) == "272,5")
        #expect(half.words(in: .english) == "272.5")
    }

    private func locale(_ language: String) throws -> [String: String] {
        let url = ProgrammeFileExample.root.appending(path: "Sources/Community/Locales/\(language).json")
        let all = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: url))
        return all.filter { $0.key.hasPrefix("community.file.") || $0.key.hasPrefix("community.finding.") }
    }

    private func placeholders(_ sentence: String) -> Set<String> {
        Set(sentence.matches(of: /\{(\w+)(?:\|[^}]*)?\}/).map { String($0.1) })
    }

    private func keys(of tree: Tree) -> Set<String> {
        switch tree.kind {
        case .scalar: []
        case .list(let items): items.reduce(into: []) { $0.formUnion(keys(of: $1)) }
        case .map(let entries):
            entries.reduce(into: Set(entries.map(\.key))) { $0.formUnion(keys(of: $1.value)) }
        }
    }
}
