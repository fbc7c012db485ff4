import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Visits

@Suite struct GroupRequestTests {
    private let caen = "/programmes/essai/visites/caen"
    private let lille = "/programmes/essai/visites/lille"

    private func gather(_ names: [Cast.Name], reason: String = "", at visit: String, _ test: TestSite) async -> Response {
        await test.post(
            "\(visit)/groupe",
            pairs: names.map { ("visitors", test.cast[$0]) } + [("staff", test.cast[.nadia]), ("size_reason", reason)],
            as: .nadia)
    }

    private func delegation(_ place: Cast.Place, _ test: TestSite) async throws -> Delegation {
        try await test.site.database.read {
            try Delegation.people(VisitQueries.load(id: place.visit, $0), $0)
        }
    }

    @Test func `a group of three is saved, with the reason why more are expected`() async throws {
        let test = try await TestSite()
        #expect(await gather([.ana, .bo, .chloe], at: lille, test).status == 303)
        let page = await test.get(lille, as: .nadia).text
        #expect(page.contains("Le groupe compte 3 personnes"))
        #expect(page.contains("pour des raisons d’agenda, de budget et de méthode"))
        _ = await gather([.ana, .bo, .chloe], reason: "Deux personnes sont souffrantes.", at: lille, test)
        let after = await test.get(lille, as: .nadia).text
        #expect(!after.contains("pour des raisons d’agenda"))
        #expect(after.contains("Deux personnes sont souffrantes."))
    }

    @Test func `a group of seven is warned about with the words of the programme`() async throws {
        let test = try await TestSite()
        try await test.site.amend(as: "test.joined", by: .site) { change in
            for name in [Cast.Name.maud, .stranger] {
                try change.join(test.cast[name], scope: test.cast.programme, as: .facilitator)
            }
            try change.trace("programme", test.cast.programme)
        }
        _ = await gather([.ana, .bo, .chloe, .driss, .emma, .maud, .stranger], at: lille, test)
        let page = await test.get("\(lille)/groupe", as: .nadia).text
        #expect(page.contains("position de représentation"))
        #expect(page.contains("8 personnes seront dans la pièce"))
        #expect(try await delegation(test.cast.lille, test).inTheRoom == 8)
    }

    @Test func `who leaves the group leaves both circles`() async throws {
        let test = try await TestSite()
        _ = await gather([.ana, .bo, .chloe, .driss], at: caen, test)
        let people = try await delegation(test.cast.caen, test)
        #expect(people.visitors.map(\.name) == ["Ana", "Bo", "Chloe", "Driss"])
        #expect(people.staff.map(\.name) == ["Nadia"])
        #expect(people.host.map(\.name) == ["Yann"])
        let left = try await test.site.database.read { try $0.roles(of: test.cast[.emma]) }
        #expect(left[test.cast.caen.delegation] == nil && left[test.cast.caen.circle] == nil)
    }

    @Test func `the group shows how many visits each makes, as a guide`() async throws {
        let test = try await TestSite()
        _ = await gather([.ana, .bo, .chloe, .driss], at: lille, test)
        let page = await test.get("\(lille)/groupe", as: .nadia).text
        #expect(page.contains("2 visites"))
        #expect(page.contains("un repère, pas un quota"))
    }

    @Test func `somebody from elsewhere does not join`() async throws {
        let test = try await TestSite()
        #expect(await gather([.ana, .stranger], at: lille, test).status == 422)
        #expect(await gather([.ana, .zoe], at: lille, test).status == 422)
    }

    @Test func `a person of the host is added without account, signs, and never joins the visiting group`() async throws {
        let test = try await TestSite()
        let added = await test.post(
            "\(lille)/structure", ["name": "Ève Martin", "function": "direction", "email": "eve@exemple.fr"], as: .nadia
        )
        #expect(added.status == 303)
        var people = try await delegation(test.cast.lille, test)
        let eve = try #require(people.host.first { $0.name == "Ève Martin" })
        #expect(!eve.hasAccount && eve.organization == "APES")
        #expect(await test.post("\(lille)/signataire", ["signatory": eve.id], as: .nadia).status == 303)
        people = try await delegation(test.cast.lille, test)
        #expect(people.signatory?.id == eve.id)
        let roles = try await test.site.database.read { try $0.roles(of: eve.id) }
        #expect(roles[test.cast.lille.delegation] == nil)
        #expect(await test.post("\(lille)/structure/\(eve.id)/depart", as: .nadia).status == 303)
        #expect(try await delegation(test.cast.lille, test).signatory == nil)
    }

    @Test func `whoever adds the first person of a host is told that they sign, and that somebody known keeps their function`() async throws {
        let test = try await TestSite()
        _ = await test.post("\(lille)/structure/\(test.cast[.zoe])/depart", as: .nadia)
        let first = await test.post("\(lille)/structure", ["name": "Ève", "function": "direction", "email": "eve@exemple.fr"], as: .nadia)
        #expect(await test.get(first.header("location") ?? "", as: .nadia).text.contains("c’est elle qui signe"))
        let known = await test.post("\(lille)/structure", ["name": "Zoé", "function": "reine", "email": Cast.email(.zoe)], as: .nadia)
        #expect(await test.get(known.header("location") ?? "", as: .nadia).text.contains("la fonction qu’elle a dite reste"))
        let function = try await test.site.database.read { try $0.text("SELECT function FROM person_profile WHERE person_id = \(test.cast[.zoe])") }
        #expect(function == "Fonction de zoe")
    }

    @Test func `a visitor is not added to the host, nor a stranger named to sign`() async throws {
        let test = try await TestSite()
        let page = await test.post(
            "\(caen)/structure", ["name": "Ana", "function": "", "email": Cast.email(.ana)], as: .nadia)
        #expect(page.status == 422)
        #expect(page.text.contains("Ana fait partie du groupe de visite"))
        #expect(await test.post("\(caen)/signataire", ["signatory": test.cast[.ana]], as: .nadia).status == 422)
        #expect(await test.post("\(caen)/structure/\(test.cast[.zoe])/depart", as: .nadia).status == 404)
    }

    @Test func `what was typed about a person of the host comes back`() async throws {
        let test = try await TestSite()
        let page = await test.post(
            "\(caen)/structure", ["name": "Ève", "function": "direction", "email": "eve chez moi"], as: .nadia)
        #expect(page.status == 422)
        #expect(page.text.contains("value=\"direction\""))
        #expect(page.text.contains("value=\"eve chez moi\""))
    }

    @Test func `invitations leave once each, after a question`() async throws {
        let test = try await TestSite()
        #expect(await test.get("\(caen)/invitations", as: .nadia).text.contains("Ces 6 personnes"))
        #expect(await test.post("\(caen)/invitations", as: .nadia).status == 303)
        func mails() async throws -> Int {
            try await test.site.database.read {
                try $0.count("SELECT COUNT(*) FROM mail WHERE object_id = \(test.cast.caen.visit)")
            }
        }
        #expect(try await mails() == 6)
        let again = await test.post("\(caen)/invitations", as: .nadia)
        #expect(again.status == 422)
        #expect(again.text.contains("Tout le groupe a déjà reçu son invitation."))
        #expect(try await mails() == 6)
        let traced = try await test.site.database.read {
            try $0.count("SELECT COUNT(*) FROM audit WHERE action = 'visit.invited'")
        }
        #expect(traced == 1)
        #expect(await test.post("\(lille)/invitations", as: .nadia).status == 422)
    }

    @Test func `the mail says when, where and what happens if nothing is done`() async throws {
        let test = try await TestSite()
        _ = await test.post("\(caen)/invitations", as: .nadia)
        let body = try await test.site.database.read {
            try $0.text("SELECT body FROM mail WHERE person_id = \(test.cast[.ana])")
        }
        let text = try #require(body)
        for words in ["Ana", "14 et 15 avril 2026", "Si vous ne faites rien", caen] {
            #expect(text.contains(words), "\(words)")
        }
    }

    @Test func `a reason given for one size does not silence another`() async throws {
        let test = try await TestSite()
        let reason = "Deux personnes sont souffrantes."
        _ = await gather([.ana, .bo, .chloe], reason: reason, at: lille, test)
        #expect(await !test.get(lille, as: .nadia).text.contains("pour des raisons d’agenda"))
        _ = await gather([.ana, .bo], reason: reason, at: lille, test)
        #expect(await test.get(lille, as: .nadia).text.contains("pour des raisons d’agenda"))
        #expect(await test.get("\(lille)/groupe", as: .nadia).text.contains("pour un groupe d’une autre taille"))
        _ = await gather([.ana, .bo], reason: reason, at: lille, test)
        #expect(await !test.get(lille, as: .nadia).text.contains("pour des raisons d’agenda"))
    }

    @Test func `an invitation is sent again to one person, and the new dates to those who knew others`() async throws {
        let test = try await TestSite()
        _ = await test.post("\(caen)/invitations", as: .nadia)
        func mails(_ name: Cast.Name) async throws -> [String] {
            try await test.site.database.read {
                try $0.texts(
                    "SELECT body FROM mail WHERE object_id = \(test.cast.caen.visit) AND person_id = \(test.cast[name]) ORDER BY id")
            }
        }
        #expect(await test.get("\(caen)/invitations", as: .nadia).text.contains("Renvoyer l’invitation à Ana"))
        #expect(await test.post("\(caen)/invitations/\(test.cast[.ana])", as: .nadia).status == 303)
        #expect(try await mails(.ana).count == 2)
        #expect(try await mails(.bo).count == 1)
        #expect(await test.post("\(caen)/invitations/\(test.cast[.yann])", as: .nadia).status == 404)
        #expect(await test.post("\(caen)/invitations/\(test.cast[.ana])", as: .ana).status == 403)
        let tell = "Prévenir le groupe des nouvelles dates"
        #expect(await !test.get(caen, as: .nadia).text.contains(tell))
        _ = await test.post("\(caen)/dates", ["first_day": "2026-05-18", "length": "4"], as: .nadia)
        #expect(await test.get(caen, as: .nadia).text.contains(tell))
        #expect(await !test.get(caen, as: .ana).text.contains(tell))
        #expect(await test.post("\(caen)/nouvelles-dates", as: .nadia).status == 303)
        #expect(try await mails(.bo).last?.contains("18 et 19 mai 2026") == true)
        #expect(await !test.get(caen, as: .nadia).text.contains(tell))
        #expect(await test.post("\(caen)/nouvelles-dates", as: .nadia).status == 422)
    }
}
