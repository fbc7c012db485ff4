import Database
import Formats
import Platform

/// One line of what was done about the validation of a text: who, what, when.
struct ValidationStep: Sendable, Decodable {
    var at: Instant
    /// Nil for the site itself.
    var name: String?
    var action: String
    var details: String

    /// What is done about the request itself; answers have their own table.
    private static let actions = [
        "asked", "invited", "dismissed", "extended", "cancelled", "reminded", "read", "referred", "reopened", "recorded", "disowned", "minutesSent",
        "minutesCancelled", "minutesReopened",
    ].map { "validation.\($0)" }

    /// The latest first.
    static func of(_ textId: String, _ reader: any Reader) throws -> [ValidationStep] {
        try reader.all(
            ValidationStep.self,
            """
            SELECT at, person.name, action, details FROM audit LEFT JOIN person ON person.id = actor_id
            WHERE object_id = \(textId) AND action IN \(list: actions) ORDER BY at DESC, audit.id DESC
            """)
    }

    private var values: [String: JSONValue] { (try? JSONValue.parse(Array(details.utf8)))?.object ?? [:] }

    /// The identifier of whoever was added, let go, or answered for.
    var personConcerned: String? { values["person"]?.string }

    func who(_ words: Words) -> String { name ?? words("texts.step.site") }

    func what(_ words: Words, people: [String: String]) -> String {
        var arguments: [String: any WordArgument] = ["person": words("platform.history.somebody")]
        for (key, value) in values {
            guard let value = value.string else { continue }
            arguments[key] = Day(iso: value).map { $0 as any WordArgument } ?? value
        }
        let person = personConcerned.flatMap { people[$0] }
        if personConcerned != nil { arguments["person"] = person ?? words("platform.history.somebody") }
        let sentence = words("action.\(action)", arguments)
        return person.map { sentence.contains($0) ? sentence : "\(sentence)\(words("texts.step.person", ["name": $0]))" } ?? sentence
    }
}
