import Application
import Database
import Formats
import Platform
import TestSupport

/// What the tests of reviews do again and again, through the same forms as people.
extension TestSite {
    var review: String { "/programmes/essai/visites/caen/bilan" }

    @discardableResult func say(_ part: String, _ text: String, as name: Cast.Name, about: Cast.Name? = nil) async -> Response {
        var fields = ["part": part, "text_\(part)": text]
        if let about { fields["about"] = cast[about] }
        return await post("\(review)/lignes", fields, as: name)
    }

    /// A closed review with two advice: « Payer le recul », « Ouvrir le comité ».
    func closedReview() async {
        _ = await post(review, as: .ana)
        await say("results", "Soixante-dix emplois choisis.", as: .bo)
        await say("learning", "On peut reculer d’un pas.", as: .ana, about: .ana)
        await say("advice", "Payer le recul.", as: .chloe)
        await say("advice", "Ouvrir le comité.", as: .driss)
        _ = await post("\(review)/cloture", ["silent": "1"], as: .nadia)
    }

    func advice() async throws -> [String] {
        try await site.database.read { reader in
            try reader.texts("SELECT advice.id FROM advice JOIN review_line ON review_line.id = line_id ORDER BY position")
        }
    }

    func mails(to name: Cast.Name) async throws -> [String] {
        let person = cast[name]
        return try await site.database.read { try $0.texts("SELECT subject || ' ' || body FROM mail WHERE person_id = \(person) ORDER BY created_at, id") }
    }

    /// The private link of the last mail to somebody.
    func link(to name: Cast.Name) async throws -> String {
        let mail = try await mails(to: name).last ?? ""
        guard let range = mail.firstRange(of: "/conseils/") else { return "" }
        return String(mail[range.lowerBound...].prefix { !$0.isWhitespace })
    }

    func closeAccount(_ name: Cast.Name) async throws {
        let person = cast[name]
        try await site.database.write { try $0.run("UPDATE account SET closed_at = 1 WHERE person_id = \(person)") }
    }
}
