import Database
import Formats

/// Erasing people: asked for, taken back, done, done again after a restoration.
public enum Erasures {
    /// How long whoever asks to be erased may take it back, by logging in.
    public static let grace = Duration.days(7)

    /// What an erasure leaves to be read by somebody: texts where the name was written, and documents that the person joined,
    /// which are kept as they came: a PDF or a file of a word processor often says who made it.
    public struct Outcome: Sendable {
        public var mentions: [String]
        public var documents: [String] = []
    }

    // MARK: - Asked by the person

    /// Notes that a person asks to leave, or to be erased, in a week; their sessions end.
    static func ask(_ kind: Erasure.Kind, keepsAuthorship: Bool, for personId: String, in change: Change) throws {
        try requireAnotherAdministrator(than: personId, change)
        try change.run("DELETE FROM erasure WHERE person_id = \(personId) AND done_at IS NULL")
        try change.run(
            """
            INSERT INTO erasure (person_id, kind, keeps_authorship, asked_by, asked_at, due_at)
            VALUES (\(personId), \(kind), \(keepsAuthorship), \(change.actor.personId), \(change.now), \(change.now + grace))
            """)
        try Sessions.endAll(of: personId, in: change)
        try change.trace("account", personId, ["kind": kind.rawValue])
        try change.write(to: personId, "platform.mail.erasureAsked", ["day": (change.now + grace).day()], opening: "/connexion")
    }

    /// Whoever logs in takes back what they asked for.
    static func takeBack(_ personId: String, in change: Change) throws {
        let gone = try change.run("DELETE FROM erasure WHERE person_id = \(personId) AND done_at IS NULL")
        guard gone > 0 else { return }
        try change.trace("account", personId, as: "account.erasureTakenBack")
        try change.write(to: personId, "platform.mail.erasureTakenBack", opening: PersonalPages.path)
    }

    /// Does those whose week is over.
    @discardableResult public static func applyDue(_ site: Site) async throws -> Int {
        let now = site.now()
        let due = try await site.database.read {
            try $0.all(Known.self, "SELECT person_id, kind, keeps_authorship FROM erasure WHERE done_at IS NULL AND due_at <= \(now)")
        }
        for known in due { try await apply(known.kind, keepsAuthorship: known.keepsAuthorship, to: known.personId, by: .site, site) }
        return due.count
    }

    // MARK: - Done

    /// Erases somebody now, leaves nothing of it on the disk, and notes it where no backup is.
    /// - Throws: `Refused` for the only administrator
    @discardableResult public static func apply(
        _ kind: Erasure.Kind, keepsAuthorship: Bool, to personId: String, by actor: Actor, reason: String? = nil, _ site: Site
    ) async throws -> Outcome {
        let (outcome, at) = try await site.amend(as: "person.erased", by: actor) { change in
            if !actor.isSite { try change.require(.administerSite) }
            try requireAnotherAdministrator(than: personId, change)
            guard let person = try change.first(PersonRow.self, "SELECT name, email FROM person WHERE id = \(personId)") else { throw NotFound() }
            let erasure = Erasure(
                personId: personId, kind: kind, keepsAuthorship: keepsAuthorship, name: person.name, email: person.email,
                former: try former(personId, change), shared: try shared(personId, name: person.name, change))
            let outcome = try empty(erasure, in: change)
            try change.run("DELETE FROM erasure WHERE person_id = \(personId)")
            try change.run(
                """
                INSERT INTO erasure (person_id, kind, keeps_authorship, asked_by, asked_at, due_at, done_at)
                VALUES (\(personId), \(kind), \(keepsAuthorship), \(actor.personId), \(change.now), \(change.now), \(change.now))
                """)
            var details = ["kind": kind.rawValue]
            if let reason { details["reason"] = erasure.without(reason) }
            try change.trace("person", personId, details)
            return (outcome, change.now)
        }
        try ErasureJournal(site).add(ErasureJournal.Line(at: at, kind: kind.rawValue, hash: Secrets.sha256(personId), keepsAuthorship: keepsAuthorship))
        try await site.database.scrub(indexes: [SearchIndex.name])
        return outcome
    }

    /// Erases one thing, within the change that the caller opened: to be followed by `settle`.
    public static func erase(_ kind: String, _ id: String, in change: Change) throws {
        guard let thing = change.site.features.flatMap(\.personal.erasable).first(where: { $0.kind == kind }) else { throw NotFound() }
        try thing.erase(id, change)
    }

    /// After things were erased: notes it where no backup is, and leaves nothing of them on the disk.
    public static func settle(_ site: Site) async throws {
        try await ErasureJournal(site).complete()
        try await site.database.scrub(indexes: [SearchIndex.name])
    }

    /// The names and the addresses that they had before; an address that is somebody else's now is not theirs any more.
    private static func former(_ personId: String, _ reader: any Reader) throws -> [String] {
        try reader.texts("SELECT value FROM person_former WHERE person_id = \(personId)").filter { value in
            guard value.contains("@"), let holder = try People.find(email: value, reader) else { return true }
            return holder == personId
        }
    }

    /// Their names that somebody else has too, or had: nobody takes another's out by having borne it.
    private static func shared(_ personId: String, name: String, _ reader: any Reader) throws -> Set<String> {
        let former = try reader.texts("SELECT value FROM person_former WHERE person_id = \(personId)").filter { !$0.contains("@") }
        let others = try reader.texts("SELECT value FROM person_former WHERE person_id <> \(personId)").filter { !$0.contains("@") }
        let past = Set(others.map(French.sortKey))
        func isHeld(_ name: String) throws -> Bool {
            try reader.exists("SELECT id FROM person WHERE sort_key = \(French.sortKey(name)) AND id <> \(personId)")
        }
        return Set(try former.filter { try past.contains(French.sortKey($0)) || isHeld($0) } + (try isHeld(name) ? [name] : []))
    }

    private static func empty(_ erasure: Erasure, in change: Change) throws -> Outcome {
        let written = erasure.isComplete ? try erasure.documents(change) : []
        for feature in change.site.features { try feature.personal.erase?(erasure, change) }
        guard erasure.isComplete else { return Outcome(mentions: []) }
        let documents = try change.texts(
            """
            SELECT '/fichiers/' || attachment.id FROM attachment JOIN access ON access.object_id = owner_id
            WHERE added_by = \(erasure.personId) AND small_file_id IS NULL AND removed_at IS NULL AND withdrawn_at IS NULL
            ORDER BY attachment.added_at, attachment.id
            """)
        for mention in change.site.features.flatMap(\.personal.mentions) where !(mention.isAuthorship && erasure.keepsAuthorship) {
            try erasure.leave(mention, in: change)
        }
        for document in written where !(document.kind == "resource" && erasure.keepsAuthorship) {
            try change.reindex(document.objectId, erasure.without)
        }
        return Outcome(mentions: written.filter { ["text", "resource"].contains($0.kind) }.map(\.path), documents: documents)
    }

    /// Somebody must remain who administers the site: who was only invited may never come.
    private static func requireAnotherAdministrator(than personId: String, _ reader: any Reader) throws {
        let present = try reader.texts(
            """
            SELECT person_id FROM account WHERE is_administrator = 1 AND closed_at IS NULL AND (seen_at IS NOT NULL OR password_hash IS NOT NULL)
            """)
        guard try Accounts.administrators(reader) != [personId], present != [personId] else { throw Refused("platform.erasure.lastAdministrator") }
    }

    /// Somebody by address, or by name when only one person has it.
    public static func find(_ typed: String, _ reader: any Reader) throws -> String {
        if let person = try People.find(email: typed, reader) { return person }
        let named = try reader.texts("SELECT id FROM person WHERE name = \(typed) AND name <> \(Erasure.nobody)")
        guard let person = named.first else { throw Refused("platform.erasure.nobody", field: "person") }
        guard named.count == 1 else { throw Refused("platform.erasure.several", field: "person") }
        return person
    }

    struct Known: Decodable {
        var personId: String
        var kind: Erasure.Kind
        var keepsAuthorship: Bool
    }

    private struct PersonRow: Decodable {
        var name: String
        var email: String?
    }
}
