import Database
import Formats

/// How long the platform keeps what it holds. Read from left to right: what, how many days, which rows are then concerned.
enum PlatformRetentions {
    static let all: [Retention] = [
        .rows("platform.retention.sessions", of: "session", days: 30) { "created_at <= \($0) OR seen_at <= \($0)" },
        .rows("platform.retention.halfSessions", of: "half_session", days: 1) { "created_at <= \($0)" },
        .rows("platform.retention.networks", of: "known_network", days: 180) { "seen_at <= \($0)" },
        .rows("platform.retention.signInLinks", of: "sign_in_link", days: 30) { "expires_at <= \($0)" },
        .rows("platform.retention.addresses", of: "email_change", days: 30) { "expires_at <= \($0)" },
        .rows("platform.retention.privateLinks", of: "private_link", days: 365) { "expires_at <= \($0) OR revoked_at <= \($0)" },
        .rows("platform.retention.invitations", of: "account", days: 365) { before in
            """
            created_at <= \(before) AND closed_at IS NULL AND seen_at IS NULL AND password_hash IS NULL AND is_administrator = 0
                AND NOT EXISTS (SELECT 1 FROM session WHERE session.person_id = account.person_id)
                AND NOT EXISTS (SELECT 1 FROM half_session WHERE half_session.person_id = account.person_id)
                AND NOT EXISTS (SELECT 1 FROM known_network WHERE known_network.person_id = account.person_id)
                AND NOT EXISTS (SELECT 1 FROM factor WHERE factor.person_id = account.person_id)
                AND NOT EXISTS (SELECT 1 FROM recovery_code WHERE recovery_code.person_id = account.person_id)
                AND NOT EXISTS (SELECT 1 FROM sign_in_link WHERE sign_in_link.person_id = account.person_id AND created_at > \(before))
            """
        },
        .emptying("platform.retention.mailBodies", of: "mail", days: 30, emptied: "body = '', answer = ''") {
            "state <> 'waiting' AND body <> '' AND COALESCE(sent_at, created_at) <= \($0)"
        },
        .rows("platform.retention.mails", of: "mail", days: 365) { "state <> 'waiting' AND created_at <= \($0)" },
        .rows("platform.retention.reminders", of: "reminder", days: 365) { "sent_at <= \($0)" },
        .rows("platform.retention.forms", of: "form_sending", days: 2) { "sent_at <= \($0)" },
        .rows("platform.retention.accountTraces", of: "audit", days: 365) {
            "at <= \($0) AND object_kind IN ('account', 'mail', 'draft') AND action <> 'account.invited'"
        },
        .rows("platform.retention.traces", of: "audit", days: 3650) { "at <= \($0)" },
        UnusedAccounts.told, UnusedAccounts.closed,
    ]
}

/// Accounts that nobody used for three years: their owners are told, and a month later they are closed.
enum UnusedAccounts {
    private static let years = 3
    private static let notice = Duration.days(30)

    static let told = Retention(
        "platform.retention.unused", days: years * 365,
        count: { try people($0, $1 - .days(years * 365)).count },
        apply: { change in
            for person in try people(change, change.now - .days(years * 365)) {
                try change.run("UPDATE account SET told_at = \(change.now) WHERE person_id = \(person)")
                try change.write(to: person, "platform.mail.unusedAccount", ["day": (change.now + notice).day()], opening: "/connexion")
            }
        })

    /// Counted here, done by `RetentionTable`: each is an erasure of its own.
    static let closed = Retention(
        "platform.retention.closed", days: years * 365 + 30, count: { try over($0, $1).count }, apply: { _ in })

    private static func people(_ reader: any Reader, _ before: Instant) throws -> [String] {
        try reader.texts(
            """
            SELECT person_id FROM account WHERE closed_at IS NULL AND told_at IS NULL AND COALESCE(seen_at, created_at) <= \(before)
                AND (seen_at IS NOT NULL OR password_hash IS NOT NULL) ORDER BY person_id
            """)
    }

    /// Those told a month ago.
    static func over(_ reader: any Reader, _ now: Instant) throws -> [String] {
        try reader.texts(
            "SELECT person_id FROM account WHERE closed_at IS NULL AND told_at <= \(now - notice) ORDER BY person_id")
    }
}
