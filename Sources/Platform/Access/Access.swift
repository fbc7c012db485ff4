import Database
import Formats

extension Reader {
    /// What the policy knows of a thing; nil when it has no protection, hence does not exist for anybody.
    public func protection(of objectId: String) throws -> Protection? {
        try first(
            Protection.self,
            """
            SELECT object_id, kind, programme_id, author_id, scope_id, audience, withdrawn_at
            FROM access WHERE object_id = \(objectId)
            """)
    }

    /// Whether an identifier that a browser chose names something already, or did: a person, a thing, a line of the journal.
    public func knows(_ id: String) throws -> Bool {
        try exists(
            """
            SELECT 1 FROM access WHERE object_id = \(id) UNION ALL SELECT 1 FROM person WHERE id = \(id)
            UNION ALL SELECT 1 FROM audit WHERE object_id = \(id) LIMIT 1
            """)
    }

    /// Throws `NotFound` unless this person may see the thing. For the reads of one thing.
    @discardableResult public func see(_ objectId: String, _ request: Request) throws -> Protection {
        guard let thing = try protection(of: objectId), request.site.policy.allows(.see, request.viewer, on: thing)
        else { throw NotFound() }
        return thing
    }
}

extension Change {
    /// Puts a thing under the policy. Every thing that somebody may see has its row, written with it.
    public func protect(_ thing: Protection) throws {
        try run(
            """
            INSERT INTO access (object_id, kind, programme_id, author_id, scope_id, audience, withdrawn_at)
            VALUES (\(thing.objectId), \(thing.kind), \(thing.programmeId), \(thing.authorId), \(thing.scopeId),
                \(thing.audience), NULL)
            """)
    }

    /// Opens a thing to more people, and writes it in its history. Opening to fewer is refused: see `narrow`.
    public func widen(_ objectId: String, to audience: Audience, scope: String? = nil) throws {
        guard let thing = try protection(of: objectId) else { throw NotFound() }
        guard audience >= thing.audience else { throw Refused("platform.access.narrower") }
        try reach(thing, audience, scope: scope ?? thing.scopeId, as: "access.widened")
    }

    /// Closes a thing again, to repair a mistake; written in its history.
    public func narrow(_ objectId: String, to audience: Audience, scope: String? = nil) throws {
        guard let thing = try protection(of: objectId) else { throw NotFound() }
        try reach(thing, audience, scope: scope ?? thing.scopeId, as: "access.narrowed")
    }

    private func reach(_ thing: Protection, _ audience: Audience, scope: String?, as action: String) throws {
        guard audience != thing.audience || scope != thing.scopeId else { return }
        try run("UPDATE access SET audience = \(audience), scope_id = \(scope) WHERE object_id = \(thing.objectId)")
        try trace(
            thing.kind, thing.objectId, programme: thing.programmeId, as: action,
            // From a group to another, the reader is told which way.
            ["from": thing.audience.rawValue, "to": audience != thing.audience ? audience.rawValue : action == "access.widened" ? "wider" : "smaller"])
    }

    /// Takes a thing away from everybody at once; a state apart, which no audience overrides.
    public func withdraw(_ objectId: String) throws {
        try run("UPDATE access SET withdrawn_at = \(now) WHERE object_id = \(objectId) AND withdrawn_at IS NULL")
        tell(LiveTopic.thing(objectId))
    }

    /// Undoes a withdrawal made by mistake.
    public func restore(_ objectId: String) throws {
        try run("UPDATE access SET withdrawn_at = NULL WHERE object_id = \(objectId)")
    }

    /// Gives somebody a role in a scope, from today.
    public func join(_ personId: String, scope: String, as role: Role) throws {
        try run(
            """
            INSERT INTO membership (person_id, scope_id, role, since, until)
            VALUES (\(personId), \(scope), \(role), \(now), NULL)
            ON CONFLICT (person_id, scope_id, role) DO UPDATE SET until = NULL
            """)
        tell(LiveTopic.sessions)
    }

    /// Ends a role, from now; what was done under it stays.
    public func leave(_ personId: String, scope: String, as role: Role) throws {
        try run(
            """
            UPDATE membership SET until = \(now)
            WHERE person_id = \(personId) AND scope_id = \(scope) AND role = \(role) AND until IS NULL
            """)
        tell(LiveTopic.sessions)
    }
}

extension Reader {
    /// The roles somebody holds, by scope. No date decides: a clock that jumps neither takes a role nor gives one back.
    public func roles(of personId: String) throws -> [String: Set<Role>] {
        let held = try all(
            Membership.self,
            """
            SELECT scope_id, role FROM membership
            WHERE person_id = \(personId) AND until IS NULL
            """)
        return Dictionary(grouping: held, by: \.scopeId).mapValues { Set($0.map(\.role)) }
    }

    /// The people who hold a role in a scope, in the order of their names.
    public func people(in scope: String) throws -> [Member] {
        try all(
            Member.self,
            """
            SELECT person.id AS person_id, person.name, person.email, membership.role FROM membership
            JOIN person ON person.id = membership.person_id
            WHERE scope_id = \(scope) AND until IS NULL
            ORDER BY person.sort_key, membership.role
            """)
    }
}

private struct Membership: Decodable {
    var scopeId: String
    var role: Role
}

/// Somebody in a scope.
public struct Member: Sendable, Codable, Equatable {
    public var personId: String
    public var name: String
    public var email: String?
    public var role: Role
}
