import Application
import Database
import Formats
import Foundation
import Platform
import TestSupport
import Testing

/// Nobody finds what they may not see, by any way: every page, list, export, search, address, mail and line of the journal is
/// swept for secrets planted beforehand.
@Suite struct SweepTests {
    /// Who finds what: `x` where a page, an export or a search says it. Whoever administers the site reads the names of all its
    /// programmes, to give a mail of none to one of them.
    // swift-format-ignore
    private static let table = """
        what                        | anybody | stranger | partner | visitor | facilitator | host | researcher | officer | coordinator | committee | administrator
        address of a visitor        |         |          |         | x       |             |      |            | x       | x           |           | x
        address of somebody invited |         |          |         |         |             |      |            | x       | x           |           | x
        comment on a question       |         |          |         | x       | x           |      | x          | x       | x           | x         |
        draft                       |         |          |         |         |             |      |            | x       |             |           |
        impression of its author    |         |          |         | x       |             |      |            |         |             |           |
        link of calendrier          |         |          |         | x       |             |      |            |         |             |           |
        link of compte              |         |          |         |         |             |      |            |         |             |           |
        link of connexion           |         |          |         |         |             |      |            |         |             |           |
        link of fiche               |         |          |         |         |             |      |            |         |             |           |
        link of impression          |         |          |         |         |             |      |            |         |             |           |
        link of installation        |         |          |         |         |             |      |            |         |             |           |
        link of invitation          |         |          |         |         |             |      |            |         |             |           |
        link of rappels             |         |          |         |         |             |      |            |         |             |           |
        link of sondage             |         |          |         |         |             |      |            |         |             |           |
        link of validation          |         |          |         |         |             |      |            |         |             |           |
        line of a review            |         |          |         | x       |             |      | x          | x       |             |           |
        mail to be sorted           |         |          |         |         |             |      |            | x       | x           |           |
        name in a quotation refused |         |          |         |         |             |      |            |         |             |           |
        note before it was shared   |         |          |         | x       |             |      |            |         |             |           |
        note of its author          |         |          |         | x       |             |      |            |         |             |           |
        note off the record         |         |          |         | x       |             |      |            |         |             |           |
        note shared                 |         |          |         | x       |             |      | x          | x       |             |           |
        note withdrawn              |         |          |         | x       |             |      |            |         |             |           |
        programme of its members    |         |          |         |         |             |      |            | x       |             |           | x
        proof of a consent          |         |          |         |         |             |      | x          | x       |             |           |
        publication of another day  |         |          |         | x       |             | x    | x          | x       | x           |           |
        said of a date by a visitor |         |          |         | x       |             |      |            | x       | x           |           |
        sheet not sent              |         |          |         | x       |             | x    | x          | x       |             |           |
        synthesis not published     |         |          |         | x       | x           | x    | x          | x       | x           | x         |
        words of a claim            |         |          |         | x       |             |      |            | x       | x           |           |
        words of a receipt          |         |          |         | x       |             |      |            | x       | x           |           |
        """

    @Test func `a secret is found by whom the table says, and by nobody else`() async throws {
        let planted = try await Planted.make()
        let expected = Self.expected
        #expect(Set(expected.keys) == Set(planted.words.keys))
        for onlooker in Whole.Onlooker.allCases {
            let found = await sweep(planted, as: onlooker)
            for (name, word) in planted.words.sorted(by: { $0.key < $1.key }) {
                let places = found.filter { $1.contains(word) }.map(\.key).sorted()
                #expect(places.isEmpty != (expected[name]?.contains(onlooker.rawValue) ?? false), "\(onlooker.rawValue), \(name): \(places)")
            }
        }
    }

    @Test func `what one keeps for oneself changes nothing of what others get, not even a number`() async throws {
        let before = try await Whole.make(isPublished: false, isDemonstration: false)
        let after = try await TestSite(copy: before.test)
        let note = ["id": "0190a0f0-2222-4222-8333-444455556668", "base": "0", "sequence": "9", "text": "Pour moi.", "manner": "observed"]
        #expect(await after.post("\(Whole.visit)/notes", note, as: .ana).status == 303)
        let impression = before.values["impression"] ?? ""
        for act in ["", "/brouillon"] {
            let base = try await after.site.database.read { try $0.text("SELECT head_id FROM text WHERE id = \(impression)") } ?? ""
            let written = ["body": "Pour moi aussi\(act).", "base": base, "act": "revision"]
            #expect(await after.post("/textes/\(impression)/sections/impression\(act)", written, as: .ana).status < 400)
        }
        let addresses = RoutesTable.lines.filter { $0.method == .get }.map { before.address($0.path) } + Whole.lists + ["/recherche?q=moi"]
        for onlooker in Whole.Onlooker.allCases where onlooker != .visitor {
            // The key of a second factor is another one each time that it is shown; the key of a telephone is of each site.
            for address in addresses where !address.hasPrefix("/compte/second-facteur") && address != "/api/v1/telephone" {
                // Both at the same moment: a document says when it was made.
                after.clock.move(to: Day(iso: "2026-03-03")!)
                let one = await before.client(onlooker).get(address)
                after.clock.move(to: Day(iso: "2026-03-03")!)
                let other = await before.client(onlooker, on: after).get(address)
                #expect(alike(one) == alike(other), "\(onlooker.rawValue), \(address)")
            }
        }
    }

    @Test func `words that were withdrawn are found where the note is read, and nowhere else`() async throws {
        let whole = try await Whole.make()
        let words = "décide ensemble 🐝"
        let before = await sweep(Planted(whole), as: .anybody).values.contains { $0.contains(words) }
        #expect(before)
        _ = try await whole.sent("/extraits/\(whole.values["excerpt"] ?? "")/retrait", ["confirmed": "1"], .nadia)
        for onlooker in Whole.Onlooker.allCases {
            let places = await sweep(Planted(whole), as: onlooker).filter { $1.contains(words) && !$0.contains("?q=") }.map(\.key)
            #expect(places.isEmpty != [.visitor, .researcher, .officer].contains(onlooker), "\(onlooker.rawValue): \(places)")
        }
    }

    @Test func `a mail says nothing but to whom it is about`() async throws {
        let planted = try await Planted.make()
        struct Sent: Decodable, Sendable { var address, subject, body: String }
        let mails = try await planted.whole.test.site.database.read { try $0.all(Sent.self, "SELECT address, subject, body FROM mail") }
        #expect(mails.count > 8)
        let owners = [
            "link of invitation": "gaelle@essai.example", "link of validation": Cast.email(.emma), "link of fiche": Cast.email(.yann),
            "link of connexion": Cast.email(.chloe), "link of impression": Cast.email(.chloe), "link of compte": "nadia.nouvelle@essai.example",
            "link of sondage": "noe@essai.example",
        ]
        for mail in mails {
            for (name, word) in planted.words where (mail.subject + mail.body).contains(word) {
                #expect(owners[name] == mail.address, "\(name), to \(mail.address)")
            }
        }
    }

    @Test func `the journal of the server tells a failure without what was sent, nor the secret of an address`() async throws {
        let planted = try await Planted.make()
        let broken = try await TestSite(copy: planted.whole.test)
        try await broken.site.database.write { writer in
            for table in ["note_version", "private_link", "sign_in_link", "draft"] { try writer.run(SQL(text: "ALTER TABLE \(table) RENAME TO lost_\(table)")) }
        }
        let said = "zqjournal trouve"
        let note = ["id": "0190a0f0-2222-4222-8333-444455556669", "base": "0", "sequence": "9", "text": said, "manner": "observed"]
        #expect(await broken.post("\(Whole.visit)/notes", note, as: .ana).status == 500)
        for link in ["fiche", "validation", "connexion/lien", "invitation"] {
            let secret = planted.words["link of \(link.prefix { $0 != "/" })"] ?? ""
            #expect(await broken.get("/\(link)/\(secret)").status == 500)
        }
        #expect(broken.log.lines.count > 4)
        for line in broken.log.lines {
            for word in Array(planted.words.values) + ["zqjournal", Cast.email(.ana)] { #expect(!line.contains(word), "\(line)") }
        }
    }

    // MARK: - How

    private static var expected: [String: Set<String>] {
        let rows = table.split(separator: "\n").map { row in
            row.split(separator: "|", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
        }
        return Dictionary(
            uniqueKeysWithValues: rows.dropFirst().map { row in
                (row[0], Set(zip(rows[0], row).dropFirst().filter { $0.1 == "x" }.map(\.0)))
            })
    }

    /// An answer without what is new each time: the marks of forms, the names that a page gives to what will be written.
    private func alike(_ answer: Response) -> String {
        let head = "\(answer.status) " + answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
        // A paper is compressed, and says when it was made: its bytes cannot be compared.
        guard answer.header("content-type") != "application/pdf" else { return head }
        return head
            + answer.text.replacing(#/\.[\w-]{16}"/#, with: "\"").replacing(#/[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f-]{21}/#, with: "")
    }

    /// All that somebody gets, by address: the pages of every route, those of what was planted, those that they lead to, and a
    /// search for each secret. What lies behind a private link is for who holds it: not asked here.
    private func sweep(_ planted: Planted, as onlooker: Whole.Onlooker) async -> [String: String] {
        let client = planted.whole.client(onlooker)
        var waiting = RoutesTable.lines.filter { $0.method == .get && !$0.path.contains("{secret}") }.map { planted.whole.address($0.path) }
        waiting += planted.addresses
        waiting += planted.words.keys.compactMap { planted.asked($0).map { "/recherche?q=\($0)" } }
        waiting.sort()
        var known = Set(waiting)
        var found: [String: String] = [:]
        while let address = waiting.popLast(), found.count < 600 {
            let answer = await client.get(address)
            found[address] = answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n") + answer.text
            guard answer.header("content-type")?.hasPrefix("text/html") == true else { continue }
            for match in answer.text.matches(of: #/href="(/[^"#?]*)/#) where known.insert(String(match.output.1)).inserted {
                waiting.append(String(match.output.1))
            }
        }
        return found
    }
}
