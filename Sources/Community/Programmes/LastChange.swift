import Database
import Formats
import Platform

/// When a thing changed last, and by whom: the last line of its page.
package struct LastChange: Sendable, Decodable {
    package let objectId: String
    package let at: Instant
    package let name: String?

    /// The last change of a thing; nil when its history is empty.
    package static func of(_ objectId: String, _ reader: any Reader) throws -> LastChange? {
        try reader.first(
            LastChange.self,
            """
            SELECT audit.object_id, audit.at, person.name FROM audit LEFT JOIN person ON person.id = audit.actor_id
            WHERE audit.object_id = \(objectId) ORDER BY audit.at DESC, audit.id DESC LIMIT 1
            """)
    }

    /// « Modifié le … par … · Historique ».
    package func line(_ words: Words) -> Markup {
        let who: Markup = name.map { .text(words("community.lastChange.by", ["name": $0])) } ?? .empty
        return """
            <p class="meta no-print">\(words("community.lastChange.at")) \(words.element(at))\(who) · <a data-icon="history" href="/historique/\(objectId)">\(words("community.lastChange.history"))</a></p>
            """
    }
}
