import Database
import Formats

/// One change in the making: what a capability does between the opening of the door and its closing.
///
/// It runs inside one transaction: load, ask the rule, save, trace. A change without trace is refused.
public final class Change: Writer {
    let writer: any Writer
    public let site: Site
    public let actor: Actor
    /// What the history calls it: `visit.planned`.
    public let action: String
    public let now: Instant
    private(set) var traces = 0
    private var made = 0
    /// The contents that this change was the first to put on the disk.
    var keptFiles: [String] = []
    /// The contents whose rows it took out: they leave the disk with it.
    var forgottenFiles: Set<String> = []
    /// What it concerns: the pages that follow it look again.
    private(set) var topics: Set<String> = []
    /// Whether it puts a mail in the outbox.
    var hasMail = false

    init(writer: any Writer, site: Site, actor: Actor, action: String, now: Instant) {
        self.writer = writer
        self.site = site
        self.actor = actor
        self.action = action
        self.now = now
    }

    public var dialect: any Dialect { writer.dialect }
    public var viewer: Viewer { actor.viewer }
    public func rows(_ statement: SQL) throws -> [Row] { try writer.rows(statement) }
    @discardableResult public func run(_ statement: SQL) throws -> Int { try writer.run(statement) }
    public func script(_ statements: String) throws { try writer.script(statements) }
    public func announceChange() throws { try writer.announceChange() }
    public func announce(_ message: String) throws { try writer.announce(message) }

    /// A fresh identifier.
    public func newId() -> String {
        made += 1
        return Identifier.new(at: now, rank: made & 0xfff)
    }

    /// The right comes first: throws `NotFound` for what this actor may not see, `Forbidden` for what it may not do.
    @discardableResult public func require(_ right: Action, on objectId: String) throws -> Protection {
        guard let thing = try protection(of: objectId) else { throw NotFound() }
        if actor.isSite { return thing }
        guard site.policy.allows(.see, viewer, on: thing) else { throw NotFound() }
        guard site.policy.allows(right, viewer, on: thing) else { throw Forbidden(right) }
        return thing
    }

    /// The same for what concerns the site as a whole.
    public func require(_ right: Action) throws {
        guard actor.isSite || site.policy.allows(right, viewer) else { throw Forbidden(right) }
        // Taken from them since their session was read, the administration is not theirs any more.
        guard try actor.isSite || right != .administerSite || isAdministrator(viewer.personId) else { throw Forbidden(right) }
    }

    private func isAdministrator(_ personId: String?) throws -> Bool {
        try exists("SELECT person_id FROM account WHERE person_id = \(personId ?? "") AND is_administrator = 1 AND closed_at IS NULL")
    }

    /// Has the pages that follow something else than what is traced look again.
    func tell(_ topic: String) { topics.insert(topic) }

    /// Says that there was nothing to change after all: what was asked is already so.
    public func leaveAsItIs() { traces += 1 }

    /// Writes the line of the history. `details` are values, not sentences: `["from": "draft", "to": "review"]`; never
    /// the content of a private note.
    public func trace(
        _ kind: String, _ objectId: String, programme: String? = nil, as action: String? = nil, _ details: [String: String] = [:]
    ) throws {
        traces += 1
        topics.formUnion([LiveTopic.thing(objectId), LiveTopic.kind(kind, in: programme)])
        let json = CanonicalJSON.encode(.object(details.mapValues { .string($0) }))
        try run(
            """
            INSERT INTO audit (id, at, actor_id, actor_kind, action, object_kind, object_id, programme_id, details)
            VALUES (\(newId()), \(now), \(actor.personId), \(actor.kind), \(action ?? self.action), \(kind), \(objectId),
                \(programme), \(json))
            """)
    }
}

extension Actor {
    var kind: String { isSite ? "site" : viewer.onlyObject != nil ? "guest" : personId == nil ? "anybody" : "person" }
}

/// A change forgot its trace: an error of the program, found by its first test.
struct Untraced: Error {
    let action: String
}

extension Site {
    /// The one door for every change: right → rule → save → trace, in one durable transaction.
    ///
    ///     try await site.amend(as: "visit.planned", by: actor) { change in
    ///         try change.require(.manageVisit, on: id)
    ///         var visit = try VisitQueries.visit(id, in: change)
    ///         try visit.plan(slots, today: change.today)
    ///         try VisitQueries.save(visit, in: change)
    ///         try change.trace("visit", id, programme: visit.programmeId)
    ///     }
    ///
    /// - Parameter isPublic: false when nothing that the public sees can have changed (a draft, a private note): the
    ///   pages kept in memory are then kept.
    public func amend<T: Sendable>(
        as action: String, by actor: Actor, isPublic: Bool = true, _ body: @Sendable @escaping (Change) throws -> T
    ) async throws -> T {
        let now = self.now()
        let (result, hasMail, forgotten, topics) = try await database.write { [self] writer in
            let change = Change(writer: writer, site: self, actor: actor, action: action, now: now)
            do {
                try actor.sending?.take(change)
                let result = try body(change)
                guard change.traces > 0 else { throw Untraced(action: action) }
                if isPublic { try change.announceChange() }
                if !change.topics.isEmpty { try change.announce(LiveMessage.topics(change.topics).text) }
                return (result, change.hasMail, change.forgottenFiles, change.topics)
            } catch {
                change.dropFiles()
                throw error
            }
        }
        if isPublic { pages.forgetAll() }
        live.ring(topics)
        if !forgotten.isEmpty { try await clear(forgotten) }
        if hasMail { letterbox.ring() }
        return result
    }
}

extension Change {
    /// The civil day of this change.
    public var today: Day { now.day() }
}
