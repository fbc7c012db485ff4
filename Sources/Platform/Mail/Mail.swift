import Database
import Formats

/// A message to one person: plain text first, one screen, one action.
public struct Mail: Sendable {
    public let personId: String?
    public let address: String
    public let subject: String
    public let text: String
    /// When its link is over: later it is of no use.
    public let usefulUntil: Instant?

    public init(to personId: String?, at address: String, subject: String, text: String, usefulUntil: Instant? = nil) {
        self.personId = personId
        self.address = CleanText.line(address)
        self.subject = CleanText.line(subject)
        self.text = CleanText.normalize(text)
        self.usefulUntil = usefulUntil
    }
}

extension Change {
    /// Puts a mail in the outbox, in this transaction: it leaves only if the act is done.
    public func send(_ mail: Mail, about objectId: String? = nil) throws {
        try run(
            """
            INSERT INTO mail (id, created_at, person_id, address, subject, body, object_id, useful_until)
            VALUES (\(newId()), \(now), \(mail.personId), \(mail.address), \(mail.subject), \(mail.text), \(objectId), \(mail.usefulUntil))
            """)
        hasMail = true
    }

    /// Writes to a person in their language: `key.subject` and `key.text`, with the name and the address of the page to open.
    /// Answers false when the person has no address.
    @discardableResult public func write(
        to personId: String, _ key: String, _ arguments: [String: any WordArgument] = [:], opening path: String,
        about objectId: String? = nil, usefulUntil: Instant? = nil
    ) throws -> Bool {
        struct Person: Decodable {
            var name: String
            var email: String?
            var language: Language?
        }
        let person = try first(Person.self, "SELECT name, email, language FROM person WHERE id = \(personId)")
        guard let person, let email = person.email else { return false }
        let words = site.words(person.language ?? .french)
        let all = arguments.merging(
            ["name": person.name, "link": site.configuration.link(path), "site": site.configuration.siteName]
        ) { own, _ in own }
        let text = try words("\(key).text", all) + MailContact.line(in: words, for: personId, self)
        try send(
            Mail(to: personId, at: email, subject: words("\(key).subject", all), text: text, usefulUntil: usefulUntil), about: objectId)
        return true
    }

    /// The words of the language that somebody reads.
    public func words(of personId: String) throws -> Words {
        site.words(try text("SELECT language FROM person WHERE id = \(personId)").flatMap(Language.init) ?? .french)
    }
}
