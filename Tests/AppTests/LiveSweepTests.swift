import Application
import Database
import Formats
import Foundation
import Platform
import TestSupport
import Testing

/// What pages that stay open are told: to each person what they may see, and not a byte of the rest.
@Suite struct LiveSweepTests {
    /// A feed, with what is done under its eyes that whoever may open it sees.
    private struct Feed {
        let address: String
        let isSeen: @Sendable (Whole) async throws -> Void
    }

    private static func feeds(_ whole: Whole) -> [Feed] {
        func text(_ name: String) -> String { "/textes/\(whole.values[name] ?? "")/direct" }
        func revise(_ name: String, _ section: String, _ person: Cast.Name) -> @Sendable (Whole) async throws -> Void {
            { try await write($0, name, section, as: person) }
        }
        let notebook = "\(Whole.visit)/notes"
        let share: @Sendable (Whole) async throws -> Void = { whole in
            for (number, subgroup) in [(1, ""), (2, whole.values["subgroup"] ?? "")] {
                let id = "0190a0f0-2222-4222-8333-44445555667\(number)"
                let note = ["id": id, "base": "0", "sequence": "3", "text": "Pour le groupe.", "manner": "observed", "subgroup": subgroup]
                _ = await whole.test.post(notebook, note, as: .ana)
                _ = try await whole.sent("\(notebook)/\(id)/partage", [:], .ana)
            }
        }
        let line: @Sendable (Whole) async throws -> Void = {
            _ = try await $0.sent("\(Whole.visit)/bilan/lignes", ["part": "advice", "text_advice": "Revenir."], .bo)
        }
        return [
            Feed(address: "\(notebook)/direct", isSeen: share),
            Feed(address: "\(notebook)/direct?sous-groupe=\(whole.values["subgroup"] ?? "")", isSeen: share),
            Feed(address: "\(Whole.visit)/bilan/direct", isSeen: line),
            Feed(address: text("text"), isSeen: revise("text", "initiative", .nadia)),
            Feed(address: "\(text("text"))?section=initiative", isSeen: revise("text", "initiative", .nadia)),
            Feed(address: text("sheet"), isSeen: revise("sheet", "ecosystem", .yann)),
            Feed(address: "\(text("sheet"))?section=ecosystem", isSeen: revise("sheet", "ecosystem", .yann)),
            Feed(address: text("impression"), isSeen: revise("impression", "impression", .ana)),
            Feed(address: "/fiche/\(whole.values["secret fiche"] ?? "")/direct", isSeen: revise("sheet", "ecosystem", .yann)),
        ]
    }

    private static func write(_ whole: Whole, _ text: String, _ section: String, as name: Cast.Name, act: String = "") async throws {
        let id = whole.values[text] ?? ""
        let base = try await whole.text("SELECT head_id FROM text WHERE id = \(id)")
        let fields = ["body": "Encore\(act) \(base.suffix(4)).", "base": base, "act": "revision"]
        #expect(await whole.test.post("/textes/\(id)/sections/\(section)\(act)", fields, as: name).status < 400)
    }

    /// What is nobody else's, done while everybody looks.
    private func keepForOneself(_ whole: Whole, _ round: Int) async throws {
        let notebook = "\(Whole.visit)/notes"
        func note(_ number: Int, base: Int = 0, _ more: [String: String] = [:]) async throws -> String {
            let id = "0190a0f0-2222-4222-8333-44445555\(6600 + 10 * round + number)"
            let fields = ["id": id, "base": String(base), "sequence": "3", "text": "zqdirect \(base)", "manner": "observed"]
            _ = try await whole.sent(notebook, fields.merging(more) { $1 }, .ana)
            return id
        }
        let own = try await note(1)
        _ = try await note(1, base: 1)
        _ = await whole.test.post("\(notebook)/\(own)/photos", TestImage.said, files: ["file": TestImage.file()], as: .ana)
        _ = try await note(2, ["offRecord": "1"])
        _ = try await whole.sent("\(notebook)/\(own)/retrait", [:], .ana)
        for (text, section, name) in [("text", "initiative", Cast.Name.nadia), ("sheet", "ecosystem", .yann), ("impression", "impression", .ana)] {
            try await Self.write(whole, text, section, as: name, act: "/brouillon")
        }
        let claim = ["kind": "meals", "spent_on": "01/03/2026", "amount": "9", "words": "zqdirect"]
        _ = try await whole.sent("\(Whole.visit)/frais", claim, .ana)
        // Somebody leaves the site, of whom nobody here is told.
        _ = await whole.test.post("/connexion/lien", ["email": Cast.email(.chloe)])
        let browser = await Client(whole.test.dispatcher, cookie: nil).post("/connexion/lien/\(try await whole.secret(of: "/connexion/lien", to: .chloe))", [:])
        let cookie = browser.header("set-cookie")?.split(separator: ";").first?.split(separator: "=").last.map(String.init)
        #expect(await Client(whole.test.dispatcher, cookie: cookie).post("/deconnexion").status == 303)
    }

    /// All that a page was told, but for who else has it open: those who came last are said to those who were there.
    private func frames(_ page: Following) -> [String] {
        page.text.components(separatedBy: "\n\n").filter { !$0.hasPrefix("event: presence") }
    }

    @Test func `every feed is looked at here`() async throws {
        let lines = RoutesTable.lines.filter { $0.method == .get && $0.path.hasSuffix("/direct") }.map(\.path)
        #expect(
            Set(lines) == [
                "/fiche/{secret}/direct", "/programmes/{programme}/visites/{visit}/bilan/direct", "/programmes/{programme}/visites/{visit}/notes/direct",
                "/textes/{text}/direct",
            ])
    }

    @Test func `who follows a page is told what they may see, and not a byte when others keep something for themselves`() async throws {
        let planted = try await Planted.make()
        let whole = planted.whole
        // A server follows four pages of one person at most.
        for (round, start) in stride(from: 0, to: 9, by: 3).enumerated() {
            let feeds = Self.feeds(whole)[start..<(start + 3)]
            var open: [(who: Whole.Onlooker, feed: Feed, page: Following)] = []
            for feed in feeds {
                for onlooker in Whole.Onlooker.allCases where !feed.address.hasPrefix("/fiche") || onlooker == .anybody {
                    guard let page = await whole.client(onlooker).follow(feed.address) else { continue }
                    #expect(await page.hears("event: presence"))
                    open.append((onlooker, feed, page))
                }
            }
            let before = open.map { frames($0.page) }
            try await keepForOneself(whole, round)
            try await Task.sleep(for: .milliseconds(200))
            for ((who, feed, page), before) in zip(open, before) {
                #expect(frames(page) == before, "\(who.rawValue), \(feed.address): \(page.text)")
            }
            for feed in feeds { try await feed.isSeen(whole) }
            for (who, feed, page) in open {
                #expect(await page.hears("event: change"), "\(who.rawValue), \(feed.address)")
                for (name, word) in planted.words { #expect(!page.text.contains(word), "\(who.rawValue), \(feed.address): \(name)") }
                #expect(!page.text.contains("zqdirect"))
                page.close()
            }
            let followed = feeds.map { feed in open.filter { $0.feed.address == feed.address }.map(\.who) }
            #expect(followed == Self.followers[round], "\(feeds.map(\.address))")
        }
    }

    /// Who may open each feed, in the order of the rounds.
    private static let followers: [[[Whole.Onlooker]]] = [
        [[.visitor, .researcher, .officer], [.visitor, .researcher, .officer], [.visitor, .researcher, .officer]],
        [
            [.visitor, .facilitator, .host, .researcher, .officer, .coordinator, .committee], [.researcher, .officer],
            [.visitor, .host, .researcher, .officer],
        ],
        [[.host, .officer], [.visitor], [.anybody]],
    ]
}
