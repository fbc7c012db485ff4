import Database
import Formats

/// One line of the history of a thing: who did what, when.
struct HistoryEntry: Sendable, Decodable {
    var at: Instant
    /// The name of the person; nil for the site itself, for somebody without account and unnamed.
    var name: String?
    var actorKind: String
    var action: String
    var details: String

    /// « Nadia » or « le site » or « une personne sans compte ».
    func who(_ words: Words) -> String {
        if let name { return actorKind == "guest" ? words("platform.history.guest", ["name": name]) : name }
        return words(actorKind == "site" ? "platform.history.site" : "platform.history.anybody")
    }

    /// « a fixé les dates »: the sentence `action.visit.planned`, with the details of the change as arguments; the name of
    /// the action itself when no sentence is known.
    func what(_ words: Words) -> String {
        let values = (try? JSONValue.parse(Array(details.utf8)))?.object ?? [:]
        var arguments: [String: any WordArgument] = [:]
        for (name, value) in values {
            guard let value = value.string else { continue }
            arguments[name] = Audience(rawValue: value).map { words.name("platform.audience", of: $0) } ?? value
        }
        let key = "action.\(action)"
        return words.has(key) ? words(key, arguments) : words("platform.history.unknown", ["action": action])
    }
}

/// The history of a thing, the last line first.
struct History: Sendable {
    static let size = 50

    let entries: [HistoryEntry]
    let count: Int
    /// 1 for the newest lines.
    let page: Int
    var pages: Int { max(1, (count + Self.size - 1) / Self.size) }

    static func load(_ objectId: String, page: Int, _ reader: any Reader) throws -> History {
        let count = try reader.count("SELECT COUNT(*) FROM audit WHERE object_id = \(objectId)")
        let page = min(max(1, page), max(1, (count + size - 1) / size))
        let entries = try reader.all(
            HistoryEntry.self,
            """
            SELECT at, person.name, actor_kind, action, details FROM audit LEFT JOIN person ON person.id = actor_id
            WHERE object_id = \(objectId) ORDER BY at DESC, audit.id DESC LIMIT \(size) OFFSET \((page - 1) * size)
            """)
        return History(entries: entries, count: count, page: page)
    }
}
