import Database
import Formats

/// The people that the site knows, with or without account.
public enum People {
    /// Finds the person of an e-mail address, or writes a new one; answers its identifier.
    /// A person already there keeps the name they have.
    /// - Throws: `PersonRefusal` for a name or an address that cannot be one.
    public static func add(name: String, email: String?, language: Language? = nil, in change: Change) throws -> String {
        let name = try checkedName(name)
        let email = try email.map(CleanText.line).flatMap { $0.isEmpty ? nil : try checkedEmail($0) }
        if let email, let known = try find(email: email, change) { return known }
        let id = change.newId()
        try change.run(
            """
            INSERT INTO person (id, name, sort_key, email, email_key, language, created_at)
            VALUES (\(id), \(name), \(French.sortKey(name)), \(email), \(email.map(emailKey)), \(language?.rawValue), \(change.now))
            """)
        return id
    }

    /// The person of an e-mail address, whatever its case.
    public static func find(email: String, _ reader: any Reader) throws -> String? {
        try reader.text("SELECT id FROM person WHERE email_key = \(emailKey(email))")
    }

    /// Changes how a person is named and spoken to.
    static func change(_ id: String, name: String, language: Language, in change: Change) throws {
        try remember(id, insteadOf: name, "name", in: change)
        try change.run("UPDATE person SET name = \(name), sort_key = \(French.sortKey(name)) WHERE id = \(id)")
        try speak(id, language, in: change)
    }

    /// Keeps the name or the address that somebody leaves for another, so that an erasure finds it in what others wrote.
    static func remember(_ id: String, insteadOf new: String?, _ column: SQL, in change: Change) throws {
        try change.run(
            """
            INSERT INTO person_former (person_id, value) SELECT id, \(column) FROM person
            WHERE id = \(id) AND \(column) IS NOT NULL AND \(column) <> \(new ?? "") ON CONFLICT (person_id, value) DO NOTHING
            """)
    }

    static func speak(_ id: String, _ language: Language, in change: Change) throws {
        try change.run("UPDATE person SET language = \(language.rawValue) WHERE id = \(id)")
    }

    /// What makes two addresses the same: lower case, NFC, no space around. What is too long to be one (RFC 5321, 4.5.3.1.3) is nobody's.
    public static func emailKey(_ email: String) -> String {
        email.utf8.count <= 1_000 ? String(CleanText.line(email).lowercased().prefix(254)) : ""
    }

    /// A name fit to be shown: one line, 1 to 120 characters.
    package static func checkedName(_ raw: String) throws -> String {
        let name = CleanText.line(raw)
        guard !name.isEmpty else { throw PersonRefusal.noName }
        guard name.count <= 120 else { throw PersonRefusal.longName }
        return name
    }

    /// An address that a mail could reach: one `@`, a domain with a dot, at most 254 bytes (RFC 5321 §4.5.3.1).
    package static func checkedEmail(_ raw: String) throws -> String {
        let email = CleanText.line(raw)
        guard !email.isEmpty else { throw PersonRefusal.noEmail }
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), !parts[1].hasPrefix("."),
            !parts[1].hasSuffix("."),
            email.utf8.count <= 254,
            !email.unicodeScalars.contains(where: {
                $0.properties.isWhitespace || "<>,;:\"()[]\\".unicodeScalars.contains($0)
            })
        else { throw PersonRefusal.badEmail(email) }
        return email
    }
}

/// A name or an address that cannot be one.
public enum PersonRefusal: Refusal, Equatable {
    case noName
    case longName
    case noEmail
    case badEmail(String)
    case takenEmail(String)

    public var key: String {
        switch self {
        case .noName: "platform.person.noName"
        case .longName: "platform.person.longName"
        case .noEmail: "platform.person.noEmail"
        case .badEmail: "platform.person.badEmail"
        case .takenEmail: "platform.person.takenEmail"
        }
    }

    public var arguments: [String: any WordArgument] {
        switch self {
        case .badEmail(let typed), .takenEmail(let typed): ["email": typed]
        case .noName, .longName, .noEmail: [:]
        }
    }

    public var field: String? {
        switch self {
        case .noEmail, .badEmail, .takenEmail: "email"
        case .noName, .longName: "name"
        }
    }
}
