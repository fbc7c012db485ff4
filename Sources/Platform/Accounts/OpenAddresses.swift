import Database
import Formats

/// Addresses of one kind that open something to whoever has them, until they are closed. A backup brings back, open, those that were
/// open when it was made, whatever became of them since; an account put in a safe place leaves none of its own open.
public struct OpenAddresses: Sendable {
    /// The key of how many there are, in words.
    public let key: String
    let count: @Sendable (any Reader, Instant) throws -> Int
    private let close: @Sendable (_ whose: SQL, Change) throws -> Void

    /// - Parameter close: closes those that a condition on `person_id` keeps.
    public init(
        _ key: String, count: @escaping @Sendable (any Reader, Instant) throws -> Int,
        close: @escaping @Sendable (_ whose: SQL, Change) throws -> Void
    ) {
        (self.key, self.count, self.close) = (key, count, close)
    }

    /// Closes all of them, or those of a person.
    func close(of personId: String? = nil, in change: Change) throws {
        try close(personId.map { "person_id = \($0)" } ?? "1 = 1", change)
    }

    /// The private links of people without account.
    static let links = OpenAddresses(
        "platform.restored.links",
        count: { try $0.count("SELECT count(*) FROM private_link WHERE revoked_at IS NULL AND expires_at > \($1)") },
        close: { try $1.run("UPDATE private_link SET revoked_at = \($1.now) WHERE revoked_at IS NULL AND \($0)") })
}

/// What ends when a backup takes the place of a site: what was open at that time may have been closed since, by somebody who had a reason.
public enum Restoration {
    public struct Outcome: Sendable {
        public var sessions = 0
        /// Who was invited and never came in, by address or by name.
        public var invited: [String] = []
        /// How many addresses of each kind were open, by the key of their words.
        public var addresses: [(key: String, count: Int)] = []
    }

    /// Ends every session, every log-in that waits for a code, every link that lets somebody in. An invitation that was taken back, or
    /// sent to the wrong address, looks in the backup like any other: all end, and are sent again to whom they are for.
    /// - Parameter closesAddresses: whether the addresses that open something end too: their owners get new ones.
    public static func settle(_ site: Site, closesAddresses: Bool) async throws -> Outcome {
        try await site.amend(as: "site.restored", by: .site) { change in
            var outcome = Outcome()
            outcome.sessions = try change.count(
                "SELECT count(*) FROM session WHERE seen_at > \(change.now - Session.idle) AND created_at > \(change.now - Session.age)")
            // As if they were over, not ended by their owners: a telephone then keeps what it has not sent yet.
            try change.run("DELETE FROM session")
            try change.run("DELETE FROM half_session")
            outcome.invited = try change.texts(
                """
                SELECT DISTINCT COALESCE(person.email, person.name) AS person FROM sign_in_link JOIN person ON person.id = sign_in_link.person_id
                JOIN account ON account.person_id = person.id WHERE purpose = 'invitation' AND used_at IS NULL
                    AND sign_in_link.expires_at > \(change.now) AND password_hash IS NULL AND closed_at IS NULL ORDER BY person
                """)
            try change.run("UPDATE sign_in_link SET used_at = \(change.now) WHERE used_at IS NULL")
            try change.run("UPDATE email_change SET used_at = \(change.now) WHERE used_at IS NULL")
            let kinds = change.site.features.flatMap(\.openAddresses)
            outcome.addresses = try kinds.map { ($0.key, try $0.count(change, change.now)) }
            if closesAddresses { for kind in kinds { try kind.close(in: change) } }
            change.tell(LiveTopic.sessions)
            try change.trace("site", "site", ["sessions": String(outcome.sessions), "links": closesAddresses ? "closed" : "kept"])
            return outcome
        }
    }
}
