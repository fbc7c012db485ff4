import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Events

/// Dates asked for: with and without account, closed twice without harm.
@Suite struct PollTests {
    private let lille = "/programmes/essai/visites/lille"
    private let caen = "/programmes/essai/visites/caen"

    private func asked(_ test: TestSite) async throws -> PollBoard {
        let pairs = [
            ("day_1", "05/05/2026"), ("half_1", "am"), ("day_2", "12/05/2026"), ("half_2", "pm"), ("half_days", "4"), ("answer_by", "20/03/2026"),
            ("people", test.cast[.zoe]), ("people", test.cast[.nadia]), ("other_name", "Noé"), ("other_email", "noe@essai.example"),
        ]
        #expect(await test.post("\(lille)/sondage", pairs: pairs, as: .nadia).status == 303)
        let visit = test.cast.lille.visit
        return try #require(try await test.site.database.read { try Polls.last(about: visit, $0) })
    }

    private func link(_ test: TestSite) async throws -> String {
        let body = try await test.site.database.read { try $0.text("SELECT body FROM mail WHERE address = 'noe@essai.example' ORDER BY created_at, id LIMIT 1") ?? "" }
        let start = try #require(body.firstRange(of: "/sondage/"))
        return String(body[start.lowerBound...].prefix { !$0.isWhitespace })
    }

    @Test func `people answer with and without account, and the best date is seen`() async throws {
        let test = try await TestSite()
        let board = try await asked(test)
        let (first, second) = (board.options[0].id, board.options[1].id)
        #expect(await test.get("/a-faire", as: .zoe).text.contains("Dire quelles dates vous conviennent\u{A0}: Lille"))
        #expect(await test.post("\(lille)/sondage/reponse", ["answer-\(first)": "no", "answer-\(second)": "yes"], as: .zoe).status == 303)
        let address = try await link(test)
        #expect(await test.get(address).text.contains("Quelles dates pour Lille"))
        #expect(await test.post(address, ["answer-\(first)": "maybe"]).status == 422)
        #expect(await test.post(address, ["answer-\(first)": "maybe", "answer-\(second)": "yes", "comment": "Après 10 h."]).status == 303)
        let after = try #require(try await test.site.database.read { try Polls.last(about: board.poll.eventId, $0) })
        #expect(after.best?.id == second && after.silent.map(\.name) == ["Nadia"])
        let page = await test.get("\(lille)/sondage", as: .nadia).text
        #expect(page.contains("convient au plus grand nombre") && page.contains("Après 10 h."))
        // Whoever is not asked sees nothing of it.
        #expect(await test.post("\(lille)/sondage/reponse", ["answer-\(first)": "yes", "answer-\(second)": "yes"], as: .ana).status == 404)
        #expect(await !test.get("\(lille)/sondage", as: .ana).text.contains("Noé"))
    }

    @Test func `a visit without group asks the people of the programme who could come, and several from outside`() async throws {
        let test = try await TestSite()
        let made = await test.post("/programmes/essai/visites", ["name": "Bretagne", "place": "Rennes", "first_day": ""], as: .nadia)
        let path = String((made.header("location") ?? "").split(separator: "?").first ?? "")
        let form = await test.get("\(path)/sondage/nouveau", as: .nadia).text
        for name in [Cast.Name.ana, .hugo, .iris] { #expect(form.contains("value=\"\(test.cast[name])\""), "\(name)") }
        #expect(!form.contains("value=\"\(test.cast[.paul])\"") && !form.contains("value=\"\(test.cast[.yann])\""))
        #expect(!form.contains("Laissez vide si la date"))
        let dates = [("day_1", "05/05/2026"), ("half_1", "am"), ("day_2", "12/05/2026"), ("half_2", "am"), ("half_days", "4")]
        let outside = [("other_name", "Noé"), ("other_email", "noe@essai.example"), ("other_name_2", "Léa"), ("other_email_2", "lea@essai.example")]
        let half = await test.post("\(path)/sondage", pairs: dates + [("people", test.cast[.ana]), ("other_name_3", "Max")], as: .nadia)
        #expect(half.status == 422 && half.text.contains("id=\"other_email_3-error\"") && half.text.contains("<details open>"))
        #expect(await test.post("\(path)/sondage", pairs: dates + [("people", test.cast[.paul])], as: .nadia).status == 422)
        #expect(await test.post("\(path)/sondage", pairs: dates + [("people", test.cast[.ana])] + outside, as: .nadia).status == 303)
        let asked = try await test.site.database.read { try $0.texts("SELECT name FROM poll_person JOIN person ON person.id = person_id ORDER BY name") }
        #expect(asked == ["Ana", "Léa", "Noé"])
        // A group that is known is whom one asks.
        #expect(await !test.get("\(caen)/sondage/nouveau", as: .nadia).text.contains("value=\"\(test.cast[.hugo])\""))
    }

    @Test func `the date chosen becomes that of the visit in one act, and closing twice changes nothing`() async throws {
        let test = try await TestSite()
        let board = try await asked(test)
        let visit = test.cast.lille.visit
        #expect(await test.post("\(lille)/sondage/choix", ["option": "x"], as: .nadia).status == 422)
        #expect(await test.post("\(lille)/sondage/choix", ["option": board.options[1].id], as: .nadia).status == 303)
        let slots = try await test.site.database.read { try Slots.of(visit, $0) }
        #expect(slots.map(\.halfDay) == HalfDay.row(from: Day(iso: "2026-05-12")!, .afternoon, count: 4))
        let again = await test.post("\(lille)/sondage/choix", ["option": board.options[0].id], as: .hugo)
        #expect(again.status == 303 && again.header("location")?.hasSuffix("fait=deja") == true)
        #expect(try await test.site.database.read { try Slots.of(visit, $0) } == slots)
        let mails = try await test.site.database.read { try $0.count("SELECT count(*) FROM mail WHERE subject LIKE '%date est choisie%'") }
        #expect(mails == 2)
        let closed = await test.post(try await link(test), ["answer-\(board.options[0].id)": "yes", "answer-\(board.options[1].id)": "yes"])
        #expect(closed.status == 422 && closed.text.contains("ce sondage est clos"))
        let traces = try await test.site.database.read { try $0.count("SELECT count(*) FROM audit WHERE action = 'poll.closed'") }
        #expect(traces == 1)
    }

    @Test func `before a date is retained, the page says who has not answered and who will be written to`() async throws {
        let test = try await TestSite()
        let board = try await asked(test)
        let option = board.options[1].id
        let page = await test.get("\(lille)/sondage", as: .nadia).text
        #expect(page.contains("href=\"\(lille)/sondage/choix?option=\(option)\"") && !page.contains("action=\"\(lille)/sondage/choix\""))
        let answers = Dictionary(uniqueKeysWithValues: board.options.map { ("answer-\($0.id)", "yes") })
        _ = await test.post("\(lille)/sondage/reponse", answers, as: .zoe)
        let sure = await test.get("\(lille)/sondage/choix?option=\(option)", as: .nadia).text
        #expect(sure.contains("2 personnes n’ont pas encore répondu\u{A0}: Nadia et Noé.") && sure.contains("Les réponses sont attendues avant le ven. 20 mars 2026."))
        #expect(sure.contains("sera écrite par courriel à Noé et Zoe.") && sure.contains("name=\"option\" value=\"\(option)\""))
        #expect(await test.get("\(lille)/sondage/choix?option=\(option)", as: .zoe).status == 403)
        _ = await test.post("\(lille)/sondage/choix", ["option": option], as: .nadia)
        #expect(await test.get("\(lille)/sondage/choix?option=\(option)", as: .nadia).status == 303, "nothing to choose any more")
    }

    @Test func `who said nothing is written to once before the end, unless they do not want it`() async throws {
        let test = try await TestSite()
        _ = try await asked(test)
        func send() async throws -> Int { try await PollReminders.sendDue(test.site) { event, _ in "/programmes/essai/visites/\(event.id)" } }
        #expect(try await send() == 0)
        test.clock.move(to: Day(iso: "2026-03-19")!)
        let zoe = test.cast[.zoe]
        try await test.site.database.write { try $0.run("INSERT INTO mail_refusal (person_id, kind, since) VALUES (\(zoe), 'poll', 1)") }
        #expect(try await send() == 2)
        #expect(try await send() == 0)
    }

    @Test func `other dates take the place of a poll: nobody is asked the old ones any more, and old links lead to the new ones`() async throws {
        let test = try await TestSite()
        let old = try await asked(test)
        let address = try await link(test)
        test.clock.move(to: Day(iso: "2026-03-12")!)
        try await test.renewSessions()
        #expect(await test.get("\(lille)/sondage/nouveau", as: .nadia).text.contains("Cette demande remplacera celle du"))
        let (zoe, noe) = (test.cast[.zoe], try #require(old.voters.first { $0.name == "Noé" }).personId)
        let pairs = [("day_1", "02/06/2026"), ("half_1", "am"), ("day_2", "09/06/2026"), ("half_2", "am"), ("half_days", "4"), ("answer_by", "")]
        let other = [("other_name", "Noé"), ("other_email", "noe@essai.example")]
        #expect(await test.post("\(lille)/sondage", pairs: pairs + [("people", test.cast[.nadia])] + other, as: .nadia).status == 303)
        let zoes = await test.get("\(lille)/sondage", as: .zoe).text
        #expect(zoes.contains("Cette demande ne vaut plus") && !zoes.contains("Enregistrer ma réponse") && !zoes.contains("2 et 3 juin 2026"))
        // Zoé is not asked again: nothing waits for her; Noé finds the new dates behind the old address.
        #expect(await !test.get("/a-faire", as: .zoe).text.contains("Dire quelles dates vous conviennent"))
        let page = await test.get(address).text
        #expect(page.contains("D’autres dates ont été proposées le jeu. 12 mars 2026") && page.contains("2 et 3 juin 2026") && !page.contains("5 et 6 mai 2026"))
        let stale = await test.post(address, ["answer-\(old.options[0].id)": "yes", "answer-\(old.options[1].id)": "yes"])
        #expect(stale.status == 422 && stale.text.contains("D’autres dates ont été proposées depuis"))
        let new = try #require(try await test.site.database.read { try Polls.last(about: old.poll.eventId, $0) })
        #expect(await test.post(address, ["answer-\(new.options[0].id)": "yes", "answer-\(new.options[1].id)": "no"]).status == 303)
        let mails = try await test.site.database.read { try $0.texts("SELECT body FROM mail WHERE address = 'noe@essai.example' ORDER BY created_at, id") }
        #expect(mails.count == 2 && !mails[0].contains("remplace") && mails[1].contains("Cette demande remplace celle du"))
        #expect(mails[0].contains("5 et 6 mai 2026") && mails[1].contains("– mar. 2 et 3 juin 2026\n"))
        #expect(try await test.site.database.read { try Polls.board(id: old.poll.id, $0) }.poll.isClosed)
        // Asked a third time without Noé, the address says so.
        test.clock.move(to: Day(iso: "2026-03-13")!)
        try await test.renewSessions()
        #expect(await test.post("\(lille)/sondage", pairs: pairs + [("people", zoe)], as: .nadia).status == 303)
        let over = await test.get(address).text
        #expect(over.contains("Cette demande ne vaut plus") && !over.contains("Enregistrer ma réponse") && !noe.isEmpty)
        #expect(try await PollReminders.sendDue(test.site) { event, _ in "/programmes/essai/visites/\(event.id)" } == 0)
    }

    @Test func `dates that are set without the poll close it`() async throws {
        let test = try await TestSite()
        let board = try await asked(test)
        #expect(await test.post("\(lille)/dates", ["first_day": "02/06/2026", "length": "4"], as: .nadia).status == 303)
        #expect(await !test.get("/a-faire", as: .zoe).text.contains("Dire quelles dates vous conviennent"))
        let page = await test.get("\(lille)/sondage", as: .zoe).text
        #expect(page.contains("Les dates ont été fixées sans ce sondage") && !page.contains("Enregistrer ma réponse"))
        let late = await test.post(try await link(test), ["answer-\(board.options[0].id)": "yes", "answer-\(board.options[1].id)": "yes"])
        #expect(late.status == 422 && late.text.contains("ce sondage est clos"))
        test.clock.move(to: Day(iso: "2026-03-19")!)
        #expect(try await PollReminders.sendDue(test.site) { event, _ in "/programmes/essai/visites/\(event.id)" } == 0)
    }

    @Test func `answers are expected before the dates, and nobody typed is forgotten`() async throws {
        let test = try await TestSite()
        func refused(_ changed: [String: String]) async -> String {
            var pairs = ["day_1": "05/05/2026", "day_2": "12/05/2026", "people": test.cast[.zoe]]
            pairs.merge(changed) { $1 }
            let page = await test.post("\(lille)/sondage", pairs, as: .nadia)
            #expect(page.status == 422, "\(changed)")
            return page.text
        }
        #expect(await refused(["answer_by": "01/01/2026"]).contains("les réponses ne peuvent être attendues qu’à une date à venir"))
        #expect(await refused(["answer_by": "06/05/2026"]).contains("attendez les réponses ce jour-là au plus tard"))
        let jean = await refused(["other_name": "Jean"])
        #expect(jean.contains("la demande n’arrivera pas à Jean") && jean.contains("value=\"Jean\"") && jean.contains("05/05/2026"))
        #expect(await refused(["other_email": "jean@essai.example"]).contains("Donnez le nom de la personne"))
        #expect(await refused(["other_name": "Jean", "other_email": "jean"]).contains("id=\"other_email-error\""))
    }

    @Test func `what is wrong in the question is said at its place`() async throws {
        let test = try await TestSite()
        let page = await test.post("\(lille)/sondage", ["day_1": "31/04/2026", "day_2": "01/01/2026", "people": ""], as: .nadia)
        #expect(page.status == 422)
        for words in ["n’existe pas", "est passé", "Choisissez à qui demander."] { #expect(page.text.contains(words), "\(words)") }
    }
}
