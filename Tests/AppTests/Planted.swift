import Application
import Database
import Formats
import Notes
import Platform
import TestSupport

/// The whole site, not yet published, with one secret in each kind of private thing: words found nowhere else.
struct Planted {
    let whole: Whole
    /// The word to be found, by what bears it.
    private(set) var words: [String: String] = [:]
    /// The pages of the things that were planted, beside those of the table of routes.
    private(set) var addresses: Set<String> = []

    /// A site as it is, nothing planted in it.
    init(_ whole: Whole) {
        self.whole = whole
    }

    static func make() async throws -> Planted {
        var planted = Planted(try await Whole.make(isPublished: false, isDemonstration: false))
        try await planted.reserve()
        try await planted.notes()
        try await planted.texts()
        try await planted.people()
        try await planted.visit()
        return planted
    }

    /// The same once the synthesis is published and its review closed: what is written since is not.
    static func published() async throws -> Planted {
        var planted = Planted(try await Whole.make(isDemonstration: false))
        try await planted.notes()
        try await planted.texts()
        try await planted.people()
        return planted
    }

    /// The word to search for, which a page of results repeats; nil for what is found as it is.
    func asked(_ name: String) -> String? {
        words[name].flatMap { $0.hasSuffix("trouve") ? $0.replacing("trouve", with: "cherche") : nil }
    }

    /// A text with a new pair of words: one to search for, one to be found.
    private mutating func secret(_ name: String) -> String {
        words[name] = "zq\(words.count)trouve"
        return "\(asked(name) ?? "") \(words[name] ?? "")"
    }

    // MARK: - What is planted

    /// The publication of another day.
    private mutating func reserve() async throws {
        let fields = [
            "license": "CC-BY-SA-4.0", "authors": "Nadia, chargée de mission", "territory": whole.test.cast.territory,
            "not_before": "31/12/2026", "lede": secret("publication of another day"), "slug": "", "unexplained": "1",
        ]
        _ = try await whole.sent("/textes/\(whole.values["text"] ?? "")/publication", fields, .nadia)
        let slug = try await whole.text("SELECT slug FROM publication")
        addresses.formUnion(["/ressources/\(slug)", "/ressources/\(slug)/source.md"])
    }

    private mutating func notes() async throws {
        let notebook = "\(Whole.visit)/notes"
        func write(_ number: Int, _ text: String, base: Int = 0) async throws -> String {
            let id = "0190a0f0-2222-4222-8333-44445555666\(number)"
            let fields = ["id": id, "base": String(base), "sequence": "2", "text": text, "manner": "observed"]
            _ = try await whole.sent(notebook, fields, .ana)
            return id
        }
        let own = try await write(0, secret("note of its author"))
        _ = try await write(1, secret("note before it was shared"))
        let offRecord = "0190a0f0-2222-4222-8333-444455556663"
        let kept = ["id": offRecord, "base": "0", "sequence": "2", "text": secret("note off the record"), "manner": "observed", "offRecord": "1"]
        _ = try await whole.sent(notebook, kept, .ana)
        let shared = try await write(1, secret("note shared"), base: 1)
        _ = try await whole.sent("\(notebook)/\(shared)/partage", [:], .ana)
        let withdrawn = try await write(2, secret("note withdrawn"))
        _ = try await whole.sent("\(notebook)/\(withdrawn)/partage", [:], .ana)
        _ = try await whole.sent("\(notebook)/\(withdrawn)/retrait", [:], .ana)
        for id in [own, offRecord, shared, withdrawn] {
            addresses.formUnion(["\(notebook)/\(id)", "/api/v1/blocs/\(id)", "/api/v1/blocs/\(id)/versions", "/historique/\(id)"])
        }
        let quote = [
            "source": "block", "id": shared, "version": "2", "words": asked("note shared") ?? "", "attribution": "function",
            "shown_as": secret("name in a quotation refused"),
        ]
        let excerpt = whole.last(try await whole.sent("/textes/\(whole.values["text"] ?? "")/extraits", quote, .nadia))
        let answer = [
            "answer": "no", "purpose": "quote", "asked_how": "oral", "collected_by": whole.test.cast[.iris],
            "collected_on": "01/03/2026", "proof": secret("proof of a consent"), "warned": "1",
        ]
        _ = try await whole.sent("/extraits/\(excerpt)/accords", answer, .nadia)
        addresses.formUnion(["/extraits/\(excerpt)", "/historique/\(excerpt)"])
    }

    private mutating func texts() async throws {
        try await write("impression", "impression", secret("impression of its author"), as: .ana)
        try await write("sheet", "flagship", secret("sheet not sent"), as: .yann)
        try await write("text", "method_specifics", secret("synthesis not published"), as: .nadia)
        try await write("text", "initiative", secret("draft"), as: .nadia, act: "/brouillon")
    }

    /// A line of a review that is not closed, a claim, a mail that nobody knows.
    private mutating func visit() async throws {
        _ = try await whole.sent("\(Whole.visit)/bilan", [:], .ana)
        _ = try await whole.sent("\(Whole.visit)/bilan/lignes", ["part": "advice", "text_advice": secret("line of a review")], .ana)
        let claim = ["kind": "meals", "spent_on": "01/03/2026", "amount": "9", "words": secret("words of a claim")]
        let place = try await whole.sent("\(Whole.visit)/frais", claim, .ana)
        let receipt = UploadedFile(name: "ticket.txt", bytes: Array(secret("words of a receipt").utf8))
        _ = await whole.test.post("\(place)/justificatifs", [:], files: ["file": receipt], as: .ana)
        let file = try await whole.text("SELECT id FROM cost_receipt WHERE claim_id = \(whole.last(place))")
        addresses.formUnion([place, "\(place)/justificatifs/\(file)"])
        let poll = await whole.test.get("\(Whole.visit)/sondage", as: .ana).text
        let options = Set(poll.matches(of: #/name="(answer-[^"]+)"/#).map { String($0.output.1) })
        let dates = Dictionary(uniqueKeysWithValues: options.map { ($0, "yes") }).merging(["comment": secret("said of a date by a visitor")]) { $1 }
        _ = try await whole.sent("\(Whole.visit)/sondage/reponse", dates, .ana)
        addresses.insert("\(Whole.visit)/sondage")
        _ = try await whole.sent("/programmes/essai/grille/questions/\(whole.values["question"] ?? "")/commentaires", ["body": secret("comment on a question")], .ana)
        let bytes = Array("From: qui@ailleurs.example\r\nSubject: Encore\r\n\r\n\(secret("mail to be sorted"))".utf8)
        _ = try await MailIn.receive(bytes, whole.test.site)
        let mail = try await whole.received("Encore")
        try await whole.entrust(mail)
        addresses.formUnion(["/programmes/essai/courriels-recus/\(mail)", "/courriels-recus/\(mail)/original"])
    }

    /// Somebody's addresses, the secrets of links, a programme that is not open to everybody.
    private mutating func people() async throws {
        words["address of a visitor"] = Cast.email(.ana)
        words["address of somebody invited"] = "camille.dehors@essai.example"
        let fields = ["name": "Camille", "email": "camille.dehors@essai.example", "function": "animation", "role": "facilitator"]
        _ = try await whole.sent("/programmes/essai/communaute/invitations", fields, .nadia)
        for (link, value) in whole.values where link.hasPrefix("secret ") { words["link of \(link.dropFirst(7))"] = value }
        let file = "format: essaim-programme/1\ntitre: \(secret("programme of its members"))\nslug: cache\n"
        _ = try await whole.sent("/programmes/importations", ["text": file, "name": "cache.yaml", "audience": "community"], .nadia)
        addresses.insert("/programmes/cache")
    }

    private func write(_ text: String, _ section: String, _ body: String, as name: Cast.Name, act: String = "") async throws {
        let id = whole.values[text] ?? ""
        let base = try await whole.text("SELECT head_id FROM text WHERE id = \(id)")
        _ = await whole.test.post("/textes/\(id)/sections/\(section)\(act)", ["body": body, "base": base, "act": "revision"], as: name)
    }
}
