import Database
import Formats
import Platform
import TestSupport
import Testing

/// What the notebook shows, to whom, and what is written in the history.
@Suite struct NotebookPageTests {
    private let notebook = "/programmes/essai/visites/caen/notes"
    private let id = "0190a0f0-1111-4222-8333-444455556666"
    private let other = "0190a0f0-1111-4222-8333-444455557777"

    private func write(
        _ site: TestSite, _ id: String, _ text: String, _ more: [String: String] = [:], as name: Cast.Name = .ana
    ) async -> Response {
        let fields = ["id": id, "base": "0", "manner": "observed", "text": text].merging(more) { _, own in own }
        return await site.post(notebook, fields, as: name)
    }

    @Test func `private notes are in no list, count or export of others`() async throws {
        let site = try await TestSite()
        _ = await write(site, id, "SECRET-DE-CARNET")
        for name in Cast.Name.allCases where name != .ana {
            for address in [
                notebook, "\(notebook)/export", "/api/v1/visites/\(site.cast.caen.visit)/blocs", "/programmes/essai/notes",
                "/programmes/essai/visites/caen", "/recherche?q=SECRET", "/programmes/essai/visites",
            ] {
                let text = await site.get(address, as: name).text
                #expect(!text.contains("SECRET-DE-CARNET"), "\(name) \(address)")
                #expect(!text.contains("1 note que"), "\(name) \(address)")
            }
        }
        let mine = await site.get("/api/v1/visites/\(site.cast.caen.visit)/blocs", as: .ana).text
        #expect(mine.contains("SECRET-DE-CARNET"))
        #expect(await site.get("\(notebook)/export", as: .ana).text.contains("SECRET-DE-CARNET"))
    }

    @Test func `a notebook of a visit is not there for the members of another`() async throws {
        let site = try await TestSite()
        let lille = "/programmes/essai/visites/lille/notes"
        #expect(await site.get(lille, as: .ana).status == 404)
        #expect(await site.get(lille, as: .zoe).status == 404)
        _ = await write(site, id, "À Caen.")
        // The officer is in both groups; the block is of the other visit.
        #expect(await site.post("\(notebook)/\(id)/partage", as: .ana).status == 303)
        for act in ["partage", "retrait", "retour", "version"] {
            #expect(await site.post("\(lille)/\(id)/\(act)", ["version": "1"], as: .nadia).status == 404, "\(act)")
        }
        let sent = await site.post(lille, ["id": id, "base": "1", "manner": "observed", "text": "Ailleurs."], as: .nadia)
        #expect(sent.status == 422)
    }

    @Test func `an identifier that names something else is refused`() async throws {
        let site = try await TestSite()
        let answer = await write(site, site.cast.caen.visit, "Pas une note.")
        #expect(answer.status == 422)
        let kind = try await site.site.database.read { [visit = site.cast.caen.visit] in
            try $0.text("SELECT kind FROM access WHERE object_id = \(visit)")
        }
        #expect(kind == "visit")
    }

    @Test func `every field kept by a form that came back keeps its block`() async throws {
        let site = try await TestSite()
        let refused = await write(site, id, "Des mots.", ["speaker": "nobody-known", "base": "0"])
        #expect(refused.status == 422)
        #expect(refused.text.contains("Des mots.") && refused.text.contains("value=\"\(id)\""))
        // The script must not begin another block in its place.
        #expect(refused.text.contains("data-edit"))
    }

    @Test func `filters show the notes asked for`() async throws {
        let site = try await TestSite()
        let cast = site.cast
        _ = await write(site, id, "DU-MATIN", ["slot": cast.caen.slots[0], "dimension": cast.dimensions["cooperation"] ?? ""])
        _ = await write(site, other, "DE-L-ATELIER", ["encounter": cast.caen.encounter, "manner": "verbatim"])
        for (query, found) in [
            ("demi-journee=\(cast.caen.slots[0])", "DU-MATIN"), ("rencontre=\(cast.caen.encounter)", "DE-L-ATELIER"),
            ("axe=\(cast.dimensions["cooperation"] ?? "")", "DU-MATIN"), ("axe=none", "DE-L-ATELIER"),
            ("maniere=verbatim", "DE-L-ATELIER"),
        ] {
            let text = await site.get("\(notebook)?\(query)", as: .ana).text
            #expect(["DU-MATIN", "DE-L-ATELIER"].filter { text.contains($0) } == [found], "\(query)")
            #expect(text.contains("<details class=\"note-filters no-print\" open>"), "\(query)")
        }
        #expect(await site.get(notebook, as: .ana).text.contains("<details class=\"note-filters no-print\"><summary>Filtrer les notes</summary>"))
        #expect(!(await site.get("\(notebook)?par=\(cast[.bo])", as: .ana).text.contains("DU-MATIN")))
    }

    @Test func `a note about several dimensions is found by each, and its form says them all`() async throws {
        let site = try await TestSite()
        let dimensions = ["cooperation", "participation"].map { site.cast.dimensions[$0] ?? "" }
        let fields = [("id", id), ("base", "0"), ("sequence", "1"), ("manner", "observed"), ("text", "DES-DEUX")]
        #expect(await site.post(notebook, pairs: fields + dimensions.map { ("dimension", $0) }, as: .ana).status == 303)
        for query in dimensions { #expect(await site.get("\(notebook)?axe=\(query)", as: .ana).text.contains("DES-DEUX"), "\(query)") }
        for query in ["none", site.cast.dimensions["accompagnement"] ?? ""] {
            #expect(await !site.get("\(notebook)?axe=\(query)", as: .ana).text.contains("DES-DEUX"), "\(query)")
        }
        #expect(await site.get(notebook, as: .ana).text.contains("Dimension cooperation et Dimension participation"))
        #expect(await site.get("\(notebook)/\(id)", as: .ana).text.matches(of: #/name="dimension" value="[^"]+" checked/#).count == 2)
        #expect(await site.get("\(notebook)/export?format=csv", as: .ana).text.contains("Dimension cooperation ; Dimension participation"))
        // One of them is not of this grid: nothing is kept, and what was ticked stays.
        let refused = await site.post(notebook, pairs: [("id", other)] + fields.dropFirst() + [("dimension", dimensions[0]), ("dimension", "x")], as: .ana)
        #expect(refused.status == 422 && refused.text.contains("Cette dimension n’est pas de la grille du programme."))
        #expect(refused.text.matches(of: #/name="dimension" value="[^"]+" checked/#).count == 1)
    }

    @Test func `a note changed and changed back says what it says now`() async throws {
        let site = try await TestSite()
        _ = await write(site, id, "Premier mot.")
        _ = await write(site, id, "Second mot.", ["base": "1"])
        _ = await write(site, id, "Premier mot.", ["base": "2"])
        let page = await site.get(notebook, as: .ana).text
        #expect(page.contains("Premier mot.") && !page.contains("Second mot."))
    }

    @Test func `notes sent together stand from the last written to the first`() async throws {
        let site = try await TestSite()
        let ids = ["f", "3", "9", "0"].map { "0190a0f0-1111-4222-8333-44445555000\($0)" }
        let blocks = ids.enumerated().map { index, id in
            JSONValue.object([
                "id": .string(id), "sequence": .int(Int64(index)), "base": .int(0), "manner": .string("observed"),
                "text": .string("Note numéro \(index)"),
            ])
        }
        let batch = JSONValue.object([
            "protocol": .int(1), "visit": .string(site.cast.caen.visit), "device": .string("d"), "blocks": .array(blocks),
        ])
        #expect(await site.post("/api/v1/blocs", json: batch, as: .ana).status == 200)
        let page = await site.get(notebook, as: .ana).text
        let places = (0..<4).compactMap { page.firstRange(of: "Note numéro \($0)")?.lowerBound }
        #expect(places.count == 4 && places == places.sorted(by: >))
    }

    @Test func `what is done with a note is in its history, without its words`() async throws {
        let site = try await TestSite()
        _ = await write(site, id, "SECRET-DE-CARNET")
        _ = await site.post("\(notebook)/\(id)/partage", as: .ana)
        _ = await site.post("\(notebook)/\(id)/retrait", as: .ana)
        _ = await site.post("\(notebook)/\(id)/retour", as: .ana)
        let (actions, details) = try await site.site.database.read { [id] in
            (
                try $0.texts("SELECT action FROM audit WHERE object_id = \(id) ORDER BY at, id"),
                try $0.texts("SELECT details FROM audit")
            )
        }
        #expect(Set(actions) == ["note.written", "note.shared", "access.widened", "note.withdrawn", "note.restored"])
        #expect(!details.contains { $0.contains("SECRET") })
    }

    @Test func `one is led back to the page that shows the note one wrote, shared or took back`() async throws {
        let site = try await TestSite()
        func name(_ number: Int) -> String { "carnet-de-terrain-\(number)" }
        var location = ""
        for number in 0..<45 {
            let fields = ["id": name(number), "base": "0", "sequence": "\(number)", "text": "Note n° \(number).", "manner": "observed"]
            location = await site.post(notebook, fields, as: .ana).header("location") ?? ""
        }
        #expect(location == "\(notebook)?fait=ecrite#note-\(name(44))")
        #expect(await site.get(String(location.prefix { $0 != "#" }), as: .ana).text.contains("Note n° 44."))
        for (act, done) in [("partage", "partagee"), ("reprise", "reprise")] {
            let location = await site.post("\(notebook)/\(name(20))/\(act)", as: .ana).header("location")
            #expect(location == "\(notebook)?fait=\(done)&page=2#note-\(name(20))")
        }
        let first = await site.post("\(notebook)/\(name(0))/partage", as: .ana).header("location")
        #expect(first == "\(notebook)?fait=partagee&page=3#note-\(name(0))")
    }
}
