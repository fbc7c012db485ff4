import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// Both engines find the same documents, in the same order, with the same extracts.
@Suite(.enabled(if: TestDatabase.isOnServer)) struct SearchOnBothTests {
    /// What a person sees of an answer.
    private struct Seen: Equatable {
        var total: Int
        var isPartial: Bool
        var hits: [String]
        var facets: [String: [String]]
    }

    @Test func `both engines answer alike`() async throws {
        let here = try await TestSite(isEmpty: true)
        let there = try await TestSite(isEmpty: true, onServer: false)
        for test in [here, there] { try await enter(test) }
        let more = ["habitante", "\"personnes privées d’emploi\"", "les", "projet concret", "a", "récits de", "coop", "solid loc"]
        for typed in SearchCorpus.questions.map(\.typed) + more {
            #expect(try await seen(typed, here) == seen(typed, there), "\(typed)")
        }
    }

    private func seen(_ typed: String, _ test: TestSite) async throws -> Seen {
        try await test.site.database.read { reader in
            let request = Request(.get, "/recherche", site: test.site)
            let answer = try Search.find(Search.Wish(typed, perPage: 200), reader, request)
            return Seen(
                total: answer.total, isPartial: answer.isPartial,
                hits: answer.hits.map { "\($0.objectId) \($0.title.marked.html) \($0.extract.marked.html)" },
                facets: answer.facets.mapValues { $0.map { "\($0.value) \($0.count)" } })
        }
    }

    /// Texts of many lengths, where words are more or less rare.
    private func enter(_ test: TestSite) async throws {
        try await test.site.amend(as: "test.corpus", by: .site) { change in
            let texts = SearchCorpus.texts
            for number in 0..<150 {
                let text = texts[number % texts.count]
                let bodies = (0...number % 5).map { texts[(number * ($0 + 3)) % texts.count].body }
                try change.protect(Protection("text", "\(number)", programme: nil, author: nil, audience: .everyone))
                try change.index(
                    SearchDocument(
                        "text", "\(number)", programme: nil, title: text.title, body: bodies.joined(separator: " "),
                        path: "/textes/\(number)", facets: ["territory": ["Territoire \(number % 7)"]]))
            }
            // Taken out and put back: a later number, the same words.
            for number in [149, 3, 77] { try change.unindex("\(number)") }
            try change.trace("text", "corpus")
        }
    }
}
