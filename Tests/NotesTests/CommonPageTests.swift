import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Notes

/// The group's own page: its order is everybody's, the words stay their author's.
@Suite struct CommonPageTests {
    private let notebook = "/programmes/essai/visites/caen/notes"
    private let ids = (0..<4).map { "0190a0f0-1111-4222-8333-44445555000\($0)" }

    private func note(_ id: String, _ rank: Int64?, at time: Int64 = 0, dimension: String? = "d") -> SharedNote {
        SharedNote(
            id: id, authorId: "a", author: "Ana", audience: .scope, version: 1, isTwin: false, createdAt: Instant(milliseconds: time), day: nil,
            half: nil, encounterId: nil, ownDimensionId: dimension, placedDimensionId: rank == nil ? nil : dimension, rank: rank, movedAt: nil,
            photos: 0)
    }

    @Test func `whatever is moved where, each note is there once, where it was put`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            // Notes that arrived together have one time.
            var notes = (0..<6).map { note("n\($0)", nil, at: 1_000 + Int64($0 / 3)) }
            for step in 0..<12 {
                let id = "n\(Int.random(in: 0..<6, using: &random))"
                let others = CommonPage.ordered(notes).map(\.id).filter { $0 != id }
                let place = Int.random(in: 0...others.count, using: &random)
                let before = place < others.count ? others[place] : nil
                var expected = others
                expected.insert(id, at: place)
                let ranks = CommonPage.ranks(putting: id, before: before, in: CommonPage.ordered(notes), now: 2_000 + Int64(step))
                for index in notes.indices where ranks[notes[index].id] != nil { notes[index] = note(notes[index].id, ranks[notes[index].id]) }
                #expect(CommonPage.ordered(notes).map(\.id) == expected)
            }
        }
    }

    @Test func `a note goes one place up or down, and stays at the ends`() {
        let notes = ["a", "b", "c"].enumerated().map { note($1, Int64($0)) }
        #expect(CommonPage.step(of: "b", isUp: true, in: notes)?.before == "a")
        #expect(CommonPage.step(of: "a", isUp: true, in: notes) == nil)
        #expect(CommonPage.step(of: "a", isUp: false, in: notes)?.before == "c")
        #expect(CommonPage.step(of: "b", isUp: false, in: notes) == CommonPage.Step(before: nil))
        #expect(CommonPage.step(of: "c", isUp: false, in: notes) == nil)
    }

    @Test func `a note that comes later stands after those put at the end`() {
        let moved = CommonPage.ranks(putting: "a", before: nil, in: [note("a", nil, at: 5), note("b", nil, at: 9)], now: 50)
        #expect(moved == ["a": 50])
        #expect(CommonPage.ordered([note("a", 50), note("b", nil, at: 9), note("c", nil, at: 60)]).map(\.id) == ["b", "a", "c"])
    }

    private func write(_ site: TestSite, _ index: Int, _ text: String, as name: Cast.Name = .ana, isShared: Bool = true) async {
        let dimension = site.cast.dimensions["cooperation"] ?? ""
        _ = await site.post(
            notebook, ["id": ids[index], "base": "0", "manner": "verbatim", "text": text, "dimension": dimension, "encounter": site.cast.caen.encounter],
            as: name)
        if isShared { _ = await site.post("\(notebook)/\(ids[index])/partage", as: name) }
    }

    private func order(_ site: TestSite, as name: Cast.Name = .chloe, under key: String = "cooperation") async -> [String] {
        let page = await site.get("\(notebook)/commune?axe=\(site.cast.dimensions[key] ?? "")", as: name).text
        return page.matches(of: #/data-note="([^"]+)"/#).map { String($0.output.1) }
    }

    @Test func `anybody of the group reorders, and everybody reads the same order`() async throws {
        let site = try await TestSite()
        for index in 0..<3 { await write(site, index, "Note \(index)", as: [.ana, .bo, .ana][index]) }
        await write(site, 3, "SECRET-DE-CARNET", isShared: false)
        #expect(await order(site) == Array(ids[0..<3]))
        let moved = await site.post("\(notebook)/commune/\(ids[2])/plus-haut", as: .driss)
        #expect(moved.status == 303 && moved.header("location")?.hasSuffix("#note-\(ids[2])") == true)
        #expect(await order(site) == [ids[0], ids[2], ids[1]])
        _ = await site.post("\(notebook)/commune/\(ids[0])/plus-bas", as: .nadia)
        #expect(await order(site, as: .iris) == [ids[2], ids[0], ids[1]])
        let dimension = site.cast.dimensions["cooperation"] ?? ""
        _ = await site.post("\(notebook)/commune/\(ids[1])", ["dimension": dimension, "before": ids[2]], as: .bo)
        #expect(await order(site, as: .ana) == [ids[1], ids[2], ids[0]])
        #expect(!(await site.get("\(notebook)/commune?axe=\(dimension)", as: .ana).text.contains("SECRET-DE-CARNET")))
        let traces = try await site.site.database.read { [ids] in
            try $0.texts("SELECT action FROM audit WHERE object_id = \(ids[2]) AND action = 'note.placed'")
        }
        #expect(traces.count == 1)
    }

    @Test func `a note put under another dimension keeps its author, its encounter and the dimension they chose`() async throws {
        let site = try await TestSite()
        await write(site, 0, "On décide ensemble.")
        let other = site.cast.dimensions["participation"] ?? ""
        #expect(await site.get("\(notebook)/commune/\(ids[0])", as: .bo).text.contains("On décide ensemble."))
        _ = await site.post("\(notebook)/commune/\(ids[0])", ["dimension": other], as: .bo)
        let page = await site.get("\(notebook)/commune?axe=\(other)", as: .chloe).text
        for words in ["«\u{A0}On décide ensemble.\u{A0}»", "Ana · Atelier des salariés", "dimension choisie par Ana\u{A0}: Dimension cooperation"] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(await order(site) == [])
        // The notebook itself did not change.
        #expect(await site.get("\(notebook)?axe=\(site.cast.dimensions["cooperation"] ?? "")", as: .ana).text.contains("On décide ensemble."))
        #expect(await site.post("\(notebook)/commune/\(ids[0])", ["dimension": "inconnue"], as: .bo).status == 422)
        #expect(await site.post("\(notebook)/commune/\(ids[0])", ["dimension": other, "before": ids[1]], as: .bo).status == 422)
    }

    @Test func `a private note, the host and who is not of the group have no place there`() async throws {
        let site = try await TestSite()
        await write(site, 0, "Pas encore.", isShared: false)
        for name in [Cast.Name.ana, .bo] {
            #expect(await site.post("\(notebook)/commune/\(ids[0])/plus-haut", as: name).status == 404, "\(name)")
            #expect(await site.get("\(notebook)/commune/\(ids[0])", as: name).status == 404, "\(name)")
        }
        for name in [Cast.Name.yann, .zoe, .paul, .sam] {
            #expect(await site.get("\(notebook)/commune", as: name).status == 404, "\(name)")
        }
    }
}
