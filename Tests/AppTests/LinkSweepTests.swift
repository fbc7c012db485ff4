import Application
import Database
import Formats
import Foundation
import Platform
import TestSupport
import Testing

/// Behind a private link: what it was made for, and nothing else, whoever opens it; nothing at all once it is over.
@Suite struct LinkSweepTests {
    /// What each link shows of what was planted; the people of a host read the text as it stands, with an account or without.
    private static let shown: [String: Set<String>] = [
        "fiche": ["sheet not sent"], "validation": ["synthesis not published"], "sondage": ["said of a date by a visitor"],
        "reponse": ["synthesis not published"],
    ]

    /// The ways behind a link: those of the table of routes whose first word it is.
    private static func lines(_ link: String) -> [RoutesTable.Line] {
        RoutesTable.lines.filter { $0.path.hasPrefix("/\(link)/") && $0.path.contains("{secret}") }
    }

    private static var links: [String] { Array(Set(RoutesTable.lines.filter { $0.path.contains("{secret}") }.compactMap { $0.path.split(separator: "/").first.map(String.init) })).sorted() }

    /// All that a link opens, by address: its pages, and those that they lead to behind it.
    private func sweep(_ whole: Whole, _ link: String, as client: Client) async -> [String: String] {
        var waiting = Self.lines(link).filter { $0.method == .get }.map { whole.address($0.path) }
        let secret = whole.values["secret \(link)"] ?? "?"
        var known = Set(waiting)
        var found: [String: String] = [:]
        while let address = waiting.popLast() {
            let answer = await client.get(address)
            found[address] = answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n") + answer.text
            for match in answer.text.matches(of: #/href="(/[^"#?]*)/#) where match.output.1.contains(secret) && known.insert(String(match.output.1)).inserted {
                waiting.append(String(match.output.1))
            }
        }
        return found
    }

    private func check(_ planted: Planted, _ link: String) async {
        for onlooker in [Whole.Onlooker.anybody, .stranger, .visitor, .officer, .administrator] {
            let found = await sweep(planted.whole, link, as: planted.whole.client(onlooker))
            for (name, word) in planted.words where !name.hasPrefix("link of \(link)") {
                let places = found.filter { $1.contains(word) }.map(\.key).sorted()
                #expect(places.isEmpty != (Self.shown[link] ?? []).contains(name), "\(link), \(onlooker.rawValue), \(name): \(places)")
            }
        }
    }

    @Test func `a link shows what it was made for, whoever opens it`() async throws {
        let planted = try await Planted.make()
        let published = try await Planted.published()
        for link in Self.links { await check(["reponse", "conseils"].contains(link) ? published : planted, link) }
    }

    @Test func `a link opens nothing under another address, with the parts of another thing, nor once it is over`() async throws {
        let whole = try await Whole.make()
        let guest = whole.client(.anybody)
        #expect(Self.links.allSatisfy { whole.values["secret \($0)"] != nil })
        for link in Self.links {
            let secret = whole.values["secret \(link)"] ?? ""
            // The address of another purpose.
            for other in Self.links where other != link {
                for line in Self.lines(other) {
                    let path = whole.address(line.path).replacing(whole.values["secret \(other)"] ?? "?", with: secret)
                    let answer = line.method == .get ? await guest.get(path) : await guest.post(path, whole.fields(line.path))
                    #expect([401, 403, 404].contains(answer.status), "\(link) as \(line.name): \(answer.status)")
                    #expect(!answer.text.contains(secret) || line.method == .get, "\(link) as \(line.name)")
                }
            }
            // The parts of another thing.
            let others = try await Self.parts(whole)
            for line in Self.lines(link) where line.path.split(separator: "{").count > 2 && !line.path.contains("{section}") {
                for part in others where !whole.address(line.path).contains(part) {
                    let path = whole.address(line.path).replacing(#/[0-9a-f-]{36}/#, with: part)
                    #expect(await guest.get(path).status == 404, "\(line.name): \(part)")
                }
            }
        }
    }

    /// The revisions and the files of the site, but those of the sheet and of the synthesis.
    private static func parts(_ whole: Whole) async throws -> [String] {
        let own = [whole.values["sheet"] ?? "", whole.values["text"] ?? ""]
        return try await whole.test.site.database.read { reader in
            try reader.texts(
                """
                SELECT id FROM revision WHERE text_id NOT IN \(list: own) UNION ALL SELECT id FROM attachment WHERE owner_id NOT IN \(list: own)
                UNION ALL SELECT id FROM file UNION ALL SELECT id FROM cost_receipt UNION ALL SELECT id FROM attendance_paper
                """)
        }
    }

    @Test func `a link that is over, shortened, lengthened or made up answers alike`() async throws {
        let whole = try await Whole.make()
        let made = Secrets.token()
        func alike(_ answer: Response, _ secret: String) -> String {
            let head = "\(answer.status) " + answer.headers.map { "\($0.name): \($0.value)" }.joined(separator: "\n")
            return head + answer.text.replacing(secret, with: "").replacing(URLForm.encode(secret), with: "").replacing(#/\.[\w-]{16}"/#, with: "\"")
        }
        func check(_ link: String, _ secret: String, on site: TestSite, _ why: String, only first: Bool = false) async {
            let guest = whole.client(link == "compte" ? .officer : .anybody, on: site)
            let lines = Self.lines(link).filter { $0.method == .get }
            for line in first ? Array(lines.prefix(1)) : lines {
                let path = { (secret: String) in whole.address(line.path).replacing(whole.values["secret \(link)"] ?? "?", with: secret) }
                let (answer, none) = (await guest.get(path(secret)), await guest.get(path(made)))
                #expect(answer.status == 404, "\(line.name), \(why): \(answer.status)")
                #expect(alike(answer, secret) == alike(none, made), "\(line.name), \(why)")
            }
        }
        let over = try await TestSite(copy: whole.test)
        try await over.site.database.write { writer in
            try writer.run("UPDATE private_link SET expires_at = 1 WHERE revoked_at IS NULL")
            try writer.run("DELETE FROM calendar_feed")
        }
        let revoked = try await TestSite(copy: whole.test)
        try await revoked.site.database.write { try $0.run("UPDATE private_link SET revoked_at = 1") }
        let isPrivate = Set(App.features.flatMap(\.routes).filter { $0.ask == .link }.compactMap { $0.path.split(separator: "/").first.map(String.init) })
        for link in Self.links {
            let secret = whole.values["secret \(link)"] ?? ""
            for wrong in [
                String(secret.dropLast()), "\(secret)A", secret.uppercased(), secret.lowercased(), "\(secret)=", " \(secret)", "\(secret).ics",
                Secrets.sha256(secret), String(secret.reversed()), "inconnu",
            ] where wrong != secret {
                await check(link, wrong, on: whole.test, wrong, only: true)
            }
            if isPrivate.contains(link) {
                await check(link, secret, on: over, "over")
                await check(link, secret, on: revoked, "revoked")
            }
        }
        await check("calendrier", whole.values["secret calendrier"] ?? "", on: over, "closed")
    }

    @Test func `a link gives nothing to who is not of the visit nor of the programme any more`() async throws {
        let whole = try await Whole.make()
        let left = try await TestSite(copy: whole.test)
        try await left.site.database.write { try $0.run("UPDATE membership SET until = 1 WHERE until IS NULL") }
        for link in ["fiche", "validation", "impression", "conseils", "reponse"] {
            for line in Self.lines(link) {
                let path = whole.address(line.path)
                let answer = line.method == .get ? await whole.client(.anybody, on: left).get(path) : await whole.client(.anybody, on: left).post(path, whole.fields(line.path))
                #expect([403, 404].contains(answer.status), "\(line.name): \(answer.status)")
            }
        }
    }
}
