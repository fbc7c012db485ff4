import Database
import Formats

extension Change {
    /// Writes once to a person about a thing (a `part` of it) and a day, unless they said that they do not want mails of this kind. The mail says
    /// where to stop them (`stop`).
    /// - Returns: whether a mail leaves.
    @discardableResult public func remind(
        _ personId: String, _ kind: String, about objectId: String, part: String = "", on day: Day, _ key: String, _ arguments: [String: any WordArgument],
        opening path: String
    ) throws -> Bool {
        try remind(personId, kind, about: objectId, part: part, on: day) { (key, arguments, path) }
    }

    /// The same with a mail that is made only when it leaves: a private link in it is not made for nothing.
    @discardableResult public func remind(
        _ personId: String, _ kind: String, about objectId: String, part: String = "", on day: Day,
        _ mail: () throws -> (key: String, arguments: [String: any WordArgument], path: String)
    ) throws -> Bool {
        guard try !isRefused(kind, by: personId) else { return false }
        guard try note(personId, kind, about: objectId + part, on: day), let stop = try stopAddress(of: personId) else { return false }
        let (key, arguments, path) = try mail()
        let all = arguments.merging(["stop": site.configuration.link(stop)]) { own, _ in own }
        return try write(to: personId, key, all, opening: path, about: objectId)
    }

    /// Notes that a person was written to otherwise about a thing and a day: no mail of this kind leaves about it on that day.
    public func noteReminded(_ personId: String, _ kind: String, about objectId: String, part: String = "", on day: Day) throws {
        try note(personId, kind, about: objectId + part, on: day)
    }

    /// - Returns: whether it was not noted yet.
    @discardableResult private func note(_ personId: String, _ kind: String, about object: String, on day: Day) throws -> Bool {
        try run(
            """
            INSERT INTO reminder (object_id, person_id, kind, day, sent_at) VALUES (\(object), \(personId), \(kind), \(day), \(now))
            ON CONFLICT (object_id, person_id, kind, day) DO NOTHING
            """) > 0
    }

    private func isRefused(_ kind: String, by personId: String) throws -> Bool {
        try exists("SELECT 1 FROM mail_refusal WHERE person_id = \(personId) AND kind = \(kind)")
    }

    /// Where a person says which reminders they want: their account, or a private link; nil when no mail reaches them.
    private func stopAddress(of personId: String) throws -> String? {
        guard try exists("SELECT 1 FROM person WHERE id = \(personId) AND email IS NOT NULL") else { return nil }
        if try exists("SELECT 1 FROM account WHERE person_id = \(personId) AND closed_at IS NULL") { return ReminderPages.path }
        let secret = try makeLink(to: personId, for: personId, purpose: ReminderPages.purpose, until: now + .days(180))
        return "\(ReminderPages.guest)/\(secret)"
    }
}
