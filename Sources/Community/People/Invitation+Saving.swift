import Database
import Formats
import Platform

extension Invitation {
    /// Enters the person in the programme and writes to them. Somebody whom the site knows already keeps their account
    /// and their profile.
    ///
    /// - Returns: the identifier of the person, and whether they keep another function than the one typed.
    func send(in programme: Programme, _ change: Change) throws -> (person: String, keepsFunction: Bool) {
        try change.require(.managePeople, on: programme.id)
        let id = try person(change)
        let known = try Profiles.of(id, change)?.function ?? ""
        if known.isEmpty {
            try Profiles.save(id, function: function, organization: try organization(programme.id, change), in: change)
        }
        try assignment.give(to: id, in: programme.id, change)
        try programme.welcome(id, in: change)
        return (id, !known.isEmpty && known != function)
    }

    /// The person meant: one of the namesakes, whoever has this address, or somebody new.
    private func person(_ change: Change) throws -> String {
        let namesakes = try Namesake.of(name, exceptAt: email, change, change.viewer)
        switch sameAs {
        case .person(let id):
            guard namesakes.contains(where: { $0.personId == id }) else { throw NotFound() }
            return id
        case nil where !namesakes.isEmpty: throw Refused("community.invite.namesake", ["name": name], field: "same")
        case .nobody, nil: return try People.add(name: name, email: email, language: nil, in: change)
        }
    }

    private func organization(_ programme: String, _ change: Change) throws -> String? {
        if let otherOrganization {
            return try Organization.findOrCreate(otherOrganization, programme: programme, in: change)
        }
        guard let organizationId else {
            return try assignment.seatId.flatMap { try Seat.free($0, programme: programme, change).organizationId }
        }
        guard try Organization.of(programme: programme, change).contains(where: { $0.id == organizationId }) else {
            throw Refused("community.invite.organizationUnknown", field: "organization")
        }
        return organizationId
    }
}

extension Programme {
    /// Writes to somebody who just entered: that they are in it, or how to open their account when they have none.
    func welcome(_ personId: String, in change: Change) throws {
        guard try Accounts.has(personId, change) else {
            try Accounts.invite(personId, into: title, in: change)
            return
        }
        try change.write(
            to: personId, "community.mail.joined", ["programme": title, "by": change.viewer.name ?? change.site.configuration.siteName],
            opening: path, about: id)
    }
}
