import Database
import Evidence
import Formats
import Platform
import TestSupport
import Texts

/// A note of Ana shared with the visiting group of Caen, and a synthesis that Nadia writes: made through the same doors as people use.
struct Scene {
    let test: TestSite
    let note: String
    let text: String

    static let said = "On décide ensemble 🐝, même quand c’est long. On décide tard."
    static let words = "On décide ensemble 🐝"

    private let notes = "/programmes/essai/visites/caen/notes"
    var cite: String { "/textes/\(text)/extraits" }
    var editor: String { "/textes/\(text)/sections/support_structure/modifier" }

    static func make(manner: String = "verbatim", isShared: Bool = true) async throws -> Scene {
        let test = try await TestSite()
        let answer = await test.post("/programmes/essai/visites/caen/textes", ["kind": "synthesis"], as: .nadia)
        let location = String((answer.header("location") ?? "").split(separator: "?").first ?? "")
        let scene = Scene(
            test: test, note: "0190a0f0-1111-4222-8333-444455556666", text: String(location.split(separator: "/").last ?? ""))
        await scene.write(Scene.said, manner: manner)
        if isShared { _ = await test.post("\(scene.notes)/\(scene.note)/partage", as: .ana) }
        return scene
    }

    /// Ana writes the note, or a newer version of it.
    func write(_ text: String, manner: String = "verbatim", base: Int = 0) async {
        let fields = [
            "id": note, "base": String(base), "sequence": String(base + 1), "text": text, "manner": manner, "speaker": "employee",
            "slot": test.cast.caen.slots[1], "encounter": test.cast.caen.encounter,
            "dimension": test.cast.dimensions["cooperation"] ?? "",
        ]
        _ = await test.post(notes, fields, as: .ana)
    }

    /// Sends the form that cites words of the note.
    func send(_ changes: [String: String] = [:], as name: Cast.Name = .nadia) async -> Response {
        let fields = [
            "source": "block", "id": note, "version": "1", "words": Scene.words, "attribution": "function", "shown_as": "une salariée",
        ]
        return await test.post(cite, fields.merging(changes) { _, new in new }, as: name)
    }

    /// Cites words and puts the quotation in the synthesis; answers the identifier of the excerpt.
    func quote(_ changes: [String: String] = [:]) async throws -> String {
        let location = await send(changes).header("location") ?? ""
        let id = String(location.dropFirst("/extraits/".count).prefix { $0 != "?" })
        try await revise("Avant.\n\n[[citation:\(id)]]\n\nAprès.")
        return id
    }

    func revise(_ body: String) async throws {
        let base = try await test.site.database.read { [text] in try TextQueries.head(text, $0).id }
        _ = await test.post(
            "/textes/\(text)/sections/support_structure", ["body": body, "base": base, "act": "revision"], as: .nadia)
    }

    /// Records an answer of the person quoted.
    func record(_ id: String, _ changes: [String: String] = [:], as name: Cast.Name = .nadia) async -> Response {
        await test.post("/extraits/\(id)/accords", answer(changes), as: name)
    }

    func answer(_ changes: [String: String] = [:]) -> [String: String] {
        [
            "answer": "yes", "purpose": "quote", "asked_how": "oral", "collected_by": test.cast[.iris], "collected_on": "01/03/2026",
            "proof": "Redit au téléphone.", "warned": "1",
        ].merging(changes) { _, new in new }
    }

    func withdraw(_ id: String, as name: Cast.Name = .nadia) async -> Response {
        await test.post("/extraits/\(id)/retrait", ["confirmed": "1"], as: name)
    }

    /// Asks the host's signatory and the visitors to validate: the host then sees the synthesis.
    func ask() async -> Response {
        await test.post(
            "/textes/\(text)/validation/demande",
            pairs: [("deadline", "2026-03-20"), ("ahead", "1")] + ([.yann] + Cast.visitors).map { ("validators", test.cast[$0]) }, as: .nadia)
    }

    func read(_ id: String) async throws -> Excerpt {
        try await test.site.database.read { try ExcerptQueries.excerpt(id, $0) }
    }

    func count(_ statement: SQL) async throws -> Int { try await test.site.database.read { try $0.count(statement) } }

    func traces(_ id: String) async throws -> [String] {
        try await test.site.database.read { try $0.texts("SELECT action FROM audit WHERE object_id = \(id) ORDER BY at, id") }
    }
}
