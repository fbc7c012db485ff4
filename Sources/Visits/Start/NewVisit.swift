import Community
import Database
import Events
import Formats
import Platform

/// A visit about to exist: thought of in the programme file, or added by somebody.
struct NewVisit: Sendable, Equatable {
    var name: String
    var place = ""
    /// The address wished for; drawn from the name otherwise.
    var slug: String?
    var hostId: String?
    var territoryId: String?
    var stage = VisitStage.candidate
    var lengthWritten = ""
    var focus = ""
    var flagshipInitiative = ""

    /// Writes the visit with its event and its two circles, under the policy, and answers its identifier. The officer or
    /// researcher who makes it joins both circles, to follow it.
    func start(in programme: Programme, _ change: Change) throws -> String {
        let id = change.newId()
        let words = change.site.words(programme.language)
        let delegation = try Scopes.create(
            .delegation, words("visits.scope.delegation", ["visit": name]), programme: programme.id, in: change)
        let circle = try Scopes.create(
            .delegationAndHost, words("visits.scope.circle", ["visit": name]), programme: programme.id, in: change)
        let position = try change.count(
            "SELECT COALESCE(MAX(position), 0) + 1 FROM visit WHERE programme_id = \(programme.id)")
        let slug = try VisitAddress.free(slug ?? name, in: programme.id, change)
        try EventQueries.add(
            Event(id: id, programmeId: programme.id, kind: .visit, title: name, place: place, position: position),
            in: change)
        try change.run(
            """
            INSERT INTO visit (id, programme_id, slug, position, name, host_id, territory_id, stage, length_written, focus,
                flagship_initiative, delegation_id, circle_id, created_at)
            VALUES (\(id), \(programme.id), \(slug), \(position), \(name), \(hostId), \(territoryId), \(stage),
                \(lengthWritten), \(focus), \(flagshipInitiative), \(delegation), \(circle), \(change.now))
            """)
        try change.protect(
            Protection("visit", id, programme: programme.id, author: nil, scope: circle, audience: .community))
        if let person = change.actor.personId,
            !(try change.roles(of: person)[programme.id] ?? []).isDisjoint(with: [
                .officer, .researcher,
            ])
        {
            for scope in [delegation, circle] { try change.join(person, scope: scope, as: .staff) }
        }
        try change.trace("visit", id, programme: programme.id, as: "visit.proposed")
        return id
    }
}

/// The last part of a visit's address: one in its programme, and kept for ever.
enum VisitAddress {
    /// The words that are pages of their own.
    private static let reserved: Set<String> = ["nouvelle", "export"]

    /// An address drawn from a name that no visit of the programme has or had.
    static func free(_ name: String, in programmeId: String, _ reader: any Reader) throws -> String {
        let base = French.slug(name).isEmpty ? "visite" : French.slug(name)
        var slug = base
        var number = 2
        while try isTaken(slug, in: programmeId, reader) {
            slug = "\(base)-\(number)"
            number += 1
        }
        return slug
    }

    static func isTaken(
        _ slug: String, in programmeId: String, except visitId: String = "", _ reader: any Reader
    ) throws -> Bool {
        if reserved.contains(slug) { return true }
        return try reader.exists(
            """
            SELECT 1 FROM visit WHERE programme_id = \(programmeId) AND slug = \(slug) AND id <> \(visitId)
            UNION ALL
            SELECT 1 FROM visit_old_slug WHERE programme_id = \(programmeId) AND slug = \(slug) AND visit_id <> \(visitId)
            """)
    }

    /// Gives a visit another address; the old one leads to it from now on.
    /// - Throws: `VisitRefusal`
    static func move(_ visit: Visit, to slug: String, in change: Change) throws {
        guard slug != visit.slug else { return }
        guard !slug.isEmpty, French.slug(slug) == slug, slug.utf8.count <= 80 else { throw VisitRefusal.slugInvalid }
        guard try !isTaken(slug, in: visit.programmeId, except: visit.id, change) else {
            throw VisitRefusal.slugTaken(slug)
        }
        try change.run("DELETE FROM visit_old_slug WHERE programme_id = \(visit.programmeId) AND slug = \(slug)")
        try change.run(
            "INSERT INTO visit_old_slug (programme_id, slug, visit_id) VALUES (\(visit.programmeId), \(visit.slug), \(visit.id))"
        )
    }
}
