import Database
import Events
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

@Suite struct VisitRequestTests {
    private let visits = "/programmes/essai/visites"
    private let caen = "/programmes/essai/visites/caen"
    private let lille = "/programmes/essai/visites/lille"

    private func actions(_ test: TestSite, on visit: String) async throws -> [String] {
        try await test.site.database.read {
            try $0.texts("SELECT action FROM audit WHERE object_id = \(visit) ORDER BY at, id")
        }
    }

    @Test(arguments: [
        (Cast.Name.nadia, 200), (.hugo, 200), (.iris, 200), (.ana, 200), (.maud, 200), (.yann, 200), (.paul, 404),
        (.zoe, 404),
        (.sam, 404), (.stranger, 404),
    ])
    func `who sees the visit of Caen`(_ name: Cast.Name, _ status: Int) async throws {
        let test = try await TestSite()
        #expect(await test.get(caen, as: name).status == status)
    }

    @Test func `a host sees its own visit in the list and no other`() async throws {
        let test = try await TestSite()
        let page = await test.get(visits, as: .yann)
        #expect(page.status == 200)
        #expect(page.text.contains(caen))
        #expect(!page.text.contains(lille))
        #expect(await test.get(lille, as: .yann).status == 404)
    }

    @Test func `without session one is asked to log in, whatever the address`() async throws {
        let test = try await TestSite()
        #expect(await test.get(caen).status == test.get("\(visits)/nulle-part").status)
    }

    @Test(arguments: ["dates", "objet", "adresse", "rencontres", "groupe", "invitations"])
    func `only officers and coordinators prepare a visit`(_ page: String) async throws {
        let test = try await TestSite()
        for name in [Cast.Name.nadia, .hugo] { #expect(await test.get("\(caen)/\(page)", as: name).status == 200) }
        for name in [Cast.Name.iris, .ana, .maud, .yann] {
            #expect(await test.get("\(caen)/\(page)", as: name).status == 403)
            #expect(await test.post("\(caen)/\(page)", as: name).status == 403)
        }
        for name in [Cast.Name.paul, .zoe, .sam, .stranger] {
            #expect(await test.get("\(caen)/\(page)", as: name).status == 404)
            #expect(await test.post("\(caen)/\(page)", as: name).status == 404)
        }
        #expect(!(await test.get(caen, as: .ana).text.contains("\(caen)/\(page)")))
    }

    @Test func `the page says the dates by half-days, the host, the people and the encounters`() async throws {
        let test = try await TestSite()
        let page = await test.get(caen, as: .ana).text
        for words in [
            "mar. 14 avril 2026, matin", "mer. 15 avril 2026, après-midi", "ARDES", "Fonction de yann",
            "Atelier des salariés", "signe pour la structure", "7 personnes dans la pièce",
        ] {
            #expect(page.contains(words), "\(words)")
        }
    }

    @Test func `two days and a half are saved as five half-days and the visit is dated`() async throws {
        let test = try await TestSite()
        let answer = await test.post("\(lille)/dates", ["first_day": "19/05/2026", "length": "5"], as: .nadia)
        #expect(answer.status == 303)
        let page = await test.get(answer.header("location") ?? "", as: .nadia).text
        #expect(page.contains("Les dates sont enregistrées."))
        #expect(page.contains("jeu. 21 mai 2026, matin"))
        #expect(!page.contains("jeu. 21 mai 2026, après-midi"))
        #expect(Set(try await actions(test, on: test.cast.lille.visit)) == ["visit.planned", "visit.dated"])
        #expect(!page.contains("Demi-journées choisies"), "a whole row needs no list")
        let chosen = [("first_day", "19/05/2026"), ("length", "chosen"), ("half_days", "0-pm"), ("half_days", "2-am")]
        let other = await test.post("\(lille)/dates", pairs: chosen, as: .nadia)
        let said = await test.get(other.header("location") ?? "", as: .nadia).text
        #expect(said.contains("Demi-journées choisies\u{A0}: mar. 19 mai 2026, après-midi et jeu. 21 mai 2026, matin."))
        #expect(await !test.get("\(lille)/dates", as: .nadia).text.contains("Seulement si vous avez choisi"))
    }

    @Test func `a date that does not exist comes back with what was typed`() async throws {
        let test = try await TestSite()
        let page = await test.post("\(lille)/dates", ["first_day": "31/04/2026", "length": "5"], as: .nadia)
        #expect(page.status == 422)
        #expect(page.text.contains("La date 31/04/2026 n’existe pas"))
        #expect(page.text.contains("value=\"31/04/2026\""))
        #expect(page.text.contains("value=\"5\" checked"))
        #expect(try await actions(test, on: test.cast.lille.visit).isEmpty)
    }

    @Test func `dates in the past or far away are saved and warned about`() async throws {
        let test = try await TestSite()
        _ = await test.post("\(lille)/dates", ["first_day": "13/01/2026", "length": "4"], as: .nadia)
        #expect(await test.get(lille, as: .nadia).text.contains("Les dates sont passées"))
        _ = await test.post("\(lille)/dates", ["first_day": "13/01/2036", "length": "4"], as: .nadia)
        #expect(await test.get(lille, as: .nadia).text.contains("dans plus de deux ans"))
    }

    @Test func `a visit is not noted as held before its last day`() async throws {
        let test = try await TestSite()
        let early = await test.post("\(caen)/tenue", as: .nadia)
        #expect(early.status == 422)
        #expect(early.text.contains("La visite n’est pas finie"))
    }

    @Test func `on its last day, the button that notes it as held is there for whoever prepares it`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-15")!)
        #expect(await test.get(caen, as: .nadia).text.contains("Noter que la visite a eu lieu"))
        #expect(!(await test.get(caen, as: .ana).text.contains("Noter que la visite a eu lieu")))
        let before = try await TestSite(on: Day(iso: "2026-04-14")!)
        #expect(!(await before.get(caen, as: .nadia).text.contains("Noter que la visite a eu lieu")))
    }

    @Test func `whoever prepares the visit notes that it took place`() async throws {
        let test = try await TestSite(on: Day(iso: "2026-04-16")!)
        #expect(await test.get(caen, as: .nadia).text.contains("Noter que la visite a eu lieu"))
        #expect(!(await test.get(caen, as: .ana).text.contains("Noter que la visite a eu lieu")))
        #expect(await test.post("\(caen)/tenue", as: .nadia).status == 303)
        #expect(try await actions(test, on: test.cast.caen.visit) == ["visit.held"])
        #expect(await test.get(caen, as: .ana).text.contains("Faite"))
    }

    @Test func `a new visit without host is added, and warned about`() async throws {
        let test = try await TestSite()
        let fields = ["name": "Visite à Brest <3", "place": "Brest", "first_day": "02/06/2026", "host": ""]
        let answer = await test.post(visits, fields, as: .nadia)
        #expect(answer.header("location") == "\(visits)/visite-a-brest-3?fait=created")
        let page = await test.get("\(visits)/visite-a-brest-3", as: .nadia).text
        #expect(page.contains("Cette visite n’a pas encore de structure"))
        #expect(page.contains("Visite à Brest &lt;3"))
        #expect(page.contains("mer. 3 juin 2026, après-midi"))
        // The officer who adds it follows it.
        #expect(page.contains("Fonction de nadia"))
        let again = await test.post(visits, fields, as: .nadia)
        #expect(again.header("location") == "\(visits)/visite-a-brest-3-2?fait=created")
    }

    @Test func `everything wrong in a new visit is said at once and what was typed stays`() async throws {
        let test = try await TestSite()
        let page = await test.post(visits, ["name": " ", "place": "Brest", "first_day": "30/02/2026"], as: .nadia)
        #expect(page.status == 422)
        #expect(page.text.contains("Donnez un nom à la visite."))
        #expect(page.text.contains("La date 30/02/2026 n’existe pas"))
        #expect(page.text.contains("value=\"Brest\""))
        #expect(await test.post(visits, ["name": "Brest"], as: .ana).status == 403)
        #expect(await test.post(visits, ["name": "Brest"], as: .stranger).status == 403)
    }

    @Test func `an address that changes leads to the new one for ever`() async throws {
        let test = try await TestSite()
        let moved = await test.post(
            "\(caen)/adresse", ["name": "Caen et Colombelles", "slug": "colombelles"], as: .nadia)
        #expect(moved.status == 303)
        let old = await test.get("\(caen)/dates", as: .nadia)
        #expect(old.status == 301)
        #expect(old.header("location") == "\(visits)/colombelles/dates")
        #expect(await test.get(caen, as: .stranger).status == 404)
        #expect(await test.post("\(lille)/adresse", ["name": "Lille", "slug": "caen"], as: .nadia).status == 422)
        #expect(await test.post("\(lille)/adresse", ["name": "Lille", "slug": "Lille !"], as: .nadia).status == 422)
        _ = await test.post("\(visits)/colombelles/adresse", ["name": "Caen", "slug": "caen"], as: .nadia)
        #expect(await test.get("\(visits)/colombelles", as: .nadia).header("location") == caen)
        #expect(await test.get(caen, as: .nadia).status == 200)
    }

    @Test func `the subject is saved and a host of another programme is refused`() async throws {
        let test = try await TestSite()
        let fields = [
            "focus": "Le récit\r\nde territoire", "flagship_initiative": "", "place": "Lille", "host": "",
            "territory": "",
        ]
        #expect(await test.post("\(lille)/objet", fields, as: .hugo).status == 303)
        #expect(await test.get(lille, as: .ana).text.contains("Le récit<br>de territoire"))
        let wrong = await test.post("\(lille)/objet", fields.merging(["host": "nobody"]) { $1 }, as: .hugo)
        #expect(wrong.status == 422)
        #expect(wrong.text.contains("Ce choix n’est plus proposé"))
    }

    @Test func `the list is exported with the visits one may see`() async throws {
        let test = try await TestSite()
        let all = await test.get("\(visits)/export", as: .nadia)
        #expect(all.header("content-type")?.hasPrefix("text/csv") == true)
        #expect(all.text.contains("Caen;Préparée;ARDES") && all.text.contains("Lille;Candidate;APES"))
        #expect(!(await test.get("\(visits)/export", as: .yann).text.contains("Lille")))
        #expect(await test.get("\(visits)/export", as: .stranger).status == 404)
    }

    @Test func `what waits for the officer is among the things to do`() async throws {
        let test = try await TestSite()
        _ = await test.post("\(lille)/dates", ["first_day": "2026-05-19", "length": "4"], as: .nadia)
        let todo = await test.get("/a-faire", as: .nadia).text
        #expect(todo.contains("Composer le groupe de visite de «\u{A0}Lille\u{A0}»") && todo.contains("\(lille)/groupe"))
        #expect(!(await test.get("/a-faire", as: .ana).text.contains("Composer le groupe")))
        let late = try await TestSite(on: Day(iso: "2026-04-20")!)
        #expect(await late.get("/a-faire", as: .nadia).text.contains("Noter que «\u{A0}Caen\u{A0}» a eu lieu"))
    }

    @Test func `a programme begins from nothing with one visit, its place and its first day`() async throws {
        let test = try await TestSite()
        let fields = ["name": "Rencontres du littoral", "place": "Brest", "first_day": "02/06/2026"]
        #expect(await test.post("/programmes/nouveau", fields, as: .nadia).status == 303)
        let (id, people) = try await test.site.database.read { reader -> (String?, Delegation?) in
            let id = try reader.text(
                "SELECT visit.id FROM visit JOIN event ON event.id = visit.id WHERE event.place = 'Brest'")
            return (
                id, try id.map { try Delegation.people(VisitQueries.load(id: $0, reader), reader) }
            )
        }
        let visit = try #require(id)
        let agenda = try await test.site.database.read { try Slots.of(visit, $0) }
        #expect(agenda.count == 4)
        #expect(people?.staff.map(\.name) == ["Nadia"])
    }

    @Test func `nothing is broken in the little programme`() async throws {
        let test = try await TestSite()
        #expect(try await test.site.database.read { try VisitChecks.problems($0) }.isEmpty)
    }
}
