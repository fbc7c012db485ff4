import Database
import Platform

/// The circles of a programme: itself, its committees and cohorts, the two circles of each visit.
package enum Scopes {
    package enum Kind: String, Sendable, Codable, SQLConvertible {
        case programme, steering, cohort, group, delegation
        case delegationAndHost = "delegation_and_host"
    }

    /// Makes a circle, empty, and answers its identifier. People enter it by `change.join`.
    package static func create(_ kind: Kind, _ name: String, programme: String, in change: Change) throws -> String {
        let id = change.newId()
        try change.run(
            "INSERT INTO scope (id, programme_id, kind, name) VALUES (\(id), \(programme), \(kind), \(name))")
        return id
    }

    /// Gives a circle another name: a visit was renamed.
    package static func rename(_ id: String, to name: String, in change: Change) throws {
        try change.run("UPDATE scope SET name = \(name) WHERE id = \(id)")
    }
}
