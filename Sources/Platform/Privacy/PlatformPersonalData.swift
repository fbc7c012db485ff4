import Database

/// What the platform holds about people: the account and its ways in, roles, mails, traces, files.
enum PlatformPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.parts = parts
        data.apart = apart
        data.mentions = mentions
        data.erase = erase
        data.retentions = PlatformRetentions.all
        return data
    }()

    private static let parts: [PersonalPart] = [
        PersonalPart("platform.data.account", ["person": ["id", "email", "email_key"], "account": ["person_id"], "erasure": ["person_id", "asked_by"]]) {
            """
            SELECT person.name, person.email, person.language, person.created_at, account.created_at AS account_created_at,
                CASE WHEN password_hash IS NULL THEN 0 ELSE 1 END AS has_password, is_administrator, seen_at, closed_at,
                erasure.kind AS erasure, erasure.due_at AS erasure_at
            FROM person LEFT JOIN account ON account.person_id = person.id LEFT JOIN erasure ON erasure.person_id = person.id
            WHERE person.id = \($0)
            """
        },
        PersonalPart("platform.data.former", ["person_former": ["person_id"]]) {
            "SELECT value FROM person_former WHERE person_id = \($0) ORDER BY value"
        },
        PersonalPart("platform.data.sessions", ["session": ["person_id"], "half_session": ["person_id"]]) {
            """
            SELECT 'session' AS kind, created_at, seen_at, device FROM session WHERE person_id = \($0)
            UNION ALL SELECT 'half_session', created_at, created_at, '' FROM half_session WHERE person_id = \($0) ORDER BY 2
            """
        },
        PersonalPart("platform.data.factor", ["factor": ["person_id"], "recovery_code": ["person_id"], "known_network": ["person_id"]]) {
            """
            SELECT 'factor' AS kind, started_at AS at FROM factor WHERE person_id = \($0)
            UNION ALL SELECT 'recovery_code', used_at FROM recovery_code WHERE person_id = \($0)
            UNION ALL SELECT 'known_network', seen_at FROM known_network WHERE person_id = \($0) ORDER BY 1, 2
            """
        },
        PersonalPart("platform.data.links", ["sign_in_link": ["person_id"], "private_link": ["person_id"], "email_change": ["person_id", "email"]]) {
            """
            SELECT purpose, '' AS email, created_at, expires_at, used_at FROM sign_in_link WHERE person_id = \($0)
            UNION ALL SELECT purpose, '', created_at, expires_at, revoked_at FROM private_link WHERE person_id = \($0)
            UNION ALL SELECT 'email_change', email, created_at, expires_at, used_at FROM email_change WHERE person_id = \($0) ORDER BY 3
            """
        },
        PersonalPart("platform.data.reminders", ["reminder": ["person_id"], "mail_refusal": ["person_id"]]) {
            """
            SELECT kind, 'sent' AS what, day, sent_at AS at FROM reminder WHERE person_id = \($0)
            UNION ALL SELECT kind, 'refused', '', since FROM mail_refusal WHERE person_id = \($0) ORDER BY 4, 1
            """
        },
        PersonalPart("platform.data.mails", ["mail": ["person_id", "address"]]) {
            "SELECT created_at, address, subject, body, state, sent_at FROM mail WHERE person_id = \($0) ORDER BY created_at, id"
        },
        PersonalPart("platform.data.traces", ["audit": ["actor_id"]]) { id in
            """
            SELECT at, CASE WHEN actor_id = \(id) THEN 'you' ELSE 'other' END AS by_whom, action, object_kind, object_id FROM audit
            WHERE actor_id = \(id) OR object_id = \(id) ORDER BY at, id
            """
        },
        PersonalPart(
            "platform.data.files", ["attachment": ["added_by", "credit"], "file": [], "access": ["author_id"]],
            files: {
                """
                SELECT file.hash, attachment.name FROM attachment JOIN file ON file.id = attachment.file_id
                WHERE added_by = \($0) ORDER BY attachment.added_at, attachment.id
                """
            }
        ) {
            """
            SELECT name, added_at, owner_kind, alternative, caption, credit, agreement, removed_at FROM attachment
            WHERE added_by = \($0) ORDER BY added_at, id
            """
        },
    ]

    private static let apart: [String: String] = [
        "setting": "keys of the site",
        "ended_session": "hashes of cookies that open nothing any more, without any person, kept sixty days",
        "form_sending": "a mark without any person, kept a day",
        "search_document": "made from texts that other parts hold; erased and written with them",
        "search_facet": "made from texts that other parts hold; erased and written with them",
        "search_words": "made from texts that other parts hold; erased and written with them",
        "register_entry": "what whoever is responsible for the site publishes of itself",
        "schema_step": "the versions of the schema",
    ]

    private static let mentions = [
        Mention("audit", "details"), Mention("mail", "subject"), Mention("mail", "body"), Mention("mail", "answer"),
        Mention("attachment", "name"), Mention("attachment", "alternative"), Mention("attachment", "caption"),
        Mention("attachment", "credit", isAuthorship: true), Mention("attachment", "agreement"), Mention("file", "name"),
    ]

    private static func erase(_ erasure: Erasure, _ change: Change) throws {
        let id = erasure.personId
        for table in ["session", "half_session", "factor", "recovery_code", "known_network", "sign_in_link", "private_link", "email_change", "mail", "mail_refusal", "reminder"] {
            try change.run("DELETE FROM \(SQL(text: table)) WHERE person_id = \(id)")
        }
        try change.run(
            """
            UPDATE account SET password_hash = NULL, is_administrator = 0, closed_at = COALESCE(closed_at, \(change.now)), seen_at = NULL,
                told_at = NULL
            WHERE person_id = \(id)
            """)
        try change.run("UPDATE person SET email = NULL, email_key = NULL, language = NULL WHERE id = \(id)")
        try change.run("UPDATE membership SET until = \(change.now) WHERE person_id = \(id) AND until IS NULL")
        change.tell(LiveTopic.sessions)
        try change.run("DELETE FROM person_former WHERE person_id = \(id) AND value LIKE '%@%'")
        guard erasure.isComplete else { return }
        try change.run("DELETE FROM person_former WHERE person_id = \(id)")
        try change.run("UPDATE person SET name = \(Erasure.nobody), sort_key = \(Erasure.nobody) WHERE id = \(id)")
    }
}
