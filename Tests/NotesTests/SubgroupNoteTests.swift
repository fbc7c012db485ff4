import Database
import Events
import Formats
import Platform
import TestSupport
import Testing

@testable import Notes

/// The notes of a sub-group: written with it, followed with it, and said so wherever they are read.
@Suite struct SubgroupNoteTests {
    private let notebook = "/programmes/essai/visites/caen/notes"
    private let ids = (0..<4).map { "0190a0f0-1111-4222-8333-44445555100\($0)" }

    /// Ana goes north, Bo and Chloé south; the workshop is where the south goes.
    private func made() async throws -> (site: TestSite, north: String, south: String) {
        let site = try await TestSite()
        let caen = site.cast.caen
        let people = (site.cast[.ana], site.cast[.bo], site.cast[.chloe])
        let (north, south) = try await site.site.amend(as: "visit.subgroupAdded", by: .site) { change in
            let (north, south) = (change.newId(), change.newId())
            try Subgroups.save(
                Subgroup(id: north, eventId: caen.visit, position: 1, name: "Équipe Nord"), members: [people.0], noteTakers: [people.0], in: change)
            try Subgroups.save(
                Subgroup(id: south, eventId: caen.visit, position: 2, name: "Équipe Sud"), members: [people.1, people.2], noteTakers: [], in: change)
            try change.run("UPDATE encounter SET subgroup_id = \(south) WHERE id = \(caen.encounter)")
            try change.trace("visit", caen.visit)
            return (north, south)
        }
        return (site, north, south)
    }

    private func write(
        _ site: TestSite, _ index: Int, _ text: String, _ more: [String: String] = [:], as name: Cast.Name = .ana, isShared: Bool = true
    ) async -> Response {
        let fields = ["id": ids[index], "base": "0", "manner": "observed", "text": text].merging(more) { $1 }
        let answer = await site.post(notebook, fields, as: name)
        if isShared { _ = await site.post("\(notebook)/\(ids[index])/partage", as: name) }
        return answer
    }

    @Test func `a note of an encounter is of its half-day, unless its author says another`() async throws {
        let (site, _, _) = try await made()
        let caen = site.cast.caen
        #expect(await write(site, 0, "Dans l’atelier", ["encounter": caen.encounter]).status == 303)
        #expect(await write(site, 1, "Le lendemain", ["encounter": caen.encounter, "slot": caen.slots[2]]).status == 303)
        let afternoon = await site.get("\(notebook)?demi-journee=\(caen.slots[1])", as: .ana).text
        #expect(afternoon.contains("Dans l’atelier") && !afternoon.contains("Le lendemain"))
        #expect(!(await site.get(notebook, as: .ana).text.contains("Sans demi-journée")))
    }

    @Test func `the notebook offers one's own sub-group, with and without network, and nothing where there are none`() async throws {
        let (site, north, _) = try await made()
        for address in [notebook, "\(notebook)/hors-ligne"] {
            let page = await site.get(address, as: .ana).text
            #expect(page.contains("<option value=\"\(north)\" selected>Équipe Nord</option>"), "\(address)")
            let other = await site.get(address, as: .driss).text
            #expect(other.contains("<option value=\"\(north)\">Équipe Nord</option>"), "\(address)")
        }
        let plain = try await TestSite()
        #expect(await !plain.get(notebook, as: .ana).text.contains("name=\"subgroup\""))
    }

    @Test func `a note says its sub-group, by the form, by the protocol and by the encounter`() async throws {
        let (site, north, south) = try await made()
        #expect(await write(site, 0, "AU-NORD", ["subgroup": north]).status == 303)
        #expect(await write(site, 1, "A-L-ATELIER", ["encounter": site.cast.caen.encounter], as: .bo).status == 303)
        let block: [String: JSONValue] = [
            "id": .string(ids[2]), "sequence": .int(1), "base": .int(0), "manner": .string("observed"), "text": .string("DU-TELEPHONE"),
            "subgroup": .string(south),
        ]
        let batch = JSONValue.object([
            "protocol": .int(1), "visit": .string(site.cast.caen.visit), "device": .string("d"), "blocks": .array([.object(block)]),
        ])
        #expect(await site.post("/api/v1/blocs", json: batch, as: .chloe).text.contains("\"saved\""))
        #expect(await site.post("/api/v1/blocs", json: batch, as: .chloe).text.contains("\"same\""))
        #expect(await site.get("/api/v1/blocs/\(ids[0])", as: .ana).text.contains("\"subgroup\":\"\(north)\""))
        #expect(await site.get("/api/v1/blocs/\(ids[1])", as: .bo).text.contains("\"subgroup\":\"\(south)\""))
        #expect(await site.get("/api/v1/blocs/\(ids[2])", as: .chloe).text.contains("\"subgroup\":\"\(south)\""))
        let refused = await write(site, 3, "D-AILLEURS", ["subgroup": site.cast.caen.visit])
        #expect(refused.status == 422 && refused.text.contains("Ce sous-groupe n’est pas de cette visite."))
    }

    @Test func `a sub-group taken off stays on the notes that were written with it`() async throws {
        let (site, north, _) = try await made()
        _ = await write(site, 0, "AU-NORD", ["subgroup": north])
        let visit = site.cast.caen.visit
        try await site.site.amend(as: "visit.subgroupRemoved", by: .site) { change in
            _ = try Subgroups.remove(north, of: visit, in: change)
            try change.trace("visit", visit)
        }
        #expect(await site.get(notebook, as: .bo).text.contains("Équipe Nord"))
        #expect(await site.get("\(notebook)/\(ids[0])", as: .ana).text.contains("<option value=\"\(north)\" selected>Équipe Nord</option>"))
        #expect(await write(site, 1, "ENVOYEE-APRES", ["subgroup": north]).status == 303)
    }

    @Test func `lists, the document and the tables say it, and show those of one sub-group`() async throws {
        let (site, north, south) = try await made()
        _ = await write(site, 0, "AU-NORD", ["subgroup": north])
        _ = await write(site, 1, "A-L-ATELIER", ["encounter": site.cast.caen.encounter], as: .bo)
        _ = await write(site, 2, "AVEC-TOUS", as: .chloe)
        for address in ["", "/lecture", "/lecture/document.md", "/export?format=ouvert", "/lecture/export?format=ouvert"] {
            let separator = address.contains("?") ? "&" : "?"
            let all = await site.get("\(notebook)\(address)", as: .driss).text
            #expect(["AU-NORD", "A-L-ATELIER", "AVEC-TOUS", "Équipe Nord", "Équipe Sud"].allSatisfy(all.contains), "\(address)")
            let some = await site.get("\(notebook)\(address)\(separator)sous-groupe=\(south)", as: .driss).text
            #expect(some.contains("A-L-ATELIER") && !some.contains("AU-NORD") && !some.contains("AVEC-TOUS"), "\(address)")
        }
        let grouped = await site.get("\(notebook)?vue=subgroup", as: .driss).text
        #expect(["Équipe Nord", "Équipe Sud", "Tout le groupe"].allSatisfy { grouped.contains("<h3>\($0)</h3>") })
    }

    @Test func `who follows a sub-group is told its notes and its people, and not those of another`() async throws {
        let (site, north, south) = try await made()
        let bo = try #require(await site.follow("\(notebook)/direct?sous-groupe=\(south)", as: .bo))
        let driss = try #require(await site.follow("\(notebook)/direct", as: .driss))
        #expect(await bo.hears("event: presence"))
        #expect(await driss.hears("event: presence"))
        _ = await site.post("\(notebook)/presence", as: .ana)
        #expect(await driss.hears("Équipe Nord\u{A0}: Ana écrit en ce moment."))
        _ = await write(site, 0, "AU-NORD", ["subgroup": north])
        #expect(await driss.hears("Ana vient de partager des notes"))
        _ = await site.post("\(notebook)/presence", as: .chloe)
        #expect(await bo.hears("Chloe écrit en ce moment."))
        _ = await write(site, 1, "AU-SUD", ["subgroup": south], as: .chloe)
        #expect(await bo.hears("Chloe vient de partager des notes"))
        #expect(!bo.text.contains("Ana"))
        bo.close()
        driss.close()
    }

    @Test func `the same words with another sub-group are another version`() {
        func sent(_ subgroup: String?, place: String = "") -> SentBlock {
            SentBlock(
                id: ids[0], base: 0, deviceId: "", sequence: 0, slotId: nil, encounterId: nil, manner: .verbatim, speaker: nil,
                text: "a", subgroupId: subgroup, place: place)
        }
        #expect(sent(nil).fingerprint == Secrets.sha256("a\u{1F}verbatim\u{1F}\u{1F}\u{1F}\u{1F}"))
        #expect(Set([sent(nil), sent("n"), sent("s"), sent(nil, place: "n")].map(\.fingerprint)).count == 4)
    }
}
