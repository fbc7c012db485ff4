import Database

/// Whom to write to about a mail: the project officer or the coordinator whose act sent it. In the text, never as an address of
/// reply: an answer quotes the mail, and with it links that open things in the name of whoever received it.
enum MailContact {
    static func line(in words: Words, for personId: String, _ change: Change) throws -> String {
        let roles = change.viewer.roles.values.reduce(into: Set<Role>()) { $0.formUnion($1) }
        guard let actor = change.actor.personId, actor != personId, !roles.isDisjoint(with: [.coordinator, .officer]),
            let name = change.viewer.name, let email = try change.text("SELECT email FROM person WHERE id = \(actor)")
        else { return "" }
        return "\n\n" + words("platform.mail.contact", ["name": name, "email": email])
    }
}
