import Database
import Formats
import Platform
import TestSupport

@testable import Texts

/// What the tests of texts do again and again, through the same doors as people.
extension TestSite {
    var visit: String { "/programmes/essai/visites/caen" }

    /// Opens a text of the visit of Caen and answers its identifier.
    func open(_ kind: TextKind, as name: Cast.Name = .nadia) async -> String {
        let answer = await post("\(visit)/textes", ["kind": kind.rawValue], as: name)
        return String((answer.header("location") ?? "").split(separator: "?").first?.split(separator: "/").last ?? "")
    }

    /// A synthesis with something in its first section.
    func synthesis() async throws -> String {
        let id = await open(.synthesis)
        _ = try await write("L’ARDES accompagne depuis longtemps.", in: id)
        return id
    }

    func head(_ id: String) async throws -> Revision {
        try await site.database.read { try TextQueries.head(id, $0) }
    }

    /// Saves a section as somebody, from the latest revision unless another is given.
    func write(
        _ body: String, in id: String, section: String = "support_structure", as name: Cast.Name = .nadia, from base: String? = nil,
        _ more: [String: String] = [:]
    ) async throws -> Response {
        let latest = try await head(id).id
        let fields = ["body": body, "base": base ?? latest, "act": "revision"].merging(more) { $1 }
        return await post("/textes/\(id)/sections/\(section)", fields, as: name)
    }

    /// Asks the signatory and the five visitors to validate.
    func ask(_ id: String, by deadline: String = "2026-03-20", _ names: [Cast.Name] = [.yann] + Cast.visitors) async -> Response {
        await post(
            "/textes/\(id)/validation/demande",
            pairs: [("deadline", deadline), ("ahead", "1")] + names.map { ("validators", cast[$0]) }, as: .nadia)
    }

    func answer(_ id: String, as name: Cast.Name, _ more: [String: String] = [:]) async -> Response {
        let fields = ["exact": "yes", "publishable": "yes", "kind": "endorse", "text": "", "interests": ""]
        return await post("/textes/\(id)/validation/reponse", fields.merging(more) { $1 }, as: name)
    }

    func validation(_ id: String) async throws -> Validation? {
        try await site.database.read { try Validation.summary(id, $0) }
    }

    /// The mails that somebody was sent, oldest first.
    func mails(to name: Cast.Name) async throws -> [String] {
        let person = cast[name]
        return try await site.database.read { reader in
            try reader.texts("SELECT body FROM mail WHERE person_id = \(person) ORDER BY created_at, id")
        }
    }

    /// The private link of the last mail to somebody: `/fiche/SECRET`.
    func link(to name: Cast.Name, _ prefix: String) async throws -> String {
        let mail = try await mails(to: name).last ?? ""
        guard let range = mail.firstRange(of: "\(prefix)/") else { return "" }
        return String(mail[range.lowerBound...].prefix { !$0.isWhitespace })
    }

    func traces(_ id: String) async throws -> [String] {
        try await site.database.read { try $0.texts("SELECT action FROM audit WHERE object_id = \(id) ORDER BY at, id") }
    }

    /// Takes the account of somebody away: from now on they have a private link only.
    func closeAccount(_ name: Cast.Name) async throws {
        let person = cast[name]
        try await site.database.write { writer in
            try writer.run("UPDATE account SET closed_at = 1 WHERE person_id = \(person)")
        }
    }
}
