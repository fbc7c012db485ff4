import Formats
import Platform
import Testing

@testable import Grids

/// The rules of a draft: nothing taken off is lost, nothing has two identities.
struct GridDraftTests {
    private var draft: GridDraft {
        GridDraft(
            GridContent([
                .init(id: "a", key: "a", name: "A", questions: [.init(id: "a1", key: "a-1", text: "Un ?"), .init(id: "a2", key: "a-2", text: "Deux ?")]),
                .init(id: "b", key: "b", name: "B"),
            ]))
    }

    private func key(_ body: () throws -> Void) -> String? {
        do { try body() } catch { return (error as? any Refusal)?.key ?? "\(error)" }
        return nil
    }

    @Test func `a question keeps its identity wherever it goes`() throws {
        var draft = draft
        try draft.word("a1", "Un, vraiment ?", ["Quand ?"], in: "b")
        try draft.move("b", by: -1)
        #expect(draft.content.dimensions.map(\.id) == ["b", "a"] && draft.content.dimensions[0].questions.map(\.id) == ["a1"])
        #expect(draft.content.question("a1") == .init(id: "a1", key: "a-1", text: "Un, vraiment ?", probes: ["Quand ?"]))
        try draft.move("b", by: -1)
        #expect(draft.content.dimensions.map(\.id) == ["b", "a"])
    }

    @Test func `what is taken off can be put back, even when all of it was`() throws {
        var draft = draft
        try draft.remove("a1")
        try draft.remove("a")
        try draft.remove("b")
        #expect(draft.content == GridContent() && !draft.content.hasQuestions)
        #expect(key { try GridVersion.admit(draft.content, after: nil) } == "grids.refusal.emptied")
        try draft.restore("a1")
        #expect(draft.content.dimensions.map(\.id) == ["a"] && draft.content.questions.map(\.id) == ["a1"])
        try draft.restore("a2")
        try draft.restore("b")
        #expect(draft.content.questions.map(\.id) == ["a1", "a2"] && draft.removed.isEmpty)
    }

    @Test func `another content keeps who was known, and nothing of the rest is lost`() throws {
        var draft = draft
        draft.replace(with: GridContent([.init(id: "b", key: "b", name: "B", questions: [.init(id: "a2", key: "a-2", text: "Deux ?")])]))
        #expect(draft.removed.map(\.id) == ["a"])
        try draft.restore("a")
        #expect(draft.content.questions.map(\.id) == ["a2", "a1"])
        #expect(try GridDraft(kept: CanonicalJSON.encode(draft.json)) == draft)
    }

    @Test func `a version asks something, and something new`() throws {
        #expect(key { try GridVersion.admit(draft.content, after: draft.content) } == "grids.refusal.unchanged")
        #expect(key { try GridVersion.admit(draft.content, after: nil) } == nil)
    }

    @Test func `two dimensions have two names`() throws {
        var draft = draft
        #expect(key { try draft.add(.init(id: "c", key: "c", name: "b")) } == "grids.refusal.twin")
        #expect(key { try draft.name("a", "B", "") } == "grids.refusal.twin")
        #expect(key { try draft.name("a", "a", "") } == nil)
    }

    @Test func `a name in files never serves twice`() {
        #expect(GridKeys.dimension("Formes et parties prenantes de la coopération", besides: []) == "formes-parties")
        #expect(GridKeys.dimension("Les 5 ?", besides: ["dimension"]) == "dimension-2")
        #expect(GridKeys.question(in: "coop", besides: ["coop-1", "coop-3"]) == "coop-2")
    }
}
