import Formats
import Foundation
import Testing

@testable import Platform

/// French and English say the same things, and say all of them.
struct LanguageTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private func sentences(_ language: Language) throws -> [String: String] {
        var all: [String: String] = [:]
        for file in try files(in: "Sources", ending: ".json")
        where file.lastPathComponent == "\(language.rawValue).json" {
            let read = try JSONDecoder().decode([String: String].self, from: Data(contentsOf: file))
            all.merge(read) { first, _ in
                Issue.record("\(file.path): a key is in another file too")
                return first
            }
        }
        return all
    }

    private func files(in folder: String, ending: String) throws -> [URL] {
        let place = Self.root.appending(path: folder)
        return try FileManager.default.subpathsOfDirectory(atPath: place.path).filter { $0.hasSuffix(ending) }.sorted()
            .map { place.appending(path: $0) }
    }

    @Test func `the two languages have the same keys, none empty`() throws {
        let french = try sentences(.french)
        let english = try sentences(.english)
        #expect(Set(french.keys).symmetricDifference(english.keys).sorted() == [])
        #expect(french.filter { $0.value.isEmpty || english[$0.key] == "" }.keys.sorted() == [])
        #expect(french.count > 300)
    }

    @Test func `the two sentences of a key have the same arguments`() throws {
        let english = try sentences(.english)
        for (key, sentence) in try sentences(.french) {
            // « une personne »: a singular may leave its number out.
            let number: Set<String> = key.hasSuffix(".one") ? ["n"] : []
            #expect(
                arguments(sentence).subtracting(number) == arguments(english[key] ?? "").subtracting(number), "\(key)")
        }
    }

    @Test func `a plural has no sentence beside its two forms`() throws {
        let keys = Set(try sentences(.french).keys)
        let plurals = keys.filter { $0.hasSuffix(".one") }.map { String($0.dropLast(4)) }.filter {
            keys.contains("\($0).other")
        }
        #expect(plurals.filter(keys.contains) == [])
        #expect(plurals.count > 5)
    }

    @Test func `French uses typographic apostrophes, and no full stop inside a word`() throws {
        for (key, sentence) in try sentences(.french) {
            #expect(!sentence.contains("'"), "\(key): \(sentence)")
            #expect(!sentence.contains("·e"), "\(key): \(sentence)")
        }
    }

    /// Keys written whole in the code: `words("visits.board.title"`, `Refused("texts.refusal.empty"`.
    @Test func `every key used in the code has its sentence`() throws {
        let keys = Set(try sentences(.french).keys)
        let use = /(?:words|Refused|other\))\(\s*"([a-z][A-Za-z]*\.[A-Za-z0-9.]+)"/
        var used = 0
        for file in try files(in: "Sources", ending: ".swift") {
            let code = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
                .filter { !$0.drop { $0 == " " }.hasPrefix("//") }.joined(separator: "\n")
            for match in code.matches(of: use) {
                let key = String(match.1)
                used += 1
                let isPlural = keys.contains("\(key).one") && keys.contains("\(key).other")
                let isMail = keys.contains("\(key).subject") && keys.contains("\(key).text")
                #expect(keys.contains(key) || isPlural || isMail, "\(file.lastPathComponent): \(key)")
            }
        }
        #expect(used > 100)
    }

    @Test func `each name of an enumeration of the platform has its sentence`() throws {
        let keys = Set(try sentences(.french).keys)
        let names =
            Audience.allCases.flatMap {
                ["platform.audience.\($0.rawValue)", "platform.policy.audience.\($0.rawValue)"]
            }
            + Policy.Holder.allCases.map { "platform.holder.\($0.rawValue)" }
            + Action.allCases.map { "platform.action.\($0.rawValue)" }
            + ["missing", "method", "forbidden", "closed", "foreign", "deadLink", "disownedLink", "replacedLink", "full", "busy", "broken", "large", "stale"]
            .flatMap { ["platform.error.\($0).title", "platform.error.\($0).text"] }
            + (1...12).map { "platform.month.\($0)" } + (1...7).map { "platform.weekday.\($0)" }
            + ["invitation", "signIn", "passwordChanged"].flatMap {
                ["platform.mail.\($0).subject", "platform.mail.\($0).text"]
            }
        #expect(names.filter { !keys.contains($0) } == [])
    }

    private func arguments(_ sentence: String) -> Set<String> {
        Set(sentence.matches(of: /\{(\w+)(?:\|[^}]*)?\}/).map { String($0.1) })
    }
}
