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
                let person = try People.add(name: name, email: email, in: change)
                try Accounts.open(for: person, isAdministrator: role == "administrator", in: change)
                if let role = Role(rawValue: role) { try change.join(person, scope: scope(change), as: role) }
                try change.trace("person", person, ["role": role])
                guard let hash else { return try Accounts.invite(person, in: change) }
                try Accounts.setPassword(person, hash: hash, in: change)
                return nil
            }
        } catch let refusal as any Refusal {
            throw Failure(site.words(.french)(refusal.key, refusal.arguments), code: 65)
        }
    }

    private func scope(_ reader: any Reader) throws -> String {
        guard let programme else { return "site" }
        guard let id = try reader.text("SELECT id FROM programme WHERE slug = \(programme)") else {
            throw Failure("Il n'y a pas de programme « \(programme) ».", code: 66)
        }
        return id
    }
}
