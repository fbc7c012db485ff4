import Database
import Evidence
import Platform
import TestSupport
import Testing

/// Somebody quoted asks that nothing of them be kept.
@Suite struct ExcerptErasureTests {
    @Test func `the words, the name and the proof go from everywhere, and the chain holds`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote(["attribution": "name", "shown_as": "Lucie Zqtrouve"])
        _ = await scene.record(id, ["purpose": "name", "proof": "Lettre de Lucie Zqtrouve"])
        let before = try await scene.read(id)
        #expect(await scene.test.post("/extraits/\(id)/effacement", as: .nadia).status == 422)
        #expect(await scene.test.post("/extraits/\(id)/effacement", ["erase": "1"], as: .bo).status == 403)
        #expect(await scene.test.post("/extraits/\(id)/effacement", ["erase": "1"], as: .nadia).status == 303)
        let after = try await scene.read(id)
        #expect(after.words.isEmpty && after.shownAs.isEmpty && after.salt.isEmpty && after.erasedAt != nil && after.withdrawnAt != nil)
        #expect(after.commitment == before.commitment)
        let note = try await scene.test.site.database.read { try $0.text("SELECT text FROM note_version WHERE block_id = \(scene.note)") }
        #expect(note == String(repeating: "·", count: Scene.words.unicodeScalars.count) + ", même quand c’est long. On décide tard.")
        for word in ["Zqtrouve", Scene.words] {
            let tables = try await scene.test.site.database.read { reader in
                try reader.texts(reader.dialect.tables).filter { table in
                    try reader.rows(TestDatabase.everything(in: table, reader)).contains { row in row.names.contains { "\(row[$0])".contains(word) } }
                }
            }
            #expect(tables == [], "\(word)")
        }
        #expect(await scene.test.get("/extraits/\(id)", as: .nadia).text.contains("ont été effacés"))
        #expect(try await scene.count("SELECT COUNT(*) FROM mail WHERE body LIKE '%Zqtrouve%'") == 0)
    }

    @Test func `a note that bears the identifier of a revision takes nothing of it away with its author`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        let (note, mallory) = (scene.note, scene.test.cast[.iris])
        // As if the words came from a revision of somebody else's impression, which a note took the identifier of.
        try await scene.test.site.database.write { writer in
            try writer.run("UPDATE excerpt SET source = 'revision' WHERE id = \(id)")
            try writer.run("UPDATE note_block SET author_id = \(mallory) WHERE id = \(note)")
        }
        let before = try await scene.read(id)
        try await Erasures.apply(.complete, keepsAuthorship: false, to: mallory, by: .site, scene.test.site)
        let after = try await scene.read(id)
        #expect(after.words == before.words && after.wordsAfter == before.wordsAfter && after.erasedAt == nil)
    }
}
