import Database
import Platform
import TestSupport
import Testing

@testable import Evidence

/// An answer entered by mistake is cancelled with a reason: the state before comes back, and no further.
@Suite struct MistakeTests {
    private func cancel(
        _ scene: Scene, _ id: String, _ changes: [String: String] = [:], latest: Bool = true, as name: Cast.Name = .nadia
    ) async throws -> Response {
        let consent = try await scene.test.site.database.read {
            try $0.text(
                """
                SELECT id FROM consent WHERE excerpt_id = \(id) AND id NOT IN
                    (SELECT consent_id FROM consent_cancellation WHERE consent_id IS NOT NULL)
                ORDER BY recorded_at DESC, id DESC LIMIT 1
                """) ?? ""
        }
        let fields = ["consent": latest ? consent : "", "reason": "Saisi sur le mauvais extrait.", "confirmed": "1"]
        return await scene.test.post("/extraits/\(id)/annulation", fields.merging(changes) { _, new in new }, as: name)
    }

    @Test func `a yes entered by mistake closes the words again, with its reason kept`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        _ = await scene.ask()
        _ = await scene.record(id)
        #expect(await scene.test.get("/textes/\(scene.text)", as: .yann).text.contains(Scene.words))
        #expect(try await cancel(scene, id).status == 303)
        #expect(await !scene.test.get("/textes/\(scene.text)", as: .yann).text.contains(Scene.words))
        let page = await scene.test.get("/extraits/\(id)", as: .nadia).text
        #expect(page.contains("saisie annulée"))
        #expect(page.contains("Saisi sur le mauvais extrait."))
        #expect(try await scene.traces(id).contains("excerpt.answerCancelled"))
    }

    @Test func `a no entered by mistake gives the words back to those who read them, nobody else`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        _ = await scene.ask()
        _ = await scene.record(id, ["answer": "no"])
        #expect(await !scene.test.get("/textes/\(scene.text)", as: .nadia).text.contains(Scene.words))
        #expect(try await cancel(scene, id).status == 303)
        #expect(await scene.test.get("/textes/\(scene.text)", as: .nadia).text.contains(Scene.words))
        #expect(await !scene.test.get("/textes/\(scene.text)", as: .yann).text.contains(Scene.words))
    }

    @Test func `the withdrawal of a quotation that waited is undone; one that took back a yes is not`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        _ = await scene.withdraw(id)
        #expect(await scene.test.get("/extraits/\(id)", as: .nadia).text.contains("Annuler cette saisie"))
        #expect(try await cancel(scene, id, latest: false).status == 303)
        #expect(await scene.test.get("/textes/\(scene.text)", as: .nadia).text.contains(Scene.words))
        _ = await scene.record(id)
        _ = await scene.withdraw(id)
        #expect(await !scene.test.get("/extraits/\(id)", as: .nadia).text.contains("Annuler cette saisie"))
        let refused = try await cancel(scene, id, latest: false)
        #expect(refused.status == 422)
        #expect(refused.text.contains("seul un nouvel accord"))
    }

    @Test func `a yes that undid a withdrawal, cancelled, leaves the words withdrawn`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        _ = await scene.record(id)
        _ = await scene.withdraw(id)
        _ = await scene.record(id)
        #expect(await scene.test.get("/textes/\(scene.text)", as: .nadia).text.contains(Scene.words))
        #expect(try await cancel(scene, id).status == 303)
        #expect(try await scene.read(id).withdrawnAt != nil)
        #expect(await !scene.test.get("/textes/\(scene.text)", as: .nadia).text.contains(Scene.words))
    }

    @Test func `it takes a reason, a tick, and the right`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        _ = await scene.record(id)
        #expect(try await cancel(scene, id, ["reason": " "]).status == 422)
        #expect(await scene.test.post("/extraits/\(id)/annulation", ["consent": "", "reason": "x"], as: .nadia).status == 422)
        for (name, status) in [(Cast.Name.ana, 403), (.yann, 403), (.zoe, 404), (.stranger, 404)] {
            #expect(try await cancel(scene, id, as: name).status == status, "\(name)")
        }
        #expect(try await cancel(scene, id).status == 303)
        #expect(try await cancel(scene, id).status == 404)
    }

    @Test func `after a withdrawal the staff read what was answered and its history`() async throws {
        let scene = try await Scene.make()
        let id = try await scene.quote()
        _ = await scene.record(id)
        _ = await scene.withdraw(id)
        #expect(await scene.test.get("/extraits/\(id)", as: .nadia).text.contains("Redit au téléphone."))
        let history = await scene.test.get("/extraits/\(id)/historique", as: .iris)
        #expect(history.status == 200)
        #expect(history.text.contains("a retiré l’extrait"))
        #expect(!history.text.contains("ensemble"))
        for (name, status) in [(Cast.Name.ana, 403), (.zoe, 404), (.stranger, 404)] {
            #expect(await scene.test.get("/extraits/\(id)/historique", as: name).status == status, "\(name)")
        }
    }
}
