import Database
import TestSupport
import Testing

@testable import Platform

/// The order of an answer tells nothing of what may not be seen, and rare words say more than frequent ones.
@Suite struct SearchOrderTests {
    private func order(_ typed: String, _ test: TestSite) async throws -> [String] {
        try await test.site.database.read { reader in
            let request = Request(.get, "/recherche", site: test.site)
            return try Search.find(Search.Wish(typed, perPage: 200), reader, request).hits.map(\.objectId)
        }
    }

    private func enter(_ documents: [(title: String, body: String)], named: String, for audience: Audience, _ test: TestSite) async throws {
        let cast = test.cast
        try await test.site.amend(as: "test.corpus", by: .site) { change in
            change.leaveAsItIs()
            for (number, document) in documents.enumerated() {
                let id = "\(named)-\(number)"
                try change.protect(
                    Protection("text", id, programme: cast.programme, author: cast[.ana], scope: cast.caen.delegation, audience: audience))
                try change.index(
                    SearchDocument(
                        "text", id, programme: cast.programme, title: document.title, body: document.body, path: "/textes/\(id)"))
            }
        }
    }

    @Test func `texts that somebody may not see change the order of no answer`() async throws {
        let test = try await TestSite()
        let texts = SearchCorpus.texts
        let open = (0..<60).map { number in
            (
                title: texts[number % texts.count].title,
                body: (0...number % 5).map { texts[(number * ($0 + 3)) % texts.count].body }.joined(separator: " ")
            )
        }
        try await enter(open, named: "open", for: .everyone, test)
        let words = ["coopération", "habitants", "jardin", "emploi", "habitante", "réparent", "vélo", "école"]
        let questions = words.flatMap { one in words.filter { $0 > one }.map { "\(one) \($0)" } } + SearchCorpus.questions.map(\.typed)
        var before: [String: [String]] = [:]
        for question in questions { before[question] = try await order(question, test) }
        #expect(before.values.filter { $0.count > 5 }.count > 20)

        let hidden = (0..<40).map { number in
            (title: words[number % 4], body: "\(words[number % 4]) " + String(repeating: "verger ", count: number * 40))
        }
        try await enter(hidden, named: "hidden", for: .author, test)
        for question in questions { #expect(try await order(question, test) == before[question], "\(question)") }
    }

    @Test func `a rare word says more than a frequent one`() async throws {
        let test = try await TestSite()
        let frequent = (0..<30).map { (title: "Coopération \($0)", body: "Un récit.") }
        let mixed = [
            (title: "Le sirop", body: "La coopération du village."), (title: "La coopération", body: "Le sirop du village."),
        ]
        try await enter(frequent, named: "frequent", for: .everyone, test)
        try await enter(mixed, named: "mixed", for: .everyone, test)
        #expect(try await order("coopération sirop ", test) == ["mixed-0", "mixed-1"])
        #expect(try await order("coopération sirop absent ", test).prefix(2) == ["mixed-0", "mixed-1"])
    }
}
