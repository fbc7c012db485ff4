import Formats
import Grids
import Platform
import Testing

@testable import Inquiries

/// What a visit lays over the common grid: pure rules.
struct VisitGridTests {
    private let core = GridContent([
        .init(
            id: "a", key: "a", name: "A",
            questions: [.init(id: "a1", key: "a-1", text: "Un ?"), .init(id: "a2", key: "a-2", text: "Deux ?"), .init(id: "a3", key: "a-3", text: "Trois ?")]),
        .init(id: "b", key: "b", name: "B", questions: [.init(id: "b1", key: "b-1", text: "Quatre ?", probes: ["Quand ?"])]),
    ])

    private func change(
        _ id: String, _ kind: GridChange.Kind, of question: String? = nil, in dimension: String = "a", text: String = "", place: Int? = nil,
        reason: String = "", at moment: Int64 = 1, outcome: GridChange.Outcome? = .approved
    ) -> GridChange {
        let decidedAt = outcome == nil ? nil : Instant(milliseconds: moment)
        return GridChange(
            id: id, kind: kind, questionId: question, dimensionId: dimension, text: text, probes: "", place: place, reason: reason, proposedBy: nil,
            proposer: nil, proposedAt: Instant(milliseconds: 0), outcome: outcome, decision: "", decider: nil, decidedAt: decidedAt)
    }

    private func key(_ fields: [String: String], on grid: VisitGrid) -> String? {
        do { _ = try ProposedChange.read(Fields(fields.map { ($0.key, $0.value) }), on: grid) } catch {
            return (error as? Refusals)?.all.first?.key ?? (error as? any Refusal)?.key ?? "\(error)"
        }
        return nil
    }

    @Test func `without change the core is asked as it is`() {
        let grid = VisitGrid(core, [])
        #expect(grid.items.map(\.id) == ["a1", "a2", "a3", "b1"] && grid.items.allSatisfy { $0.origin == .core && $0.common == nil })
    }

    @Test func `changes are laid over in the order they were approved, and the core does not move`() {
        let changes = [
            change("n", .add, text: "Cinq ?", at: 2), change("r1", .reword, of: "a1", text: "Un, ici ?", at: 3),
            change("r2", .reword, of: "a1", text: "Un, vraiment ?", at: 4), change("s", .skip, of: "a2", reason: "Pas de salariés.", at: 5),
            change("m", .move, of: "a3", place: 1, at: 1), change("w", .skip, of: "b1", reason: "Non.", outcome: nil),
            change("x", .skip, of: "b1", reason: "Non.", outcome: .refused), change("y", .reword, of: "perdue", text: "Rien."),
        ]
        let grid = VisitGrid(core, changes)
        #expect(grid.parts[0].items.map(\.id) == ["a3", "a1", "a2", "n"] && grid.parts[0].items[0].isMoved)
        #expect(grid.item("a1")?.text == "Un, vraiment ?" && grid.item("a1")?.common == "Un ?" && grid.item("a1")?.origin == .reworded)
        #expect(grid.item("n")?.origin == .added && grid.item("a2")?.skipped == "Pas de salariés.")
        #expect(grid.item("b1")?.skipped == nil && grid.asked.count == 4)
        #expect(core.question("a1")?.text == "Un ?")
    }

    @Test func `what is proposed names a question of the grid of the visit, and says why it is passed over`() {
        let grid = VisitGrid(core, [change("n", .add, text: "Cinq ?"), change("s", .skip, of: "a2", reason: "Non.")])
        #expect(key(["kind": "skip", "question": "a1"], on: grid) == "inquiries.refusal.noReason")
        #expect(key(["kind": "skip", "question": "a1", "reason": "Pas ici."], on: grid) == nil)
        #expect(key(["kind": "skip", "question": "a2", "reason": "Encore."], on: grid) == "inquiries.refusal.skippedAlready")
        #expect(key(["kind": "reword", "question": "ailleurs", "text": "X ?"], on: grid) == "inquiries.refusal.unknownQuestion")
        #expect(key(["kind": "reword", "question": "a1", "text": "Un ?"], on: grid) == "inquiries.refusal.sameWords")
        #expect(key(["kind": "reword", "question": "n", "text": "Six ?"], on: grid) == "inquiries.refusal.addedOne")
        #expect(key(["kind": "add", "dimension": "a", "text": "deux ?"], on: grid) == "inquiries.refusal.twin")
        #expect(key(["kind": "add", "dimension": "c", "text": "Six ?"], on: grid) == "grids.refusal.noDimension")
        #expect(key(["kind": "move", "question": "a1", "place": "9"], on: grid) == "inquiries.refusal.place")
        #expect(key(["kind": "move", "question": "a1", "place": "1"], on: grid) == "inquiries.refusal.samePlace")
        #expect(key(["kind": "rewrite", "question": "a1"], on: grid) == "inquiries.refusal.kind")
    }

    @Test func `what can be compared is what was asked everywhere and answered here`() {
        func choice(_ id: String, _ origin: VisitGrid.Origin, skipped: String? = nil, isRetired: Bool = false) -> AnswerQueries.Choice {
            .init(id: id, key: id, text: id, dimension: "A", origin: origin, skipped: skipped, isRetired: isRetired)
        }
        let coverage = Coverage(
            [choice("1", .core), choice("2", .reworded), choice("3", .added), choice("4", .core, skipped: "Pas ici."), choice("5", .core), choice("6", .core, isRetired: true)],
            counts: ["1": .init(answers: 2, encounters: 1), "2": .init(answers: 1, encounters: 1), "3": .init(answers: 1, encounters: 1), "6": .init(answers: 1, encounters: 0)],
            reasons: [:])
        #expect(coverage.lines.map(\.state) == [.addressed, .addressed, .addressed, .explained, .blank, .addressed])
        #expect(coverage.comparable == (asIs: 2, reworded: 1, own: 1) && coverage.count(.blank) == 1)
        #expect(coverage.lines.map(\.isComparable) == [true, true, false, false, false, true])
    }
}
