import Database
import Formats
import TestSupport
import Testing

@testable import Platform

@Suite struct SearchTests {
    private func find(
        _ typed: String, _ test: TestSite, as viewer: Viewer = .anybody, facets: [String: String] = [:]
    ) async throws
        -> Search.Answer
    {
        try await test.site.database.read { reader in
            var request = Request(.get, "/recherche", site: test.site)
            request.viewer = viewer
            return try Search.find(Search.Wish(typed, facets: facets), reader, request)
        }
    }

    private func keys(_ answer: Search.Answer) -> Set<String> { Set(answer.hits.map(\.objectId)) }

    @Test func `questions of everyday find nearly all their answers`() async throws {
        let test = try await TestSite(isEmpty: true)
        try await SearchCorpus.enter(test)
        var found = 0
        var missed: [String] = []
        for question in SearchCorpus.questions {
            let answered = keys(try await find(question.typed, test)).intersection(question.answers)
            found += answered.count
            missed += question.answers.subtracting(answered).map { "\(question.typed) → \($0)" }
        }
        let wanted = SearchCorpus.questions.reduce(0) { $0 + $1.answers.count }
        #expect(SearchCorpus.questions.count >= 20)
        #expect(Double(found) / Double(wanted) >= 0.9, "\(missed)")
    }

    @Test func `the answer that has the word in its title comes first`() async throws {
        let test = try await TestSite(isEmpty: true)
        try await SearchCorpus.enter(test)
        #expect(try await find("coopérative", test).hits.first?.objectId == "gouvernance")
        #expect(try await find("territoire", test).hits.first?.objectId == "tzcld")
    }

    @Test func `beyond the ceiling the newest are kept, and the counts say that there are more`() async throws {
        let test = try await TestSite(isEmpty: true)
        let count = Search.ceiling + 40
        try await test.site.amend(as: "test.indexed", by: .site) { change in
            change.leaveAsItIs()
            for number in 1...count {
                let id = "resource-\(number)"
                try change.protect(Protection("resource", id, programme: nil, author: nil, audience: .everyone))
                try change.index(
                    SearchDocument("resource", id, programme: nil, title: "Territoire \(number)", body: "", path: "/\(id)"))
            }
        }
        for typed in ["territoire", ""] {
            let answer = try await find(typed, test)
            #expect(answer.isCapped && answer.total == Search.ceiling)
            #expect(answer.hits.first?.objectId == "resource-\(count)")
            #expect(answer.hits.count == 20)
            #expect(answer.facets["kind"]?.first?.count == Search.ceiling)
        }
    }

    @Test func `a phrase in quotes is found whole, in this order, with any quotation marks`() async throws {
        let test = try await TestSite(isEmpty: true)
        try await SearchCorpus.enter(test)
        for typed in ["\"longue durée\"", "« longue durée »", "“longue durée”"] {
            #expect(keys(try await find(typed, test)) == ["tzcld"])
        }
        let turned = try await find("\"durée longue\"", test)
        #expect(turned.isPartial)
        #expect(keys(turned).contains("tzcld"))
    }

    @Test func `the last word may be unfinished, the others not`() async throws {
        let test = try await TestSite(isEmpty: true)
        try await SearchCorpus.enter(test)
        #expect(keys(try await find("covoit", test)) == ["mobilite"])
        #expect(keys(try await find("solaires cit", test)) == ["energie"])
        #expect(try await find("covoit ", test).total == 0)
    }

    @Test func `when no text has every word, those that have some are shown and said to be so`() async throws {
        let test = try await TestSite(isEmpty: true)
        try await SearchCorpus.enter(test)
        let answer = try await find("théâtre covoiturage", test)
        #expect(answer.isPartial)
        #expect(keys(answer) == ["culture", "mobilite"])
        #expect(try await !find("zzzz", test).isPartial)
    }

    @Test func `words found are marked and everything else is escaped`() async throws {
        let test = try await TestSite(isEmpty: true)
        try await test.site.amend(as: "test.hostile", by: .site) { change in
            try change.protect(Protection("text", "x", programme: nil, author: nil, audience: .everyone))
            try change.index(
                SearchDocument(
                    "text", "x", programme: nil, title: "<script>alert(1)</script> jardin",
                    body: "Un <b onclick='x'>jardin</b> & des \"outils\"", path: "/textes/x"))
            try change.trace("text", "x")
        }
        let hit = try #require(try await find("jardins", test).hits.first)
        #expect(hit.title.marked.html.contains("&lt;script&gt;"))
        #expect(hit.title.marked.html.contains("<mark>jardin</mark>"))
        #expect(!hit.extract.marked.html.contains("<b"))
        #expect(hit.extract.marked.html.contains("<mark>jardin</mark>"))
    }

    @Test(arguments: [
        "\"", "\"\"\"", "NEAR(a b, 2)", "a NEAR b", "* OR *", "jardin*", "title: jardin", "-jardin", "jardin AND",
        "(jardin", "^jardin",
        "{title body}: jardin", "'; DROP TABLE search_document; --", "🌱👩🏽‍🌾", "\u{202E}nidraj", "\0\u{1}", "« « »", "?",
        "%_%", "l’", "de la",
    ])
    func `nothing that can be typed breaks the search`(typed: String) async throws {
        let test = try await TestSite(isEmpty: true)
        try await SearchCorpus.enter(test)
        let answer = try await find(typed, test)
        #expect(answer.total <= SearchCorpus.texts.count)
        #expect(try await find("jardin", test).total == 1)
    }

    @Test func `ten thousand characters are read as far as is useful`() async throws {
        let test = try await TestSite(isEmpty: true)
        try await SearchCorpus.enter(test)
        #expect(try await find(String(repeating: "jardin ", count: 1_500), test).total == 1)
        #expect(try await find(String(repeating: "x", count: 10_000), test).total == 0)
    }

    @Test func `what a person may not see is neither found nor counted, not even in the facets`() async throws {
        let test = try await TestSite()
        let cast = test.cast
        try await test.site.amend(as: "test.private", by: .site) { change in
            try change.protect(
                Protection(
                    "note", "own", programme: cast.programme, author: cast[.ana], scope: cast.caen.delegation,
                    audience: .author))
            try change.protect(
                Protection(
                    "text", "group", programme: cast.programme, author: nil, scope: cast.caen.delegation,
                    audience: .scope))
            try change.protect(Protection("text", "open", programme: cast.programme, author: nil, audience: .everyone))
            for (id, place) in [("own", "Secret"), ("group", "Caen"), ("open", "Lille")] {
                try change.index(
                    SearchDocument(
                        "text", id, programme: cast.programme, title: "Pommiers \(id)", body: "Un verger.",
                        path: "/textes/\(id)",
                        facets: ["territory": [place]]))
            }
            try change.trace("text", "group", programme: cast.programme)
        }
        func seen(_ name: Cast.Name?) async throws -> (Set<String>, Set<String>, Int) {
            let viewer = try await test.site.database.read { reader in
                let person = name.map { cast[$0] }
                return Viewer(
                    personId: person, isAdministrator: name == .sam,
                    roles: try person.map { try reader.roles(of: $0) } ?? [:])
            }
            let answer = try await find("pommier", test, as: viewer)
            return (keys(answer), Set(answer.facets["territory"]?.map(\.value) ?? []), answer.total)
        }
        #expect(try await seen(.ana) == (["own", "group", "open"], ["Secret", "Caen", "Lille"], 3))
        #expect(try await seen(.bo) == (["group", "open"], ["Caen", "Lille"], 2))
        for name in [Cast.Name.yann, .zoe, .paul, .sam, .stranger, nil] {
            #expect(try await seen(name) == (["open"], ["Lille"], 1), "\(name?.rawValue ?? "anybody")")
        }
    }

    @Test func `what is indexed again replaces what was, and what is taken out is gone`() async throws {
        let test = try await TestSite(isEmpty: true)
        try await SearchCorpus.enter(test)
        try await test.site.amend(as: "test.again", by: .site) { change in
            try change.index(
                SearchDocument(
                    "text", "jardin", programme: nil, title: "Un verger", body: "Des pommes.", path: "/textes/jardin"))
            try change.unindex("culture")
            try change.trace("text", "jardin")
        }
        #expect(try await find("légumes", test).total == 0)
        #expect(keys(try await find("pomme", test)) == ["jardin"])
        #expect(try await find("théâtre", test).total == 0)
    }

    @Test func `a filter keeps what has its value, and the counts follow`() async throws {
        let test = try await TestSite(isEmpty: true)
        try await SearchCorpus.enter(test)
        let all = try await find("", test)
        #expect(all.total == SearchCorpus.texts.count)
        let counts = Dictionary(uniqueKeysWithValues: (all.facets["territory"] ?? []).map { ($0.value, $0.count) })
        #expect((counts["Nord"] ?? 0) + (counts["Sud"] ?? 0) == all.total)
        #expect(try await find("", test, facets: ["territory": "Nord"]).total == counts["Nord"])
        #expect(try await find("", test, facets: ["territory": "Ailleurs"]).total == 0)
    }

    @Test func `a withdrawn thing is found by nobody`() async throws {
        let test = try await TestSite(isEmpty: true)
        try await SearchCorpus.enter(test)
        try await test.site.amend(as: "test.withdrawn", by: .site) { change in
            try change.withdraw("jardin")
            try change.trace("text", "jardin")
        }
        #expect(try await find("jardin", test).total == 0)
    }
}
