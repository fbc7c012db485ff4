import Application
import Database
import Formats
import Foundation
import TestSupport
import Testing

@testable import Platform

/// The second factor: put in place, asked at log-in, lost and found again.
struct FactorTests {
    @Test func `a key, a first code, ten recovery codes shown once, and the other sessions are over`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        let browser = site.browser(after: await site.signIn(.ana))
        let page = await browser.get(TestSite.path).text
        #expect(page.contains("href=\"otpauth://totp/Essaim:ana@essai.example?secret=") && page.contains("src=\"\(TestSite.path)/code.svg\""))
        #expect(page.contains("autocomplete=\"one-time-code\"") && page.contains("inputmode=\"numeric\""))
        let drawing = await browser.get("\(TestSite.path)/code.svg")
        #expect(drawing.header("content-type") == "image/svg+xml" && drawing.header("cache-control") == "no-store")
        #expect(await browser.get(TestSite.path).text.contains(Base32.encode(try #require(Authenticator(page: page)).key).prefix(4)))
        #expect(await browser.post(TestSite.path, ["code": "000000"]).status == 422)
        #expect(await browser.post(TestSite.path, ["code": ""]).text.contains("id=\"code-error\""))
        let equipped = try #require(await site.equip(browser))
        #expect(equipped.answer.status == 200)
        #expect(Set(equipped.codes).count == 10)
        #expect(await browser.get("/compte").status == 401, "the token is another one")
        let state = await equipped.browser.get(TestSite.path).text
        #expect(state.contains("Il vous reste 10 codes") && !equipped.codes.contains(where: state.contains))
        #expect(await site.get("/compte", as: .ana).status == 401, "the session of another browser")
        #expect(try await site.lastMail(to: Cast.email(.ana))?.contains("vient d’être mise en place") == true)
    }

    @Test func `a session left open shows no key and starts no factor, until its owner shows who they are`() async throws {
        let site = try await TestSite()
        try await site.givePassword(to: .ana)
        let browser = site.browser(after: await site.signIn(.ana))
        let phone = try #require(Authenticator(page: await browser.get(TestSite.path).text))
        site.clock.advance(.minutes(11))
        let asked = await browser.post(TestSite.path, ["code": "000000"])
        #expect(asked.status == 401 && !asked.text.contains("otpauth") && !asked.text.contains(Base32.encode(phone.key).prefix(4)))
        #expect(await browser.post(TestSite.path, ["code": phone.code(at: site.clock.now)]).status == 401)
        #expect(try await site.site.database.read { try $0.count("SELECT COUNT(*) FROM factor") } == 0)
    }

    @Test func `the password leads to the code, the code opens a session with another token, once`() async throws {
        let site = try await TestSite()
        let equipped = try #require(try await site.equip(.ana))
        let (half, asked) = await site.half(.ana, more: ["next": "/compte?x=1"])
        #expect(asked.header("location") == "/connexion/code?next=%2Fcompte%3Fx%3D1")
        #expect(await half.get("/compte").status == 401, "half a session opens nothing")
        let page = await half.get("/connexion/code?next=%2Fcompte%3Fx%3D1").text
        #expect(page.contains("name=\"next\" value=\"/compte?x=1\"") && page.contains("autocomplete=\"one-time-code\""))
        let code = equipped.phone.code(at: site.clock.now)
        #expect(await half.post("/connexion/code", ["code": equipped.phone.code(at: site.clock.now, later: 3)]).status == 422)
        let entered = await half.post("/connexion/code", ["code": code, "next": "/compte?x=1"])
        #expect(entered.status == 303 && entered.header("location") == "/compte?x=1")
        #expect(TestSite.cookie(of: entered) != TestSite.cookie(of: asked))
        #expect(await site.browser(after: entered).get("/compte").status == 200)
        #expect(await half.post("/connexion/code", ["code": code]).status == 422, "that log-in is over")
        let again = await site.half(.ana).browser
        #expect(await again.post("/connexion/code", ["code": code]).text.contains("il a déjà servi"))
        site.clock.advance(.minutes(1))
        #expect(await again.post("/connexion/code", ["code": equipped.phone.code(at: site.clock.now)]).status == 303)
    }

    @Test func `of the same code sent six times at once, one enters`() async throws {
        let site = try await TestSite()
        let equipped = try #require(try await site.equip(.ana))
        var halves: [Client] = []
        for _ in 0..<6 { halves.append(await site.half(.ana).browser) }
        let code = equipped.phone.code(at: site.clock.now)
        let statuses = await withTaskGroup(of: Int.self) { group in
            for half in halves { group.addTask { await half.post("/connexion/code", ["code": code]).status } }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses.count { $0 == 303 } == 1)
    }

    @Test func `a link by mail asks the code too`() async throws {
        let site = try await TestSite()
        let equipped = try #require(try await site.equip(.ana))
        _ = await site.stranger.post("/connexion/lien", ["email": Cast.email(.ana)])
        let link = try #require(try await site.linkInMail(to: Cast.email(.ana)))
        let answer = await site.stranger.post(link)
        #expect(answer.header("location")?.hasPrefix("/connexion/code") == true)
        let half = site.browser(after: answer)
        #expect(await half.post("/connexion/code", ["code": equipped.phone.code(at: site.clock.now)]).status == 303)
    }

    @Test func `the code is asked for a quarter of an hour, five wrong ones begin again, and the owner learns it once a day`() async throws {
        let site = try await TestSite()
        let equipped = try #require(try await site.equip(.ana))
        let late = await site.half(.ana).browser
        site.clock.advance(.minutes(16))
        #expect(await late.get("/connexion/code").header("location") == "/connexion")
        #expect(await late.post("/connexion/code", ["code": equipped.phone.code(at: site.clock.now)]).status == 422)
        let before = try await site.countMails()
        for round in 1...2 {
            let half = await site.half(.ana).browser
            for number in 0..<5 {
                #expect(await half.post("/connexion/code", ["code": "12345\(number)"]).status == 422, "\(round) \(number)")
                site.clock.advance(.minutes(2))
            }
            #expect(await half.post("/connexion/code", ["code": equipped.phone.code(at: site.clock.now)]).text.contains("Recommencez la connexion"))
        }
        #expect(try await site.countMails() == before + 1)
        #expect(try await site.lastMail(to: Cast.email(.ana))?.contains("La porte est restée fermée") == true)
        let half = await site.half(.ana).browser
        #expect(await half.post("/connexion/code", ["code": equipped.phone.code(at: site.clock.now)]).status == 303)
    }

    @Test func `codes are not tried without end, wherever the log-ins come from`() async throws {
        let site = try await TestSite()
        let equipped = try #require(try await site.equip(.ana))
        var statuses: [Int] = []
        for _ in 0..<4 {
            let half = await site.half(.ana).browser
            for number in 0..<3 { statuses.append(await half.post("/connexion/code", ["code": "12345\(number)"]).status) }
        }
        #expect(statuses.prefix(5).allSatisfy { $0 == 422 } && statuses.suffix(6).allSatisfy { $0 == 429 })
        site.clock.advance(.minutes(15))
        let half = await site.half(.ana).browser
        #expect(await half.post("/connexion/code", ["code": equipped.phone.code(at: site.clock.now)]).status == 303)
    }

    @Test func `a recovery code enters once, its owner is told, and few left are a thing to do`() async throws {
        let site = try await TestSite()
        let equipped = try #require(try await site.equip(.ana))
        var browser = equipped.browser
        for (number, code) in equipped.codes.prefix(7).enumerated() {
            let half = await site.half(.ana).browser
            let entered = await half.post("/connexion/code", ["code": "", "recovery": number == 0 ? code.uppercased() : code])
            #expect(entered.status == 303)
            browser = site.browser(after: entered)
        }
        #expect(try await site.lastMail(to: Cast.email(.ana))?.contains("Codes qui restent\u{A0}: 3.") == true)
        let half = await site.half(.ana).browser
        let used = await half.post("/connexion/code", ["recovery": equipped.codes[0]])
        #expect(used.status == 422 && used.text.contains("id=\"recovery-error\"") && used.text.contains("<details open>"))
        #expect(await browser.get("/a-faire").text.contains("il vous en reste 3"))
        let renewed = await browser.post("\(TestSite.path)/codes")
        #expect(renewed.status == 200 && !renewed.text.contains(equipped.codes[9]))
        #expect(await half.post("/connexion/code", ["recovery": equipped.codes[9]]).status == 422)
        #expect(!(await browser.get("/a-faire").text.contains("il vous en reste")))
    }

    @Test func `what was typed before the session ended comes back after the code`() async throws {
        let site = try await TestSite()
        let equipped = try #require(try await site.equip(.ana))
        site.clock.advance(days: 8)
        let own = ["origin": "http://127.0.0.1"]
        let lost = await equipped.browser.post("/compte", pairs: [("name", "Ana & Lía"), ("language", "fr")], headers: own)
        let kept = Resumption(Request(.post, "/compte", site: site.site)).written.replacing("[]", with: "[{\"name\":\"name\",\"value\":\"Ana & Lía\"}]")
        #expect(lost.status == 401)
        let (half, asked) = await site.half(.ana, more: ["resume": kept])
        #expect(asked.status == 200 && asked.text.contains("name=\"resume\""))
        let back = await half.post("/connexion/code", ["code": equipped.phone.code(at: site.clock.now), "resume": kept])
        #expect(back.status == 200 && back.text.contains("Votre texte n’est pas perdu") && back.text.contains("Ana &amp; Lía"))
    }

    @Test func `another telephone takes the place of the first, and one may go back to none`() async throws {
        let site = try await TestSite()
        let first = try #require(try await site.equip(.ana))
        let second = try #require(await site.equip(first.browser))
        #expect(second.phone.key != first.phone.key)
        site.clock.advance(.minutes(1))
        let half = await site.half(.ana).browser
        #expect(await half.post("/connexion/code", ["code": first.phone.code(at: site.clock.now)]).status == 422)
        #expect(await half.post("/connexion/code", ["recovery": first.codes[0]]).status == 422)
        #expect(await half.post("/connexion/code", ["code": second.phone.code(at: site.clock.now)]).status == 303)
        #expect(await second.browser.post("\(TestSite.path)/retrait").header("location") == "/compte?fait=facteur-retire")
        #expect(await site.signIn(.ana).header("location") == "/a-faire")
        #expect(await second.browser.post("\(TestSite.path)/retrait").status == 404)
        #expect(try await site.lastMail(to: Cast.email(.ana))?.contains("vient d’être retirée") == true)
        let third = try #require(await site.equip(second.browser))
        #expect(third.phone.key != second.phone.key)
    }

    @Test func `a copy of the database says no key, and without the site's key a recovery code still opens`() async throws {
        let site = try await TestSite()
        let equipped = try #require(try await site.equip(.ana))
        let kept = try await site.site.database.read { reader -> [UInt8] in
            guard case .blob(let bytes)? = try reader.rows("SELECT secret FROM factor").first?[0] else { return [] }
            return bytes
        }
        #expect(kept.count > 20 && kept.firstRange(of: equipped.phone.key) == nil)
        let hashes = try await site.site.database.read { try $0.texts("SELECT code_hash FROM recovery_code") }
        #expect(hashes.count == 10 && !hashes.contains(where: { hash in equipped.codes.contains { hash.contains($0) } }))
        let file = site.folder.appending(path: SealingKey.fileName)
        #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
        #expect(try await Factors.unreadable(site.site) == 0)
        try FileManager.default.removeItem(at: file)
        #expect(try await Factors.unreadable(site.site) == 1)
        let half = await site.half(.ana).browser
        #expect(await half.post("/connexion/code", ["code": equipped.phone.code(at: site.clock.now)]).text.contains("rétabli sans la sienne"))
        #expect(await half.post("/connexion/code", ["recovery": equipped.codes[3]]).status == 303)
        try "n’importe quoi".write(to: file, atomically: true, encoding: .utf8)
        #expect(throws: SealingKey.Broken.self) { try site.site.sealingKey() }
        #expect(SealingKey.trouble(in: site.folder)?.description.contains("n'est pas une clé : remettez-y la copie") == true)
    }

    @Test func `an administrator takes somebody's lost factor away, never their own, and says why`() async throws {
        let site = try await TestSite()
        let equipped = try #require(try await site.equip(.ana))
        let path = FactorResetRoutes.path
        func reset(_ email: String, _ reason: String) async -> Response {
            await site.post(path, ["email": email, "reason": reason], as: .sam)
        }
        #expect(await site.post(path, ["email": Cast.email(.ana), "reason": "x"], as: .nadia).status == 403)
        #expect(await reset(Cast.email(.ana), " ").text.contains("id=\"reason-error\""))
        #expect(await reset("zzz@essai.example", "Perdu").text.contains("Personne n’a de compte"))
        #expect(await reset(Cast.email(.bo), "Perdu").text.contains("rien à retirer"))
        #expect(await reset(Cast.email(.sam), "Perdu").status == 422)
        #expect(await reset(Cast.email(.ana), "Téléphone volé").header("location") == "\(path)?fait=1")
        #expect(await equipped.browser.get("/compte").status == 401)
        #expect(try await site.lastMail(to: Cast.email(.ana))?.contains("La raison donnée\u{A0}: Téléphone volé.") == true)
        #expect(await site.signIn(.ana).header("location") == "/a-faire")
        #expect(await site.get("/administration/journal", as: .sam).text.contains("Téléphone volé"))
    }

    @Test func `the host does the same at the console`() async throws {
        let site = try await TestSite()
        _ = try #require(try await site.equip(.ana))
        #expect(try await FactorReset.state(of: Cast.email(.ana), site.site)?.codesLeft == 10)
        try await FactorReset(email: Cast.email(.ana), reason: "à la console").apply(site.site, by: .site)
        #expect(try await FactorReset.state(of: Cast.email(.ana), site.site) == nil)
        await #expect(throws: Refused.self) { try await FactorReset.state(of: "zzz@essai.example", site.site) }
    }
}
