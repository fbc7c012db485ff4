import Application
import Community
import Database
import Formats
import Platform
import TestSupport
import Visits

/// Another programme beside the whole one, with one of each thing, of somebody who has nothing to do with « Essai ».
struct Elsewhere {
    /// What stands for `{name}` in a path.
    private(set) var values: [String: String] = [:]
    /// The rows of each table that are of it alone.
    private(set) var rows: [String: Set<String>] = [:]
    /// The rows of the site before anything is tried.
    private(set) var all: [String: Set<String>] = [:]
    /// Its visit.
    private(set) var visit = ""
    /// The identifiers that are of it alone.
    private(set) var identifiers: Set<String> = []

    static func make(beside whole: Whole) async throws -> Elsewhere {
        var elsewhere = Elsewhere()
        let before = try await rows(of: whole.test)
        try await elsewhere.fill(whole.test)
        elsewhere.all = try await rows(of: whole.test)
        for (table, now) in elsewhere.all { elsewhere.rows[table] = now.subtracting(before[table] ?? []) }
        let known = Set(before.values.flatMap { $0.flatMap(identifiers) })
        elsewhere.identifiers = Set(elsewhere.rows.values.flatMap { $0.flatMap(identifiers) }).subtracting(known)
        return elsewhere
    }

    /// Every row of every table that people's things are in, as a line; on SQLite, where the whole site is.
    static func rows(of test: TestSite) async throws -> [String: Set<String>] {
        try await test.site.database.read { reader in
            let tables = try reader.texts(reader.dialect.tables).filter { !$0.hasPrefix("search_") && !["session", "form_sending", "account"].contains($0) }
            return try Dictionary(
                uniqueKeysWithValues: tables.map { table in
                    let columns = try reader.texts("SELECT name FROM pragma_table_info(\(table))")
                    let line = columns.map { "'\($0)=' || quote(\"\($0)\")" }.joined(separator: " || ' ' || ")
                    return (table, Set(try reader.texts(SQL(text: "SELECT \(line) FROM \"\(table)\""))))
                })
        }
    }

    static func identifiers(_ line: String) -> [String] {
        line.matches(of: #/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/#).map { String($0.output) }
    }

    // MARK: - What is made

    private mutating func fill(_ test: TestSite) async throws {
        let own = test.cast[.stranger]
        let (programme, visit) = try await test.site.amend(as: "test.elsewhere", by: .site) { change in
            let programme = try CommunitySeed.programme(2, seed: 1, in: change)
            for role in [Role.officer, .coordinator, .researcher, .committee] { try change.join(own, scope: programme, as: role) }
            let grid = change.newId()
            try change.run("INSERT INTO grid (id, programme_id) VALUES (\(grid), \(programme))")
            try change.protect(Protection("grid", grid, programme: programme, author: nil, scope: programme, audience: .everyone))
            try change.run(
                "INSERT INTO dimension (id, grid_id, file_key, position, name, description) VALUES (\(change.newId()), \(grid), 'ailleurs', 0, 'Ailleurs', '')")
            let territory = change.newId()
            try change.run(
                "INSERT INTO territory (id, programme_id, file_key, slug, name) VALUES (\(territory), \(programme), 'ailleurs', 'ailleurs', 'Ailleurs')")
            try change.protect(Protection("territory", territory, programme: programme, author: nil, audience: .everyone))
            return (programme, try VisitSeed.visit(2, in: programme, territory: territory, visitors: [own], hosts: [own], seed: 1, change))
        }
        self.visit = visit.id
        values["programme"] = try await one(test, "SELECT slug FROM programme WHERE id = \(programme)")
        (values["visit"], values["person"], values["territory"]) = (visit.slug, own, "ailleurs")
        values["territory id"] = try await one(test, "SELECT id FROM territory WHERE programme_id = \(programme)")
        let (base, slug) = (visit.path, values["programme"] ?? "")
        func post(_ path: String, _ fields: [String: String] = [:], file: UploadedFile? = nil) async {
            _ = file == nil ? await test.post(path, fields, as: .stranger) : await test.post(path, fields, files: ["file": file!], as: .stranger)
        }
        func id(_ name: String, _ query: SQL) async throws -> String {
            values[name] = try await one(test, query)
            return values[name] ?? ""
        }
        values["slot"] = try await one(test, "SELECT id FROM slot WHERE event_id = \(visit.id)")
        values["dimension"] = try await one(test, "SELECT dimension.id FROM dimension JOIN grid ON grid.id = grid_id WHERE programme_id = \(programme)")
        await post("/programmes/\(slug)/seminaires", ["title": "Ailleurs", "first_day": "12/05/2026", "length": "one", "mode": "remote", "place": ""])
        _ = try await id("event", "SELECT id FROM event WHERE programme_id = \(programme) AND id <> \(visit.id)")
        await post("\(base)/parties-prenantes", ["label": "Deux salariées", "stakeholder_kind": "employee"])
        _ = try await id("stakeholder", "SELECT id FROM visit_stakeholder WHERE visit_id = \(visit.id)")
        await post("\(base)/rencontres", ["title": "Atelier", "kind": "employee", "slot": values["slot"] ?? ""])
        _ = try await id("encounter", "SELECT id FROM encounter WHERE event_id = \(visit.id)")
        await post("\(base)/sous-groupes", ["name": "À part", "members": own])
        _ = try await id("subgroup", "SELECT id FROM subgroup WHERE event_id = \(visit.id)")
        await post("\(base)/sondage", ["day_1": "14/04/2027", "half_days": "4", "people": own])
        await post("\(base)/documents", ["readers": "circle"], file: UploadedFile(name: "plan.txt", bytes: Array("Plan".utf8)))
        _ = try await id("file", "SELECT id FROM attachment WHERE owner_id = \(visit.id)")
        await post("\(base)/frais", ["kind": "travel", "spent_on": "01/03/2026", "amount": "12", "words": "Train"], file: UploadedFile(name: "billet.txt", bytes: Array("B".utf8)))
        _ = try await id("claim", "SELECT id FROM cost_claim WHERE visit_id = \(visit.id)")
        values["file justificatifs"] = try await one(test, "SELECT id FROM cost_receipt WHERE claim_id = \(values["claim"] ?? "")")
        await post("\(base)/frais/avances", ["person": own, "amount": "50", "paid_on": "01/03/2026", "words": ""])
        _ = try await id("advance", "SELECT id FROM cost_advance WHERE visit_id = \(visit.id)")
        try await write(test, visit, post)
        try await ask(test, visit)
    }

    private mutating func write(_ test: TestSite, _ visit: Visit, _ post: (String, [String: String], UploadedFile?) async -> Void) async throws {
        let block = "0190a0f0-5555-4222-8333-444455556666"
        values["block"] = block
        let note = ["id": block, "base": "0", "sequence": "1", "text": "Dit ailleurs, longuement.", "manner": "observed", "slot": values["slot"] ?? ""]
        await post("\(visit.path)/notes", note, nil)
        await post("\(visit.path)/notes/\(block)/partage", [:], nil)
        await post("\(visit.path)/notes/\(block)/photos", TestImage.said, TestImage.file())
        values["file photos"] = try await one(test, "SELECT id FROM attachment WHERE owner_id = \(block)")
        await post("\(visit.path)/impressions", [:], nil)
        for kind in ["synthesis", "sheet"] { await post("\(visit.path)/textes", ["kind": kind], nil) }
        for (name, kind) in [("text", "synthesis"), ("sheet", "sheet"), ("impression", "impression")] {
            values[name] = try await one(test, "SELECT id FROM text WHERE subject_id = \(visit.id) AND kind = \(kind)")
        }
        values["version"] = values["text"]
        let text = values["text"] ?? ""
        let quote = ["source": "block", "id": block, "version": "1", "words": "Dit ailleurs", "attribution": "function", "shown_as": "quelqu’un"]
        await post("/textes/\(text)/extraits", quote, nil)
        values["excerpt"] = try await one(test, "SELECT id FROM excerpt WHERE source_id = \(block)")
        values["unshown"] = values["excerpt"]
        let head = try await one(test, "SELECT head_id FROM text WHERE id = \(text)")
        await post("/textes/\(text)/sections/initiative", ["body": "Ailleurs.", "base": head, "act": "revision"], nil)
        values["revision"] = try await one(test, "SELECT head_id FROM text WHERE id = \(text)")
        values["object"] = text
        await post("/textes/\(text)/validation/demande", ["deadline": "2026-03-20", "ahead": "1", "validators": test.cast[.stranger]], nil)
        await post("/textes/\(text)/validation/reponse", ["exact": "no", "publishable": "yes", "kind": "object", "objection": "error", "text": "Non."], nil)
        values["answer"] = try await one(test, "SELECT id FROM endorsement WHERE person_id = \(test.cast[.stranger])")
        await post("\(visit.path)/bilan", [:], nil)
        await post("\(visit.path)/bilan/lignes", ["part": "advice", "text_advice": "Ailleurs."], nil)
        values["line"] = try await one(test, "SELECT review_line.id FROM review_line JOIN review ON review.id = review_id WHERE visit_id = \(visit.id)")
    }

    /// A question of a grid that was validated, a comment on it, what is asked to change.
    private mutating func ask(_ test: TestSite, _ visit: Visit) async throws {
        let (own, dimension) = (test.cast[.stranger], values["dimension"] ?? "")
        let ids = try await test.site.amend(as: "test.asked", by: .site) { change in
            let (question, comment, asked) = (change.newId(), change.newId(), change.newId())
            change.leaveAsItIs()
            try change.run(
                "INSERT INTO question (id, dimension_id, position, text, probes) VALUES (\(question), \(dimension), 1, 'Qui, ailleurs ?', '')")
            try change.run(
                """
                INSERT INTO grid_comment (id, grid_id, subject_id, author_id, body, written_at)
                SELECT \(comment), grid_id, \(question), \(own), 'Ailleurs.', 1 FROM dimension WHERE id = \(dimension)
                """)
            try change.run(
                """
                INSERT INTO grid_change (id, visit_id, kind, question_id, dimension_id, text, proposed_by, proposed_at)
                VALUES (\(asked), \(visit.id), 'reword', \(question), \(dimension), 'Et ailleurs ?', \(own), 1)
                """)
            return (question, comment, asked)
        }
        (values["question"], values["comment"], values["change"]) = ids
        values["item"] = ids.0
    }

    private func one(_ test: TestSite, _ query: SQL) async throws -> String {
        try await test.site.database.read { try $0.text(query) ?? "" }
    }
}
