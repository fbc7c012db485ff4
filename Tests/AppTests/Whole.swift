import Application
import Community
import Database
import Formats
import Notes
import Platform
import Synchronization
import TestSupport

/// The cast with one of each thing that has an address, made through the forms that people use.
struct Whole {
    private(set) var test: TestSite
    /// What stands for `{name}` in the path of a route.
    private(set) var values: [String: String]
    private var cookies: [Onlooker: String] = [:]
    /// Somebody whom a private link reaches, without account.
    private static let guest = Cast.Name.emma
    static let visit = "/programmes/essai/visites/caen"
    /// Lists sorted, filtered and turned to another page.
    static let lists = [
        "/ressources?tri=titre", "/ressources?tri=territoire", "/ressources?territoire=caen", "/ressources?genre=synthesis&territoire=caen",
        "/ressources?page=40", "/recherche?q=caen", "/recherche?q=caen&genre=resource", "/programmes/essai/communaute?role=host",
        "/ressources?page=2", "/programmes/essai/visites?tri=missing", "/programmes/essai/textes?tri=titre",
        "/programmes/essai/extraits?state=given", "/programmes/essai/textes?genre=synthesis", "/programmes/essai/journal?acte=visit",
        "/programmes/essai/communaute?tri=structure", "/programmes/essai/communaute?nom=ana", "/programmes/essai/seminaires?tri=date",
        "/programmes/essai/visites?tri=date", "/administration/comptes?nom=ana", "/administration/comptes?tri=visite&page=2",
        "/administration/comptes?tri=ouverture&etat=absence", "/administration/comptes?nom=ana&etat=administration",
    ]
    static let said = "On décide ensemble 🐝, même quand c’est long."

    /// Who looks, in the order of the columns of the table.
    enum Onlooker: String, CaseIterable {
        case anybody, stranger, partner, visitor, facilitator, host, researcher, officer, coordinator, committee, administrator

        var name: Cast.Name? {
            switch self {
            case .anybody, .facilitator: nil
            case .stranger: .stranger
            case .partner: .paul
            case .visitor: .ana
            case .host: .yann
            case .researcher: .iris
            case .officer: .nadia
            case .coordinator: .hugo
            case .committee: .maud
            case .administrator: .sam
            }
        }
    }

    /// Made once each way on SQLite, then copied: each test has its own, with its own clock.
    private static let models = Mutex<[String: Task<Whole, any Error>]>([:])

    /// - Parameter isPublished: false to stop before the publication, all answers given.
    static func make(isPublished: Bool = true, isDemonstration: Bool = true, onServer: Bool = false) async throws -> Whole {
        guard !onServer else { return try await build(isPublished: isPublished, isDemonstration: isDemonstration, onServer: true) }
        let model = models.withLock { models in
            let name = "\(isPublished) \(isDemonstration)"
            let known = models[name] ?? Task { try await build(isPublished: isPublished, isDemonstration: isDemonstration, onServer: false) }
            models[name] = known
            return known
        }
        var whole = try await model.value
        whole.test.remain()
        whole.test = try await TestSite(copy: whole.test, clock: TestClock(at: whole.test.clock))
        return whole
    }

    private static func build(isPublished: Bool, isDemonstration: Bool, onServer: Bool) async throws -> Whole {
        let test = try await TestSite(
            isDemonstration: isDemonstration, security: "mailto:faille@essai.example", onServer: onServer)
        var whole = Whole(
            test: test,
            values: [
                "programme": "essai", "visit": "caen", "territory": "caen", "person": test.cast[.bo], "language": "fr",
                "encounter": test.cast.caen.encounter, "section": "support_structure", "block": "0190a0f0-1111-4222-8333-444455556666",
                "visit /api/v1/visites/{visit}/blocs": test.cast.caen.visit,
                "person /programmes/{programme}/visites/{visit}/structure/{person}/depart": test.cast[.yann],
            ])
        try await whole.invite()
        try await whole.leave()
        try await whole.prepare()
        try await whole.document()
        try await whole.gather()
        try await whole.importAnother()
        try await whole.take(notes: whole.values["block"] ?? "")
        try await whole.ask()
        try await whole.write()
        try await whole.validate()
        if isPublished {
            try await whole.publish()
            try await whole.review()
        }
        try await whole.costs()
        try await whole.byMail()
        try await whole.links()
        whole.values["object"] = whole.values["text"]
        return whole
    }

    /// The browser of somebody, on this site or on a copy of it.
    func client(_ onlooker: Onlooker, on site: TestSite? = nil) -> Client {
        let site = site ?? test
        guard let name = onlooker.name else { return Client(site.dispatcher, cookie: cookies[onlooker]) }
        return site.client(name)
    }

    /// The same browser, on the same data served otherwise.
    func client(_ onlooker: Onlooker, through dispatcher: Dispatcher) -> Client {
        guard let name = onlooker.name else { return Client(dispatcher, cookie: cookies[onlooker]) }
        return test.client(name, through: dispatcher)
    }

    /// The address of a route, or of a line of the table that names a thing (`/textes/{sheet}`).
    func address(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false).map { segment in
            guard segment.hasPrefix("{") else { return String(segment) }
            let name = String(segment.dropFirst().dropLast())
            let place = "\(name) \(path.split(separator: "/").first ?? "")"
            return values["\(name) \(path)"] ?? values[place] ?? values[name] ?? "missing-\(name)"
        }.joined(separator: "/")
    }

    /// The fields without which a form names nothing, hence does not exist for anybody; others are sent empty.
    func fields(_ path: String) -> [String: String] {
        let head = values["revision"] ?? ""
        switch path {
        case "/programmes/{programme}/visites/{visit}/textes": return ["kind": "synthesis"]
        case "/programmes/{programme}/communaute/{person}/departs": return ["everything": "1"]
        case "/programmes/{programme}/visites/{visit}/notes/{block}/version": return ["version": "1"]
        case "/programmes/{programme}/visites/{visit}/bilan/lignes": return ["part": "results"]
        case "/textes/{text}/sections/{section}", "/textes/{text}/sections/{section}/brouillon": return ["base": head, "body": "Autre."]
        case "/fiche/{secret}/sections/{section}", "/fiche/{secret}/sections/{section}/brouillon":
            return ["base": values["sheet revision"] ?? "", "body": "Autre."]
        case "/textes/{text}/blancs": return ["dimension": test.cast.dimensions["participation"] ?? "", "reason": "Pas vu."]
        case "/textes/{text}/extraits": return ["source": "block", "id": values["block"] ?? "", "version": "1", "words": "c’est long"]
        case "/textes/{sheet}/liens": return ["person": test.cast[.yann]]
        case "/textes/{text}/validation/objections/{answer}": return ["outcome": "arbitrated", "reason": "Vu."]
        case "/textes/{text}/validation/reponse": return ["exact": "yes", "publishable": "yes", "kind": "endorse"]
        case "/textes/{text}/validation/replique", "/textes/{text}/validation/retrait": return ["answer": values["answer"] ?? ""]
        default: return [:]
        }
    }

    /// An empty sending of the notebook of Caen, as the script of the page writes it.
    var batch: [String: JSONValue] {
        ["protocol": .int(1), "visit": .string(test.cast.caen.visit), "device": .string("x"), "blocks": .array([])]
    }

    // MARK: - What is made

    /// A facilitator who visits nobody, invited and come; another invitation waits.
    private mutating func invite() async throws {
        let fields = ["name": "Farid", "email": "farid@essai.example", "function": "animation", "role": "facilitator"]
        _ = try await sent("/programmes/essai/communaute/invitations", fields, .nadia)
        let accepted = await Client(test.dispatcher, cookie: nil).post(try await path(in: "farid@essai.example"), [:])
        cookies[.facilitator] = accepted.header("set-cookie").flatMap { cookie in
            cookie.split(separator: ";").first?.split(separator: "=").last.map(String.init)
        }
        let other = ["name": "Gaëlle", "email": "gaelle@essai.example", "function": "animation", "role": "facilitator"]
        _ = try await sent("/programmes/essai/communaute/invitations", other, .nadia)
        values["secret invitation"] = last(try await path(in: "gaelle@essai.example"))
    }

    /// A programme that nobody manages any more.
    private mutating func leave() async throws {
        try await test.site.amend(as: "test.left", by: .site) { _ = try CommunitySeed.programme(1, seed: 1, in: $0) }
        values["programme /administration/programmes/{programme}"] = try await text("SELECT slug FROM programme WHERE slug LIKE '%-1'")
    }

    private mutating func prepare() async throws {
        let seminar = ["title": "Mi-parcours", "first_day": "12/05/2026", "length": "one", "mode": "remote", "place": ""]
        values["event"] = last(try await sent("/programmes/essai/seminaires", seminar, .nadia))
        _ = try await sent(
            "\(Self.visit)/parties-prenantes", ["label": "Deux salariées", "stakeholder_kind": "employee"], .nadia)
        _ = try await sent("\(Self.visit)/invitations", [:], .nadia)
        values["stakeholder"] = try await text("SELECT id FROM visit_stakeholder")
    }

    /// Sub-groups, dates asked for, who was there, agendas: of the visit and of the seminar.
    private mutating func gather() async throws {
        let seminar = "/programmes/essai/seminaires/\(values["event"] ?? "")"
        let (bo, ana) = (test.cast[.bo], test.cast[.ana])
        values["stage"] = "sheet"
        values["slot"] = test.cast.caen.slots[0]
        let other = ["name": "Ailleurs", "members": ana]
        _ = try await sent("\(Self.visit)/sous-groupes", other, .nadia)
        values["subgroup"] = try await text("SELECT id FROM subgroup")
        _ = try await sent("\(seminar)/participation", ["comes": "1"], .bo)
        let seminarSlot = try await text("SELECT id FROM slot WHERE event_id = \(values["event"] ?? "")")
        let dates = ["day_1": "14/04/2027", "day_2": "21/04/2027", "half_days": "4", "people": ana, "other_name": "Noé", "other_email": "noe@essai.example"]
        for base in [seminar, Self.visit] { _ = try await sent("\(base)/sondage", dates, .nadia) }
        values["secret sondage"] = last(try await path(in: "noe@essai.example"))
        for (route, event, slot) in [
            ("/programmes/{programme}/seminaires/{event}", values["event"] ?? "", seminarSlot), ("/programmes/{programme}/visites/{visit}", test.cast.caen.visit, test.cast.caen.slots[0]),
        ] {
            // Nobody signs before the day: the day is told to have come.
            let now = test.site.now()
            let paper = "paper-\(event)"
            try await test.site.amend(as: "test.attendance", by: .site) { change in
                let file = try change.keep(UploadedFile(name: "feuille.txt", bytes: Array("Signé.".utf8)), .text, of: paper)
                try change.run(
                    """
                    INSERT INTO attendance_paper (id, event_id, slot_id, file_id, name, added_at) VALUES (\(paper), \(event), \(slot), \(file), 'feuille.txt', \(now))
                    """)
                try change.run(
                    """
                    INSERT INTO signature (id, event_id, slot_id, person_id, signed_at, means) VALUES (\("s-\(event)"), \(event), \(slot), \(bo), \(now), 'self')
                    """)
                change.leaveAsItIs()
            }
            for act in ["", "/retrait"] { values["file \(route)/presence/papiers/{file}\(act)"] = paper }
            for act in ["", "/{person}", "/{person}/retrait"] { values["slot \(route)/presence/{slot}\(act)"] = slot }
        }
        _ = try await sent("/compte/calendrier", [:], .ana)
        let page = await test.get("/compte/calendrier", as: .ana).text
        values["secret calendrier"] = page.firstRange(of: "/calendrier/").map { String(page[$0.upperBound...].prefix { $0 != "\"" && $0 != "<" }) }
        values["secret rappels"] = try await test.site.amend(as: "test.link", by: .site) { change in
            change.leaveAsItIs()
            return try change.makeLink(to: bo, for: bo, purpose: "reminders", until: change.now + .days(30))
        }
    }

    /// A document of the visit for those who visit and those who welcome.
    private mutating func document() async throws {
        let file = UploadedFile(name: "programme.txt", bytes: Array("Neuf heures.".utf8))
        _ = await test.post("\(Self.visit)/documents", ["readers": "circle"], files: ["file": file], as: .nadia)
        values["file"] = try await text("SELECT id FROM attachment WHERE owner_kind = 'visit'")
    }

    /// An image sent from the editor of a text; answers what the text says to show it.
    private func image(in text: String, _ section: String, _ name: Cast.Name) async throws -> (id: String, markdown: String) {
        let answer = await test.post(
            "/textes/\(text)/sections/\(section)/fichiers", TestImage.said.merging(["people": "agreed", "agreement": "Écrit."]) { $1 },
            files: ["file": TestImage.file()], as: name, headers: ["accept": "application/json"])
        let markdown = (try? JSONValue.parse(answer.body))?["markdown"]?.string ?? ""
        guard let start = markdown.firstRange(of: Attachment.folder)?.upperBound else { throw Missed(path: "fichiers", answer: answer.text) }
        return (String(markdown[start...].prefix(36)), markdown)
    }

    /// Another programme, from a file with a date that does not exist.
    private mutating func importAnother() async throws {
        let file = """
            format: essaim-programme/1
            titre: Importé
            slug: importe
            objectifs:
              - id: "1"
                titre: Un objectif
                sous_objectifs:
                  - id: "1.1"
                    titre: Une partie
                    dates: { debut: "31/04/2021" }
            """
        _ = try await sent("/programmes/importations", ["text": file, "name": "importe.yaml"], .nadia)
        values["imported"] = "importe"
        values["finding"] = try await text("SELECT id FROM finding ORDER BY position LIMIT 1")
    }

    private mutating func take(notes id: String) async throws {
        let fields = [
            "id": id, "base": "0", "sequence": "1", "text": Self.said, "manner": "verbatim", "speaker": "employee",
            "slot": test.cast.caen.slots[1], "encounter": test.cast.caen.encounter,
            "dimension": test.cast.dimensions["cooperation"] ?? "",
        ]
        _ = try await sent("\(Self.visit)/notes", fields, .ana)
        _ = try await sent("\(Self.visit)/notes/\(id)/partage", [:], .ana)
        _ = await test.post("\(Self.visit)/notes/\(id)/photos", TestImage.said, files: ["file": TestImage.file()], as: .ana)
        let photo = try await text("SELECT id FROM attachment WHERE owner_kind = 'note'")
        for act in ["retrait", "retour"] {
            values["file /programmes/{programme}/visites/{visit}/notes/{block}/photos/{file}/\(act)"] = photo
        }
        values["impression"] = try await sent("\(Self.visit)/impressions", [:], .ana).split(separator: "/").dropFirst().first.map(String.init)
    }

    /// A grid proposed, commented and validated; what changes for Caen, and an answer.
    private mutating func ask() async throws {
        let grid = "/programmes/essai/grille"
        let dimension = test.cast.dimensions["cooperation"] ?? ""
        _ = try await sent("\(grid)/brouillon", [:], .iris)
        _ = try await sent(
            "\(grid)/brouillon/questions/nouvelle", ["text": "Qui coopère avec qui ?", "probes": "Depuis quand ?", "dimension": dimension], .iris)
        _ = try await sent("\(grid)/versions", ["summary": "Une question"], .iris)
        let text = try await self.text("SELECT text_id FROM grid_version WHERE number = 2")
        _ = await test.post(
            "/textes/\(text)/validation/demande", ["deadline": "2026-03-20", "validators": test.cast[.maud]], as: .nadia)
        _ = try await sent("/textes/\(text)/validation/reponse", ["exact": "yes", "publishable": "yes", "kind": "endorse"], .maud)
        values["question"] = try await self.text("SELECT id FROM question WHERE retired_at IS NULL")
        values["item"] = values["question"]
        values["dimension"] = dimension
        let removed = test.cast.dimensions["participation"] ?? ""
        _ = try await sent("\(grid)/brouillon/\(removed)/retrait", [:], .iris)
        values["item /programmes/{programme}/grille/brouillon/{item}/retour"] = removed
        _ = try await sent("\(grid)/questions/\(values["question"] ?? "")/commentaires", ["body": "Très large."], .ana)
        values["comment"] = try await self.text("SELECT id FROM grid_comment")
        let changes = "\(Self.visit)/grille/changements"
        _ = try await sent(changes, ["kind": "add", "text": "Et la friche ?", "dimension": dimension], .ana)
        values["change"] = try await self.text("SELECT id FROM grid_change")
        _ = try await sent("\(Self.visit)/reponses/\(values["block"] ?? "")", ["questions": values["question"] ?? ""], .ana)
    }

    private mutating func write() async throws {
        let text = last(try await sent("\(Self.visit)/textes", ["kind": "synthesis"], .nadia))
        values["text"] = text
        values["sheet"] = last(try await sent("\(Self.visit)/textes", ["kind": "sheet"], .nadia))
        let quote = [
            "source": "block", "id": values["block"] ?? "", "version": "1", "words": "On décide ensemble 🐝", "attribution": "function",
            "shown_as": "une salariée",
        ]
        let excerpt = last(try await sent("/textes/\(text)/extraits", quote, .nadia))
        values["excerpt"] = excerpt
        values["unshown"] = last(try await sent("/textes/\(text)/extraits", quote.merging(["words": "c’est long"]) { $1 }, .nadia))
        let answer = [
            "answer": "yes", "purpose": "quote", "asked_how": "oral", "collected_by": test.cast[.iris], "collected_on": "01/03/2026",
            "proof": "Redit au téléphone.", "warned": "1",
        ]
        let file = UploadedFile(name: "accord.txt", bytes: Array("Oui.".utf8))
        _ = await test.post("/extraits/\(excerpt)/accords", answer, files: ["file": file], as: .nadia)
        values["file extraits"] = try await self.text("SELECT proof_file_id FROM consent")
        let image = try await image(in: text, "initiative", .nadia)
        for route in ["/validation/{secret}/fichiers/{file}", "/reponse/{secret}/fichiers/{file}", "/textes/{text}/fichiers/{file}/accord"] {
            values["file \(route)"] = image.id
        }
        values["file fiche"] = try await self.image(in: values["sheet"] ?? "", "ecosystem", .yann).id
        for section in ["support_structure", "initiative", "transition_impact", "method_specifics"] {
            let base = try await self.text("SELECT head_id FROM text WHERE id = \(text)")
            _ = try await sent(
                "/textes/\(text)/sections/\(section)", ["body": "Avant.\n\n[[citation:\(excerpt)]]\n\n\(image.markdown)", "base": base, "act": "revision"],
                .nadia)
        }
        values["revision"] = try await self.text("SELECT head_id FROM text WHERE id = \(text)")
        let body = ["body": "Un brouillon.", "base": try await self.text("SELECT head_id FROM text WHERE id = \(text)")]
        _ = await test.post("/textes/\(text)/sections/initiative/brouillon", body, as: .nadia)
    }

    private mutating func validate() async throws {
        let (guest, text) = (test.cast[Self.guest], values["text"] ?? "")
        try await test.site.database.write { try $0.run("UPDATE account SET closed_at = 1 WHERE person_id = \(guest)") }
        let validators = ([.yann] + Cast.visitors).map { ("validators", test.cast[$0]) }
        _ = await test.post("/textes/\(text)/validation/demande", pairs: [("deadline", "2026-03-20"), ("ahead", "1")] + validators, as: .nadia)
        let yes = ["exact": "yes", "publishable": "yes", "kind": "endorse", "text": "", "interests": ""]
        let answers = "/textes/\(text)/validation"
        let link = "/validation/\(try await secret(of: "/validation", to: Self.guest))"
        _ = await Client(test.dispatcher, cookie: nil).post("\(link)/reponse", yes)
        for name in [Cast.Name.yann, .bo, .driss] { _ = try await sent("\(answers)/reponse", yes, name) }
        let no = ["exact": "no", "publishable": "yes", "kind": "object", "objection": "error", "text": "Ce n’est pas exact."]
        _ = try await sent("\(answers)/reponse", no, .ana)
        values["answer"] = try await self.text("SELECT id FROM endorsement WHERE answer = 'object'")
        let received = ["person": test.cast[.chloe], "received_by": "phone", "received_on": "2026-03-02", "proof": "Appel de 11 h 20."]
        let file = UploadedFile(name: "appel.txt", bytes: Array("Compte rendu".utf8))
        _ = await test.post("\(answers)/saisie", yes.merging(received) { $1 }, files: ["file": file], as: .nadia)
        values["file textes"] = try await self.text("SELECT proof_file_id FROM endorsement WHERE proof_file_id IS NOT NULL")
        _ = try await sent("\(answers)/arbitrage", [:], .nadia)
        _ = try await sent(
            "\(answers)/objections/\(values["answer"] ?? "")", ["outcome": "arbitrated", "reason": "Vérifié sur place."], .maud)
    }

    private mutating func publish() async throws {
        let (text, circle) = (values["text"] ?? "", test.cast.caen.circle)
        // Somebody of the host without account: told of the publication, with a link to reply.
        try await test.site.amend(as: "test.host", by: .site) { change in
            let person = try People.add(name: "Hélène", email: "helene@essai.example", in: change)
            try change.join(person, scope: circle, as: .host)
            try change.trace("person", person)
        }
        let fields = [
            "license": "CC-BY-SA-4.0", "authors": "Nadia, chargée de mission", "territory": test.cast.territory, "not_before": "",
            "lede": "Deux jours à Colombelles.", "slug": "", "unexplained": "1",
        ]
        _ = try await sent("/textes/\(text)/publication", fields, .nadia)
        values["secret reponse"] = last(try await path(in: "helene@essai.example"))
        values["resource"] = try await self.text("SELECT slug FROM publication")
        values["sheet revision"] = try await self.text("SELECT head_id FROM text WHERE id = \(values["sheet"])")
        values["version"] = last(try await sent("/textes/\(text)/version-publique", [:], .nadia))
    }

    /// A mail that nobody knows, entrusted to whoever sorts them; one that no programme has; a link to write one's note.
    private mutating func byMail() async throws {
        for subject in ["Bonjour", "Perdu"] {
            let bytes = Array("From: qui@ailleurs.example\r\nSubject: \(subject)\r\n\r\nQui suis-je ?".utf8)
            _ = try await MailIn.receive(bytes, test.site)
        }
        let (mail, stray) = (try await received("Bonjour"), try await received("Perdu"))
        for route in ["", "/prise", "/attribution", "/rejet", "/remise", "/retour"] {
            values["mail /programmes/{programme}/courriels-recus/{mail}\(route)"] = mail
        }
        for route in ["", "/programme", "/rejet", "/retour"] { values["mail /administration/courriels-recus/{mail}\(route)"] = stray }
        values["mail /administration/courriels-recus/{mail}/reprise"] = mail
        try await entrust(mail)
        values["mail courriels-recus"] = mail
        values["file courriels-recus"] = Identifier.derived(from: "aucun")
        _ = try await sent("\(Self.visit)/impressions/adresses", [:], .nadia)
        values["secret impression"] = try await secret(of: "/impression", to: .chloe)
    }

    func received(_ subject: String) async throws -> String { try await text("SELECT id FROM received_mail WHERE subject = \(subject)") }

    /// Says that a mail is for the programme of everybody here.
    func entrust(_ mail: String) async throws {
        let programme = try await text("SELECT id FROM programme WHERE slug = 'essai'")
        _ = try await sent("/administration/courriels-recus/\(mail)/programme", ["programme": programme], .sam)
    }

    /// A cost of a visitor, with its receipt; money given to them beforehand.
    private mutating func costs() async throws {
        let base = "\(Self.visit)/frais"
        let claim = ["kind": "travel", "spent_on": "01/03/2026", "amount": "12,50", "words": "Lyon–Caen"]
        let file = UploadedFile(name: "billet.txt", bytes: Array("Billet".utf8))
        _ = await test.post(base, claim, files: ["file": file], as: .ana)
        values["claim"] = try await text("SELECT id FROM cost_claim")
        let receipt = try await text("SELECT id FROM cost_receipt")
        for route in ["", "/retrait", "/retour"] { values["file /programmes/{programme}/visites/{visit}/frais/{claim}/justificatifs/{file}\(route)"] = receipt }
        _ = try await sent("\(base)/avances", ["person": test.cast[.ana], "amount": "50", "paid_on": "01/03/2026", "words": ""], .nadia)
        values["advance"] = try await text("SELECT id FROM cost_advance")
    }

    /// The collective review of the visit, closed: the host has an advice to answer.
    private mutating func review() async throws {
        let base = "\(Self.visit)/bilan"
        _ = try await sent(base, [:], .ana)
        _ = try await sent("\(base)/lignes", ["part": "advice", "text_advice": "Payer le temps de reculer."], .ana)
        values["line"] = try await text("SELECT id FROM review_line")
        _ = try await sent("\(base)/cloture", ["silent": "1"], .nadia)
        values["secret conseils"] = last(try await path(in: "helene@essai.example"))
    }

    /// A private link of each purpose, a link to log in, the address of a first start.
    private mutating func links() async throws {
        _ = try await sent("/textes/\(values["sheet"] ?? "")/liens", ["person": test.cast[.yann]], .nadia)
        values["secret fiche"] = try await secret(of: "/fiche", to: .yann)
        values["section fiche"] = "ecosystem"
        values["revision fiche"] = values["sheet revision"]
        values["secret validation"] = try await secret(of: "/validation", to: Self.guest)
        _ = await test.post("/connexion/lien", ["email": Cast.email(.chloe)])
        values["secret connexion"] = try await secret(of: "/connexion/lien", to: .chloe)
        values["secret installation"] = last(try await Accounts.makeSetupLink(test.site))
        values["mail"] = try await text("SELECT id FROM mail ORDER BY id LIMIT 1")
        _ = try await sent("/compte/adresse", ["email": "nadia.nouvelle@essai.example"], .nadia)
        values["secret compte"] = last(try await path(in: "nadia.nouvelle@essai.example"))
        // A second browser of the officer: the page of the account names both.
        _ = await test.post("/connexion/lien", ["email": Cast.email(.nadia)])
        _ = await Client(test.dispatcher, cookie: nil).post("/connexion/lien/\(try await secret(of: "/connexion/lien", to: .nadia))", [:])
        let page = await test.get("/compte", as: .nadia).text
        values["session"] = page.firstRange(of: "/compte/sessions/").map { String(page[$0.upperBound...].prefix { $0 != "/" }) }
    }

    // MARK: - How

    /// A form that goes through; answers where it leads.
    func sent(_ path: String, _ fields: [String: String], _ name: Cast.Name) async throws -> String {
        let answer = await test.post(path, fields, as: name)
        guard answer.status == 303, let location = answer.header("location") else { throw Missed(path: path, answer: answer.text) }
        return String(location.prefix { $0 != "?" && $0 != "#" })
    }

    func text(_ query: SQL) async throws -> String {
        try await test.site.database.read { try $0.text(query) ?? "" }
    }

    func last(_ path: String) -> String { path.split(separator: "/").last.map(String.init) ?? "" }

    /// The address in the last mail to somebody.
    private func path(in email: String) async throws -> String {
        let body = try await test.site.database.read { reader in
            try reader.text("SELECT body FROM mail WHERE address = \(email) ORDER BY created_at DESC, id DESC LIMIT 1") ?? ""
        }
        let own = test.site.configuration.link("")
        return body.split { $0.isWhitespace }.first { $0.hasPrefix(own) }.map { String($0.dropFirst(own.count)) } ?? ""
    }

    func secret(of purpose: String, to name: Cast.Name) async throws -> String {
        let person = test.cast[name]
        let bodies = try await test.site.database.read { reader in
            try reader.texts("SELECT body FROM mail WHERE person_id = \(person) ORDER BY created_at DESC, id DESC")
        }
        return bodies.lazy.compactMap { body in
            body.firstRange(of: "\(purpose)/").map { String(body[$0.upperBound...].prefix { !$0.isWhitespace }) }
        }.first ?? ""
    }

    private struct Missed: Error {
        let path: String
        let answer: String
    }
}
