import Database
import Formats
import Platform

/// Somebody about to be invited in a programme: who they are, what they will be.
struct Invitation: Sendable, Equatable {
    let name: String
    let email: String
    let function: String
    /// One of the programme's organisations, or the name of another.
    let organizationId: String?
    let otherOrganization: String?
    let assignment: Assignment
    /// What was answered about people of the same name: one of them, or somebody else.
    let sameAs: SameAs?

    enum SameAs: Sendable, Equatable {
        case person(String)
        case nobody
    }

    /// - Throws: `Refusals`, one for each field.
    init(_ form: Fields) throws {
        var refusals: [any Refusal] = []
        name = form.line("name")
        email = form.line("email")
        function = form.line("function")
        organizationId = form.optional("organization")
        otherOrganization = form.optional("other_organization")
        sameAs = form.optional("same").map { $0 == "nobody" ? .nobody : .person($0) }
        let assignment = Result { try Assignment(form) }
        if name.isEmpty { refusals.append(PersonRefusal.noName) }
        if email.isEmpty { refusals.append(PersonRefusal.badEmail("")) }
        if function.isEmpty { refusals.append(Refused("community.invite.functionMissing", field: "function")) }
        if function.unicodeScalars.count > 200 {
            refusals.append(Refused("community.invite.functionTooLong", field: "function"))
        }
        if (otherOrganization ?? "").unicodeScalars.count > 200 {
            refusals.append(Refused("community.invite.organizationTooLong", field: "other_organization"))
        }
        if case .failure(let refused as Refused) = assignment { refusals.append(refused) }
        guard refusals.isEmpty else { throw Refusals(refusals) }
        self.assignment = try assignment.get()
    }
}
