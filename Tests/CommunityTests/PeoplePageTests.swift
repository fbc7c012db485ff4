import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Community

struct PeoplePageTests {
    private static let fields = [
        "name": "Lou Martin", "email": "lou@exemple.fr", "function": "animation", "role": "facilitator",
    ]

    @Test func `people are listed with their roles and found without accents`() async throws {
        let site = try await TestSite()
        let all = await site.get("/programmes/essai/communaute", as: .ana)
        #expect(all.status == 200)
        #expect(all.text.contains("Mission de projet"))
        #expect(all.text.contains("Accueil (Caen)"))
        #expect(!all.text.contains("@essai.example"))
        let found = await site.get("/programmes/essai/communaute?nom=CHLOÉ&role=facilitator", as: .ana)
        #expect(found.text.contains(">Chloe</a>"))
        #expect(!found.text.contains(">Bo</a>"))
    }

    @Test func `an invitation makes a person, an account, a role, and a mail`() async throws {
        let site = try await TestSite()
        let answer = await site.post(
            "/programmes/essai/communaute/invitations",
            Self.fields.merging(["other_organization": "Les Chemins"]) { first, _ in first }, as: .nadia)
        #expect(answer.status == 303)
        let id = try #require(try await site.text("SELECT id FROM person WHERE email_key = 'lou@exemple.fr'"))
        #expect(answer.header("location") == "/programmes/essai/communaute/\(id)?invite=1")
        #expect(try await site.count("SELECT COUNT(*) FROM account WHERE person_id = \(id)") == 1)
        let mails = try await site.texts("SELECT body FROM mail WHERE person_id = \(id)")
        #expect(mails.count == 1 && mails[0].hasSuffix("Une question\u{A0}? Écrivez à Nadia\u{A0}: \(Cast.email(.nadia))"), "\(mails)")
        #expect(
            try await site.texts(
                "SELECT role FROM membership WHERE person_id = \(id) AND scope_id = \(site.cast.programme)")
                == ["facilitator"])
        let page = await site.get("/programmes/essai/communaute/\(id)?invite=1", as: .nadia)
        #expect(page.text.contains("Les Chemins"))
        #expect(page.text.contains("Lou Martin fait partie du programme."))
        #expect(page.text.contains("lou@exemple.fr"))
        #expect(!(await site.get("/programmes/essai/communaute/\(id)", as: .ana).text.contains("lou@exemple.fr")))
        #expect(try await site.count("SELECT COUNT(*) FROM audit WHERE action = 'membership.started'") == 1)
    }

    @Test func `somebody known by their address keeps account and profile`() async throws {
        let site = try await TestSite()
        let answer = await site.post(
            "/programmes/essai/communaute/invitations",
            ["name": "L’Étrangère", "email": "STRANGER@essai.example", "function": "autre", "role": "partner"],
            as: .nadia)
        let id = site.cast[.stranger]
        let location = try #require(answer.header("location"))
        #expect(location == "/programmes/essai/communaute/\(id)?invite=1&fonction=gardee")
        #expect(await site.get(location, as: .nadia).text.contains("sont restées celles ci-dessous"))
        #expect(
            try await site.text("SELECT function FROM person_profile WHERE person_id = \(id)") == "Fonction de stranger"
        )
        let subject = try await site.text("SELECT subject FROM mail WHERE person_id = \(id)")
        #expect(subject == "Vous faites partie du programme «\u{A0}Essai\u{A0}»")
    }

    @Test func `a namesake is suggested before somebody is added`() async throws {
        let site = try await TestSite()
        var fields = Self.fields
        fields["name"] = "ÂNA"
        let asked = await site.post("/programmes/essai/communaute/invitations", fields, as: .nadia)
        #expect(asked.status == 422)
        #expect(asked.text.contains("Oui\u{A0}: Ana, Fonction de ana"))
        #expect(asked.text.contains("value=\"lou@exemple.fr\""))
        #expect(try await site.count("SELECT COUNT(*) FROM person WHERE email_key = 'lou@exemple.fr'") == 0)

        fields["same"] = site.cast[.ana]
        let same = await site.post("/programmes/essai/communaute/invitations", fields, as: .nadia)
        #expect(same.header("location") == "/programmes/essai/communaute/\(site.cast[.ana])?invite=1&fonction=gardee")
        fields["same"] = site.cast[.stranger]
        #expect(await site.post("/programmes/essai/communaute/invitations", fields, as: .nadia).status == 404)
        fields["same"] = "nobody"
        #expect(await site.post("/programmes/essai/communaute/invitations", fields, as: .nadia).status == 303)
        #expect(try await site.count("SELECT COUNT(*) FROM person WHERE sort_key = 'ana'") == 2)
    }

    @Test func `a wrong invitation says everything at once`() async throws {
        let site = try await TestSite()
        let page = await site.post("/programmes/essai/communaute/invitations", ["name": ""], as: .nadia)
        #expect(page.status == 422)
        for field in ["#name", "#email", "#function", "#role"] {
            #expect(page.text.contains("href=\"\(field)\""), "\(field)")
        }
        let host = await site.post(
            "/programmes/essai/communaute/invitations", Self.fields.merging(["role": "host"]) { _, new in new },
            as: .nadia)
        #expect(host.status == 422)
    }

    @Test func `only who manages people invites`() async throws {
        let site = try await TestSite()
        for name in [Cast.Name.ana, .iris, .maud] {
            #expect(await site.post("/programmes/essai/communaute/invitations", Self.fields, as: name).status == 403)
            #expect(await site.get("/programmes/essai/communaute/inviter", as: name).status == 403)
        }
        for name in [Cast.Name.stranger, .paul, .sam] {
            #expect(await site.post("/programmes/essai/communaute/invitations", Self.fields, as: name).status == 404)
        }
        #expect(try await site.count("SELECT COUNT(*) FROM person WHERE email_key = 'lou@exemple.fr'") == 0)
    }

    @Test func `a seat is held by one person and freed when the role ends`() async throws {
        let site = try await TestSite()
        _ = await site.post("/programmes/importations", ["text": ProgrammeFileExample.text], as: .nadia)
        let base = "/programmes/territoires-en-action/communaute"
        let seat = try #require(
            try await site.text(
                "SELECT seat.id FROM seat JOIN scope ON scope.id = scope_id WHERE kind = 'cohort' ORDER BY position LIMIT 1"
            ))
        #expect(await site.get("\(base)/inviter?seat=\(seat)", as: .nadia).text.contains("value=\"direction\""))
        var fields = Self.fields
        fields["seat"] = seat
        let invited = await site.post("\(base)/invitations", fields, as: .nadia)
        #expect(invited.status == 303)
        let lou = try #require(try await site.text("SELECT person_id FROM seat WHERE id = \(seat)"))
        fields["email"] = "autre@exemple.fr"
        fields["name"] = "Autre"
        let taken = await site.post("\(base)/invitations", fields, as: .nadia)
        #expect(taken.status == 422)
        #expect(taken.text.contains("Cette place vient d’être prise"))

        let scope = try #require(try await site.text("SELECT scope_id FROM seat WHERE id = \(seat)"))
        let ended = await site.post("\(base)/\(lou)/departs", ["role": "facilitator", "scope": scope], as: .nadia)
        let back = try #require(ended.header("location"))
        #expect(back == "\(base)/\(lou)?fin=facilitator&scope=\(scope)&seat=\(seat)")
        #expect(try await site.text("SELECT person_id FROM seat WHERE id = \(seat)") == nil)
        #expect(await site.get(back, as: .nadia).text.contains("data-undo=\"20\""))
        _ = await site.post("\(base)/\(lou)/roles", ["role": "facilitator", "scope": scope, "seat": seat], as: .nadia)
        #expect(try await site.text("SELECT person_id FROM seat WHERE id = \(seat)") == lou)
    }

    @Test func `a role that ended opens nothing any more, and can be taken back`() async throws {
        let site = try await TestSite()
        let path = "/programmes/essai/communaute/\(site.cast[.ana])"
        let fields = ["role": "facilitator", "scope": site.cast.programme]
        #expect(await site.post("\(path)/departs", fields, as: .bo).status == 403)
        #expect(await site.post("\(path)/departs", fields, as: .nadia).status == 303)
        #expect(await site.get("/programmes/essai/communaute", as: .ana).status == 404)
        _ = await site.post("\(path)/roles", fields, as: .nadia)
        #expect(await site.get("/programmes/essai/communaute", as: .ana).status == 200)
        #expect(
            try await site.texts("SELECT action FROM audit WHERE action LIKE 'membership.%' ORDER BY at, action")
                == ["membership.ended", "membership.started"])
    }

    @Test func `the last person who manages a programme stays`() async throws {
        let site = try await TestSite()
        let base = "/programmes/essai/communaute"
        let scope = site.cast.programme
        let hugo = await site.post("\(base)/\(site.cast[.hugo])/departs", ["everything": "1"], as: .nadia)
        #expect(hugo.status == 303)
        let nadia = await site.post(
            "\(base)/\(site.cast[.nadia])/departs", ["role": "officer", "scope": scope], as: .nadia)
        #expect(nadia.status == 422)
        #expect(nadia.text.contains("C’est la dernière personne qui peut gérer le programme."))
        #expect(await site.get("/programmes/essai/reglages", as: .nadia).status == 200)
    }

    @Test func `roles of another programme or of a visit are out of reach`() async throws {
        let site = try await TestSite()
        let path = "/programmes/essai/communaute/\(site.cast[.ana])"
        let other = await site.post("\(path)/roles", ["role": "officer", "scope": site.cast.caen.circle], as: .nadia)
        #expect(other.status == 404)
        #expect(await site.post("\(path)/departs", ["role": "officer", "scope": "x"], as: .nadia).status == 404)
        #expect(await site.get("/programmes/essai/communaute/\(site.cast[.stranger])", as: .nadia).status == 404)
        #expect(await site.post("\(path)/roles", ["role": "host"], as: .nadia).status == 422)
    }

    @Test func `nobody writes from one programme what another reads of somebody`() async throws {
        let site = try await TestSite()
        let ana = site.cast[.ana]
        try await site.site.amend(as: "test.elsewhere", by: .site) { change in
            try change.run("INSERT INTO programme (id, slug, title, summary, language, license, created_at) SELECT 'ailleurs', 'ailleurs', 'Ailleurs', '', language, license, created_at FROM programme LIMIT 1")
            try change.run("INSERT INTO scope (id, programme_id, kind, name) VALUES ('ailleurs', 'ailleurs', 'programme', 'Ailleurs')")
            try change.join(ana, scope: "ailleurs", as: .facilitator)
            try change.trace("programme", "ailleurs")
        }
        let answer = await site.post("/programmes/essai/communaute/\(ana)/fonction", ["function": "pirate"], as: .nadia)
        #expect(answer.status == 422 && answer.text.contains("aussi dans un autre programme"))
        #expect(!(await site.get("/programmes/essai/communaute/\(ana)", as: .bo).text.contains("pirate")))
        // Whoever is in both says it themselves, and nothing else of the sort.
        let own = "/programmes/essai/communaute/\(ana)"
        #expect(await site.get(own, as: .ana).text.contains("Modifier votre fonction"))
        #expect(!(await site.get(own, as: .bo).text.contains("/fonction")))
        #expect(await site.get("\(own)/fonction", as: .ana).text.contains("Modifier votre fonction"))
        #expect(await site.post("\(own)/fonction", ["function": "coprésidence", "email": "autre@essai.example"], as: .ana).status == 303)
        #expect(await site.get(own, as: .bo).text.contains("coprésidence"))
        #expect(try await site.text("SELECT email FROM person WHERE id = \(ana)") == Cast.email(.ana))
        #expect(await site.post("\(own)/fonction", ["function": "Bo l’a dit"], as: .bo).status == 403)
        #expect(await site.post("/programmes/essai/communaute/\(ana)/roles", ["role": "coordinator"], as: .ana).status == 403)
    }

    @Test func `an organisation that another programme knows is kept by whoever changes a function here`() async throws {
        let site = try await TestSite()
        let (ana, path) = (site.cast[.ana], "/programmes/essai/communaute/\(site.cast[.ana])/fonction")
        try await site.site.amend(as: "test.elsewhere", by: .site) { change in
            let id = try Organization.create("La Friche", shortName: nil, kind: .other, in: change)
            try Profiles.save(ana, function: "animation", organization: id, in: change)
            try change.trace("person", ana)
        }
        let page = await site.get(path, as: .ana).text
        let chosen = try #require(page.firstMatch(of: #/<option value="([^"]+)" selected>La Friche/#)).output.1
        #expect(await site.post(path, ["function": "direction", "organization": String(chosen)], as: .ana).status == 303)
        #expect(await site.get("/programmes/essai/communaute/\(ana)", as: .bo).text.contains("La Friche"))
    }

    @Test func `a function is put right by who manages people`() async throws {
        let site = try await TestSite()
        let path = "/programmes/essai/communaute/\(site.cast[.ana])"
        let organization = try #require(site.cast.organizations["apes"])
        #expect(await site.get("\(path)/fonction", as: .bo).status == 403)
        let answer = await site.post(
            "\(path)/fonction", ["function": "présidence", "organization": organization], as: .nadia)
        #expect(answer.header("location") == path)
        let page = await site.get(path, as: .bo)
        #expect(page.text.contains("présidence"))
        #expect(page.text.contains("APES"))
        #expect(await site.post("\(path)/fonction", ["function": "", "organization": "x"], as: .nadia).status == 422)
    }
}
