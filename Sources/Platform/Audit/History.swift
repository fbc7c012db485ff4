import Database
import Formats

/// One line of the history: who did what to which thing, when.
package struct HistoryEntry: Sendable, Decodable {
    var at: Instant
    /// The name of the person; nil for the site itself, for somebody without account and unnamed.
    var name: String?
    var actorKind: String
    var action: String
    var objectKind: String
    var objectId: String
    var details: String

    /// « Nadia » or « le site » or « une personne sans compte ».
    func who(_ words: Words, _ names: [String: String]) -> String {
        if let name { return actorKind == "guest" ? words("platform.history.guest", ["name": name]) : name }
        // Whoever opens their own session or accepts their invitation is not yet known when they ask.
        if ["account.signedIn", "account.invitationAccepted"].contains(action), let own = names[objectId] { return own }
        return words(actorKind == "site" ? "platform.history.site" : "platform.history.anybody")
    }

    /// « a fixé les dates »: the sentence `action.visit.planned`, with the details of the change as arguments; the name of
    /// the action itself when no sentence is known.
    func what(_ words: Words, _ names: [String: String]) -> String {
        var arguments: [String: any WordArgument] = ["label": "…", "role": "…", "person": words("platform.history.somebody")]
        if let name = names[objectId] { arguments["person"] = name }
        for (detail, value) in values { arguments[detail] = said(value, as: detail, words, names) }
        let key = "action.\(action)"
        return words.has(key) ? words(key, arguments) : words("platform.history.unknown", ["action": action])
    }

    /// A person by the name of today, a day as it is said, a value of an enumeration by its word (`detail.role.officer`),
    /// anything else as it is.
    private func said(_ value: String, as detail: String, _ words: Words, _ names: [String: String]) -> String {
        if detail == "person" { return names[value] ?? words("platform.history.somebody") }
        if let audience = Audience(rawValue: value), ["from", "to"].contains(detail) { return words.name("platform.audience", of: audience) }
        if let day = Day(iso: value) { return words.date(day) }
        let key = "detail.\(detail).\(value)"
        return words.has(key) ? words(key) : value
    }

    private var values: [String: String] {
        ((try? JSONValue.parse(Array(details.utf8)))?.object ?? [:]).compactMapValues { value in
            value.string ?? value.int.map { String($0) }
        }
    }

    /// The people it speaks of, besides whoever did it.
    var people: [String] { [values["person"], objectKind == "account" || objectKind == "person" ? objectId : nil].compactMap { $0 } }

    static let columns: SQL = "at, person.name, actor_kind, action, object_kind, audit.object_id, details"

    /// The names of the people that lines speak of, in one reading.
    package static func names(in entries: [HistoryEntry], _ reader: any Reader) throws -> [String: String] {
        let found = try reader.all(
            PersonName.self, "SELECT id, name FROM person WHERE id IN \(list: Array(Set(entries.flatMap(\.people))).sorted())")
        return Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0.name) })
    }
}

private struct PersonName: Decodable {
    var id: String
    var name: String
}

/// The history of a thing, the last line first.
struct History: Sendable {
    static let size = 50

    let entries: [HistoryEntry]
    let names: [String: String]
    /// 1 for the newest lines.
    let page: Int
    let pages: Int

    static func load(_ objectId: String, page: Int, _ reader: any Reader) throws -> History {
        // What happened to somebody's account is told on no page of a thing.
        let about: SQL = "object_id = \(objectId) AND object_kind NOT IN ('account', 'person')"
        let count = try reader.count("SELECT COUNT(*) FROM audit WHERE \(about)")
        let pages = max(1, (count + size - 1) / size)
        let page = min(max(1, page), pages)
        let entries = try reader.all(
            HistoryEntry.self,
            """
            SELECT \(HistoryEntry.columns) FROM audit LEFT JOIN person ON person.id = actor_id
            WHERE \(about) ORDER BY at DESC, audit.id DESC LIMIT \(size) OFFSET \((page - 1) * size)
            """)
        return History(entries: entries, names: try HistoryEntry.names(in: entries, reader), page: page, pages: pages)
    }
}
