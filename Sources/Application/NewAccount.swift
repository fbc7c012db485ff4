import Community
import Database
import Platform

/// An account made at the console, with its role.
struct NewAccount: Sendable {
    let name: String
    let email: String
    /// `administrator`, or a role of the policy.
    let role: String
    /// The slug of the programme where the role is held; nil for the site itself: enough to open a programme.
    let programme: String?
    let password: String?

    /// Answers the path of the invitation, or nil when a password was given.
    func add(to site: Site) async throws -> String? {
        do {
            var hash: String?
            if let password { hash = try await Accounts.hash(password: password, knowing: [name, email], site: site) }
            return try await site.amend(as: "person.added", by: .site) { [hash] change in
                guard try account(change) == nil else {
                    throw Failure(
                        "\(email) a déjà un compte : rien n'a changé. Pour lui donner ce rôle, ajoutez --existing.", code: 73)
                }
                return try open(hash: hash, in: change)
            }
        } catch let refusal as any Refusal {
            throw Failure(site.words(.french)(refusal.key, refusal.arguments), code: 65)
        }
    }

    /// Gives the role to the person who has the account of this address, and changes nothing else.
    func give(roleTo site: Site) async throws {
        try await site.amend(as: "person.roleGiven", by: .site) { change in
            guard let person = try account(change) else { throw Failure("\(email) n'a pas de compte.", code: 66) }
            try give(to: person, in: change)
        }
    }

    /// Opens the account; answers the path of the invitation, or nil when there is a password.
    private func open(hash: String?, in change: Change) throws -> String? {
        let person = try People.add(name: name, email: email, in: change)
        try Accounts.open(for: person, isAdministrator: role == "administrator", in: change)
        if let role = Role(rawValue: role) { try change.join(person, scope: scope(change), as: role) }
        try change.trace("person", person, ["role": role])
        guard let hash else { return try Accounts.invite(person, into: title(change), in: change) }
        try Accounts.setPassword(person, hash: hash, in: change)
        return nil
    }

    private func give(to person: String, in change: Change) throws {
        if role == "administrator" { try Accounts.open(for: person, isAdministrator: true, in: change) }
        if let role = Role(rawValue: role) { try change.join(person, scope: scope(change), as: role) }
        try change.trace("person", person, as: "person.roleGiven", ["role": role])
    }

    /// What becomes of an account among many.
    enum Outcome: Sendable {
        case invited
        /// Somebody who has an account already, and is not written to.
        case given
        /// Somebody who holds this role already.
        case unchanged
    }

    /// One of many, in the same transaction: whoever has an account keeps it and is given the role.
    func enter(in change: Change) throws -> Outcome {
        guard let person = try account(change) else {
            _ = try open(hash: nil, in: change)
            return .invited
        }
        let isHeld = try change.exists(
            "SELECT person_id FROM membership WHERE person_id = \(person) AND scope_id = \(scope(change)) AND role = \(role) AND until IS NULL")
        guard !isHeld else { return .unchanged }
        try give(to: person, in: change)
        return .given
    }

    /// Who has the account of this address.
    private func account(_ reader: any Reader) throws -> String? {
        try reader.text(
            """
            SELECT person_id FROM account JOIN person ON person.id = account.person_id
            WHERE email_key = \(People.emailKey(email))
            """)
    }

    /// How the programme is called.
    private func title(_ reader: any Reader) throws -> String? {
        try programme.flatMap { try reader.text("SELECT title FROM programme WHERE slug = \($0)") }
    }

    private func scope(_ reader: any Reader) throws -> String {
        guard let programme else { return "site" }
        guard let id = try reader.text("SELECT id FROM programme WHERE slug = \(programme)") else {
            throw Failure("Il n'y a pas de programme « \(programme) ».", code: 66)
        }
        return id
    }
}
