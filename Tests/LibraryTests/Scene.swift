import Database
import Formats
import Platform
import TestSupport
import Texts

/// A synthesis of the visit to Caen on its way to the commons: one quotation, a validation asked on 17 March for 20 March 2026.
struct Scene {
    let test: TestSite
    let text: String
    let excerpt: String
    let request: String
    var publication: String { "/textes/\(text)/publication" }

    static let words = "On décide ensemble, <même> quand c’est long."

    /// - Parameter isConsented: false leaves the quotation waiting for its author.
    static func make(isConsented: Bool = true, ending: String = "Écouter d’abord.") async throws -> Scene {
        let test = try await TestSite(on: Day(iso: "2026-03-17")!)
        let cast = test.cast
        let (text, excerpt, request) = try await test.site.amend(as: "test.scene", by: .site) { change in
            let excerpt = try Scene.quote(cast, isConsented: isConsented, in: change)
            let bodies = [
                "Une **structure** qui accompagne sans décider.\n\n[[citation:\(excerpt)]]\n\nEt la suite.", "Un atelier de vélos.",
                "La transition se voit dans les gestes.", ending,
            ]
            let sections = zip(TextKind.synthesis.sections, bodies).map { Section(key: $0, title: "Partie \($0)", body: $1) }
            let text = try Texts.create(
                .synthesis, about: cast.caen.visit, programme: cast.programme, title: "Colombelles, l’emploi choisi",
                sections: sections, author: cast[.nadia], audience: .scope, scope: cast.caen.circle, in: change)
            return (text, excerpt, try Scene.ask(text, cast, in: change))
        }
        return Scene(test: test, text: text, excerpt: excerpt, request: request)
    }

    private static func quote(_ cast: Cast, isConsented: Bool, in change: Change) throws -> String {
        let id = change.newId()
        let commitment = Secrets.sha256("sel\n\(words)")
        try change.run(
            """
            INSERT INTO excerpt (id, programme_id, visit_id, source, source_id, source_version, start_point, end_point, words,
                words_before, words_after, manner, speaker, dimension_id, encounter_id, salt, commitment, attribution, shown_as,
                created_by, created_at)
            VALUES (\(id), \(cast.programme), \(cast.caen.visit), 'block', \(change.newId()), 1, 0, \(words.unicodeScalars.count),
                \(words), '', '', 'verbatim', 'employee', \(cast.dimensions["cooperation"]), \(cast.caen.encounter), 'sel',
                \(commitment), 'function', 'Une salariée', \(cast[.iris]), \(change.now))
            """)
        try change.protect(
            Protection("excerpt", id, programme: cast.programme, author: cast[.iris], scope: cast.caen.circle, audience: .scope))
        if isConsented {
            try change.run(
                """
                INSERT INTO consent (id, excerpt_id, is_given, asked_how, collected_by, collected_on, purpose, shown_hash, proof,
                    recorded_at)
                VALUES (\(change.newId()), \(id), 1, 'oral', \(cast[.iris]), '2026-04-16', 'quote',
                    \(Secrets.sha256("\(words)\nfunction\nUne salariée")), 'Relu au téléphone.', \(change.now))
                """)
        }
        return id
    }

    private static func ask(_ text: String, _ cast: Cast, in change: Change) throws -> String {
        let head = try TextQueries.head(text, change)
        let id = change.newId()
        try change.run(
            """
            INSERT INTO validation_request (id, text_id, revision_id, revision_hash, deadline, asked_by, asked_at)
            VALUES (\(id), \(text), \(head.id), \(head.hash), '2026-03-20', \(cast[.nadia]), \(change.now))
            """)
        for (name, side) in [(Cast.Name.yann, "host")] + Cast.visitors.map({ ($0, "visitor") }) {
            try change.run("INSERT INTO validator (request_id, person_id, side, is_signatory) VALUES (\(id), \(cast[name]), \(side), \(side == "host"))")
        }
        try change.trace("text", text, programme: cast.programme)
        return id
    }

    /// Somebody answers.
    func answer(
        _ name: Cast.Name, _ kind: String = "endorse", publishable: Bool = true, text: String = "", outcome: String? = nil
    ) async throws {
        let (request, person, id) = (request, test.cast[name], text)
        try await test.site.amend(as: "test.answer", by: .site) { change in
            let answer = change.newId()
            try change.run(
                """
                INSERT INTO endorsement (id, request_id, person_id, answer, is_exact, is_publishable, reservation, objection_kind,
                    interests, answered_at)
                VALUES (\(answer), \(request), \(person), \(kind), 1, \(publishable), \(id), \(kind == "object" ? "harm" : nil), '',
                    \(change.now))
                """)
            if let outcome {
                try change.run(
                    """
                    INSERT INTO objection_outcome (endorsement_id, outcome, reason, reply, decided_at)
                    VALUES (\(answer), \(outcome), 'Parce que.', 'Soit.', \(change.now))
                    """)
            }
            try change.trace("text", request)
        }
    }

    /// The host and three of the five visitors find it exact and publishable; the deadline goes by.
    func answerEnough() async throws {
        for name in [Cast.Name.yann, .ana, .bo] { try await answer(name) }
        try await answer(.chloe, "endorse_with_reservation", text: "Une seule gérance <entendue>.")
        test.clock.move(to: Day(iso: "2026-03-21")!)
        try await test.renewSessions()
    }

    /// What the form of the publication holds when it is right.
    func fields(_ changes: [String: String] = [:]) -> [String: String] {
        [
            "license": "CC-BY-SA-4.0", "authors": "Nadia, chargée de mission\nIris, chercheuse", "territory": test.cast.territory,
            "not_before": "", "lede": "Deux jours à Colombelles.", "slug": "", "unexplained": "1",
        ].merging(changes) { _, new in new }
    }

    /// Publishes through the real door.
    @discardableResult func publish(_ changes: [String: String] = [:], as name: Cast.Name = .nadia) async -> Response {
        await test.post(publication, fields(changes), as: name)
    }

    /// The officer writes a new revision.
    func revise(_ body: String, isFormOnly: Bool) async throws {
        let id = text
        try await test.site.amend(as: "test.revised", by: .site) { change in
            let head = try TextQueries.head(id, change)
            var sections = head.sections
            sections[1].body = body
            try Texts.revise(id, title: head.title, sections: sections, summary: "", isFormOnly: isFormOnly, in: change)
        }
    }

    /// The person quoted takes their words back.
    func withdraw() async throws {
        let id = excerpt
        try await test.site.amend(as: "test.withdrawn", by: .site) { change in
            try change.run("UPDATE excerpt SET withdrawn_at = \(change.now) WHERE id = \(id)")
            try change.withdraw(id)
            try change.trace("excerpt", id)
        }
    }
}
