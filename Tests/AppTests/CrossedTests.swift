import Application
import Database
import Formats
import Platform
import TestSupport
import Testing

/// Who may do something in one programme does it to nothing of another, whatever they put in the address or in the form.
@Suite struct CrossedTests {
    /// Who tries, the one with most rights first.
    private static let order: [Whole.Onlooker] = [.officer, .coordinator, .researcher, .visitor, .host, .committee, .facilitator]

    /// What people fill forms with: words, and the things of a programme.
    private static func form(_ values: [String: String], _ test: TestSite) -> [String: String] {
        func value(_ name: String) -> String { values[name] ?? "" }
        let things = [
            "slot": "slot", "encounter": "encounter", "rencontre": "encounter", "dimension": "dimension", "about_dimension": "dimension", "question": "question", "questions": "question",
            "subgroup": "subgroup", "person": "person", "people": "person", "members": "person", "validators": "person", "visitors": "person", "note_takers": "person",
            "collected_by": "person", "speaker_id": "person", "signatory": "person", "claimant": "person", "answer": "answer", "excerpt": "excerpt", "territory": "territory id",
            "change": "change", "line": "line", "file": "file", "option": "option", "event": "event", "visit": "visit",
            "block": "block", "version": "version", "base": "revision", "same": "person", "host": "host",
        ]
        let words = [
            "name": "Nom", "title": "Titre", "body": "Texte.", "reason": "Raison.", "label": "Libellé", "summary": "Résumé", "place": "Ici", "amount": "5",
            "kind": "travel", "spent_on": "01/03/2026", "paid_on": "01/03/2026", "words": "Mots", "manner": "observed", "half": "am", "comes": "1",
            "confirmed": "1", "decision": "accepted", "outcome": "arbitrated", "text": "Texte.",
        ]
        return words.merging(things.mapValues(value)) { $1 }
    }

    /// Forms that name things, filled well enough to be taken, with what they name: of another programme, none may be.
    private static let filled: [String: (fields: [String: String], things: [String])] = [
        "/programmes/{programme}/visites/{visit}/notes": (
            ["id": "0190a0f0-7777-4222-8333-444455556666", "base": "0", "sequence": "1", "text": "Ici.", "manner": "observed"],
            ["slot", "encounter", "dimension", "subgroup", "questions"]
        ),
        "/programmes/{programme}/visites/{visit}/notes/commune/{block}": ([:], ["dimension"]),
        "/programmes/{programme}/visites/{visit}/rencontres": (["title": "Ici", "kind": "employee"], ["slot", "subgroup"]),
        "/programmes/{programme}/visites/{visit}/rencontres/{encounter}": (["title": "Ici", "kind": "employee"], ["slot", "subgroup"]),
        "/programmes/{programme}/visites/{visit}/grille/changements": (["kind": "add", "text": "Ici ?"], ["dimension", "question"]),
        "/programmes/{programme}/visites/{visit}/bilan/lignes": (["part": "results", "text_results": "Ici."], ["about_dimension", "dimension", "question"]),
        "/programmes/{programme}/visites/{visit}/frais": (["kind": "travel", "spent_on": "01/03/2026", "amount": "12", "words": "Train"], ["person", "claimant"]),
        "/programmes/{programme}/visites/{visit}/frais/avances": (["amount": "12", "paid_on": "01/03/2026", "words": "Train"], ["person"]),
        "/programmes/{programme}/visites/{visit}/sous-groupes": (["name": "Ici aussi"], ["members"]),
        "/programmes/{programme}/grille/brouillon/questions/{question}": (["text": "Ici ?", "probes": ""], ["dimension"]),
        "/programmes/{programme}/visites": (["name": "Ici", "place": "Ici"], ["territory", "host"]),
        "/textes/{text}/extraits": (["source": "block", "version": "1", "words": "Dit ailleurs", "attribution": "function", "shown_as": "quelqu’un"], ["block"]),
        "/textes/{text}/publication": (
            ["license": "CC-BY-SA-4.0", "authors": "Nadia", "not_before": "", "lede": "Ici.", "slug": "", "unexplained": "1"], ["territory"]
        ),
        "/textes/{text}/blancs": (["reason": "Pas vu."], ["dimension"]),
    ]

    /// What of another programme an act changed, or took into the things of this one.
    private func harm(_ now: [String: Set<String>], _ elsewhere: Elsewhere) -> [String] {
        now.flatMap { table, rows -> [String] in
            let changed = (elsewhere.rows[table] ?? []).subtracting(rows).map { "changed, \(table): \($0)" }
            let taken = rows.subtracting(elsewhere.all[table] ?? []).filter { !elsewhere.identifiers.isDisjoint(with: Elsewhere.identifiers($0)) }
            return changed + taken.map { "taken, \(table): \($0)" }
        }
    }

    @Test func `nobody changes anything of a programme that they are not of, nor brings it into theirs`() async throws {
        let whole = try await Whole.make()
        let elsewhere = try await Elsewhere.make(beside: whole)
        let missing = Set(Self.needed).filter { (elsewhere.values[$0] ?? "").isEmpty }
        #expect(missing.isEmpty, "not made elsewhere: \(missing.sorted())")
        var site = try await TestSite(copy: whole.test)
        var tokens: [Whole.Onlooker: String] = [:]
        for onlooker in Self.order { tokens[onlooker] = await whole.client(onlooker).token(on: "/connexion") }
        for line in RoutesTable.lines where line.method == .post && line.path.contains("{") && !line.path.contains("{secret}") && !line.path.hasPrefix("/langue") {
            guard let who = Self.order.first(where: { line.answers[Whole.Onlooker.allCases.firstIndex(of: $0)!] == RoutesTable.open }) else { continue }
            for (path, fields) in attempts(line, whole, elsewhere) {
                let client = whole.client(who, on: site)
                let answer = path.hasPrefix("/api/") ? await client.post(path, json: .object(whole.batch), token: tokens[who]) : await client.post(path, fields, token: tokens[who])
                #expect(answer.status < 500, "\(who.rawValue) \(line.name): \(path)")
                guard answer.status < 400 else { continue }
                let now = try await Elsewhere.rows(of: site)
                if now == elsewhere.all { continue }
                let harm = harm(now, elsewhere)
                #expect(harm.isEmpty, "\(who.rawValue) \(line.name), \(path): \(harm)")
                site = try await TestSite(copy: whole.test)
            }
        }
        for batch in batches(whole, elsewhere) {
            for path in ["/api/v1/blocs", "/api/v1/programmes/essai/visites/caen/blocs"] {
                _ = await whole.client(.visitor, on: site).post(path, json: batch, token: tokens[.visitor])
                let harm = harm(try await Elsewhere.rows(of: site), elsewhere)
                #expect(harm.isEmpty, "\(path), \(batch): \(harm)")
            }
        }
    }

    /// What a telephone sends: a note that names a thing of the other programme, takes its identifier, or is for its visit.
    private func batches(_ whole: Whole, _ elsewhere: Elsewhere) -> [JSONValue] {
        func value(_ name: String) -> JSONValue { .string(elsewhere.values[name] ?? "") }
        let things: [[String: JSONValue]] = [
            ["slot": value("slot")], ["encounter": value("encounter")], ["dimension": value("dimension")], ["dimensions": .array([value("dimension")])],
            ["subgroup": value("subgroup")], ["id": value("block")], ["visit": .string(elsewhere.visit)],
        ]
        return things.map { thing in
            let block = ["id": "0190a0f0-7777-4222-8333-444455557777", "text": "Ici.", "manner": "observed"].mapValues { JSONValue.string($0) }
            return .object(whole.batch.merging(thing.filter { $0.key == "visit" }) { $1 }.merging(["blocks": .array([.object(block.merging(thing) { $1 })])]) { $1 })
        }
    }

    /// The kinds of things that paths name.
    private static let needed = [
        "programme", "visit", "person", "territory", "slot", "dimension", "event", "stakeholder", "encounter", "subgroup", "file", "claim", "file justificatifs", "advance",
        "block", "file photos", "text", "sheet", "impression", "excerpt", "revision", "answer", "line", "question", "item", "comment", "change",
    ]

    /// The addresses of a route with one thing of the other programme, with all of them, and its form with them.
    private func attempts(_ line: RoutesTable.Line, _ whole: Whole, _ elsewhere: Elsewhere) -> [(path: String, fields: [String: String])] {
        let parts = line.path.split(separator: "/").map(String.init)
        let own = whole.address(line.path).split(separator: "/").map(String.init)
        let other = parts.enumerated().map { place, part -> String in
            guard part.hasPrefix("{") else { return part }
            let name = String(part.dropFirst().dropLast())
            return elsewhere.values["\(name) \(place > 0 ? parts[place - 1] : "")"] ?? elsewhere.values[name] ?? own[place]
        }
        let form = Self.form(whole.values, whole.test).merging(whole.fields(line.path)) { $1 }
        var attempts: [(String, [String: String])] = []
        for place in parts.indices where other[place] != own[place] {
            var path = own
            path[place] = other[place]
            attempts.append(("/" + path.joined(separator: "/"), form))
        }
        if other != own { attempts.append(("/" + other.joined(separator: "/"), form)) }
        let (address, crossed) = ("/" + own.joined(separator: "/"), Self.form(elsewhere.values, whole.test))
        guard let filled = Self.filled[line.path] else { return attempts + [(address, crossed.merging(whole.fields(line.path)) { $1 })] }
        // One thing at a time, so that one that is refused hides no other.
        for thing in filled.things { attempts.append((address, filled.fields.merging([thing == "block" ? "id" : thing: crossed[thing] ?? ""]) { $1 })) }
        return attempts
    }
}
