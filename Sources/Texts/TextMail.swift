import Database
import Formats
import Platform
import Visits

/// Mails about a text to whoever was asked about it: the page for who has an account, a private link for who has none.
package enum TextMail {
    /// Writes to somebody about a text, opening its validation.
    /// - Parameters:
    ///   - end: the private link works for two weeks after that day, and at least two weeks from today.
    /// - Returns: false when the person has no address.
    @discardableResult package static func send(
        _ key: String, _ arguments: [String: any WordArgument], to personId: String, about textId: String, until end: Day? = nil,
        in change: Change
    ) throws -> Bool {
        let own = try TextQueries.text(textId, change).kind.key(key, change.site.words(.french))
        let path =
            try hasAccount(personId, change)
            ? "/textes/\(textId)/validation" : try link(to: personId, about: textId, until: end, in: change).path
        return try change.write(to: personId, own, arguments.merging(try asking(about: textId, change)) { own, _ in own }, opening: path, about: textId)
    }

    /// Who asks, in which programme: a link that comes from nobody is not opened.
    private static func asking(about textId: String, _ change: Change) throws -> [String: any WordArgument] {
        let programme = try change.text("SELECT programme.title FROM text JOIN programme ON programme.id = text.programme_id WHERE text.id = \(textId)")
        return ["by": change.viewer.name ?? change.site.configuration.siteName, "programme": programme ?? ""]
    }

    /// The same about a request that runs until a day.
    static func send(_ key: String, to personId: String, about revision: Revision, deadline: Day, in change: Change) throws {
        try send(
            key, ["text": revision.title, "number": revision.number, "day": deadline], to: personId, about: revision.textId,
            until: deadline, in: change)
    }

    package static func hasAccount(_ personId: String, _ reader: any Reader) throws -> Bool {
        try reader.exists("SELECT 1 FROM account WHERE person_id = \(personId) AND closed_at IS NULL")
    }

    /// Opens the right of reply to the people of a host who have no account, for as long as the text is published: see
    /// `closeReplies`.
    package static func openReplies(to textId: String, of visit: Visit, title: String, in change: Change) throws {
        for person in try Delegation.people(visit, change).hostSide where !person.hasAccount && person.email != nil {
            try closeReplies(to: textId, for: person.id, in: change)
            let secret = try change.makeLink(
                to: textId, for: person.id, purpose: OpenText.Purpose.reply.rawValue, until: change.now + .days(36_500))
            try change.write(
                to: person.id, "texts.mail.replyLink", ["text": title], opening: "\(OpenText.Purpose.reply.path)/\(secret)", about: textId)
        }
    }

    /// The text is published no more: what its lasting links opened is closed.
    package static func closeReplies(to textId: String, for personId: String? = nil, in change: Change) throws {
        let only: SQL = personId.map { "AND person_id = \($0)" } ?? ""
        try change.run(
            """
            UPDATE private_link SET revoked_at = \(change.now)
            WHERE object_id = \(textId) AND purpose = \(OpenText.Purpose.reply.rawValue) AND revoked_at IS NULL \(only)
            """)
    }

    /// A private link to answer, with the last day on which it opens: two weeks after the one that was given, or after today.
    static func link(to personId: String, about textId: String, until end: Day?, in change: Change) throws -> (path: String, lastDay: Day) {
        let day = max(end ?? change.today, change.today).adding(days: 15)
        let secret = try change.makeLink(
            to: textId, for: personId, purpose: OpenText.Purpose.validation.rawValue, until: Instant(milliseconds: Int64(day.daysSinceEpoch) * 86_400_000))
        return ("\(OpenText.Purpose.validation.path)/\(secret)", day.adding(days: -1))
    }
}
