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

    private func note(_ id: String, _ rank: Int64?, at time: Int64 = 0, under dimensions: [String] = ["d"]) -> SharedNote {
        SharedNote(
            id: id, authorId: "a", author: "Ana", audience: .scope, version: 1, isTwin: false, createdAt: Instant(milliseconds: time), day: nil,
            half: nil, encounterId: nil, photos: 0, ownDimensions: dimensions,
            shelves: rank.map { rank in dimensions.map { SharedNote.Shelf(dimensionId: $0, rank: rank) } } ?? [])
    }

    private func ordered(_ notes: [SharedNote]) -> [String] { CommonPage.notes(notes, under: "d", among: ["d", "e"]).map(\.id) }

    @Test func `whatever is moved where, each note is there once, where it was put`() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            // Notes that arrived together have one time.
            var notes = (0..<6).map { note("n\($0)", nil, at: 1_000 + Int64($0 / 3)) }
            for step in 0..<12 {
                let id = "n\(Int.random(in: 0..<6, using: &random))"
                let others = ordered(notes).filter { $0 != id }
                let place = Int.random(in: 0...others.count, using: &random)
                let before = place < others.count ? others[place] : nil
                var expected = others
                expected.insert(id, at: place)
                let line = CommonPage.notes(notes, under: "d", among: ["d"])
                let ranks = CommonPage.ranks(putting: id, before: before, in: line, under: "d", now: 2_000 + Int64(step))
                for index in notes.indices where ranks[notes[index].id] != nil { notes[index] = note(notes[index].id, ranks[notes[index].id]) }
                #expect(ordered(notes) == expected)
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
        let moved = CommonPage.ranks(putting: "a", before: nil, in: [note("a", nil, at: 5), note("b", nil, at: 9)], under: "d", now: 50)
        #expect(moved == ["a": 50])
        #expect(ordered([note("a", 50), note("b", nil, at: 9), note("c", nil, at: 60)]) == ["b", "a", "c"])
    }

    @Test func `a note stands under each of its dimensions, and keeps its place where it stays`() {
        let notes = [note("a", nil, at: 5, under: ["d", "e"]), note("b", 3, under: ["e"]), note("c", nil, at: 8, under: [])]
        #expect(CommonPage.notes(notes, under: "d", among: ["d", "e"]).map(\.id) == ["a"])
        #expect(CommonPage.notes(notes, under: "e", among: ["d", "e"]).map(\.id) == ["b", "a"])
        #expect(CommonPage.notes(notes, under: nil, among: ["d", "e"]).map(\.id) == ["c"])
        // A dimension that is no more in use leaves the others; alone, it leaves none.
        #expect(CommonPage.notes(notes, under: nil, among: ["d"]).map(\.id) == ["b", "c"])
        let shelves = CommonPage.shelves(of: notes[0], under: ["e", "f"], in: notes, among: ["d", "e", "f"], now: 60)
        #expect(shelves == [SharedNote.Shelf(dimensionId: "e", rank: 5), SharedNote.Shelf(dimensionId: "f", rank: 60)])
        #expect(CommonPage.shelves(of: notes[0], under: [], in: notes, among: ["d", "e"], now: 60).map(\.dimensionId) == [nil])
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

    @Test func `a note about two dimensions is read under both, each with its own order`() async throws {
        let site = try await TestSite()
        let (first, second) = (site.cast.dimensions["cooperation"] ?? "", site.cast.dimensions["participation"] ?? "")
        for index in 0..<3 { await write(site, index, "Note \(index)") }
        // Its author says two; the others are put under the second by the group.
        let both = [("id", ids[0]), ("base", "1"), ("manner", "verbatim"), ("text", "Note 0"), ("dimension", second), ("dimension", first)]
        #expect(await site.post(notebook, pairs: both, as: .ana).status == 303)
        for index in 1...2 {
            let put = await site.post("\(notebook)/commune/\(ids[index])", pairs: [("dimension", first), ("dimension", second)], as: .bo)
            #expect(put.header("location")?.contains("axe=\(first)") == true)
        }
        #expect(await order(site) == Array(ids[0..<3]))
        #expect(await order(site, under: "participation") == Array(ids[0..<3]))
        _ = await site.post("\(notebook)/commune/\(ids[2])/plus-haut?axe=\(second)", as: .driss)
        _ = await site.post("\(notebook)/commune/\(ids[2])", ["dimension": second, "before": ids[0]], as: .driss)
        #expect(await order(site, under: "participation") == [ids[2], ids[0], ids[1]])
        #expect(await order(site) == Array(ids[0..<3]))
        let page = await site.get("\(notebook)/commune?axe=\(first)", as: .chloe).text
        #expect(page.contains("aussi sous\u{A0}: Dimension participation"))
        // Both are counted, and the form says where it stands.
        let meter = await site.get("\(notebook)/lecture?ordre=dimension", as: .chloe).text
        #expect(meter.contains("Une dimension n’a aucune note partagée\u{A0}: Dimension accompagnement."))
        #expect(meter.ranges(of: "«\u{A0}Note 0\u{A0}»").count == 2 && meter.ranges(of: "id=\"note-\(ids[0])\"").count == 1)
        let form = await site.get("\(notebook)/commune/\(ids[0])", as: .bo).text
        #expect(form.ranges(of: " checked").count == 2)
        // Nothing ticked: under none, and whoever looks there finds it.
        _ = await site.post("\(notebook)/commune/\(ids[0])", as: .bo)
        #expect(await site.get("\(notebook)/commune?axe=aucune", as: .ana).text.contains("dimensions choisies par Ana\u{A0}: "))
        // A table says each note once.
        let table = await site.get("\(notebook)/lecture/export?ordre=dimension&format=csv", as: .ana).text
        #expect(table.ranges(of: "Note 1").count == 1 && table.contains("Dimension cooperation ; Dimension participation"))
    }

    @Test func `a note moved meanwhile is not let go where it no longer stands`() async throws {
        let site = try await TestSite()
        await write(site, 0, "Note 0")
        let refused = await site.post(
            "\(notebook)/commune/\(ids[0])", ["dimension": site.cast.dimensions["participation"] ?? "", "before": ""], as: .bo)
        #expect(refused.status == 422)
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
