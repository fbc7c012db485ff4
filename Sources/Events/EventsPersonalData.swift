import Database
import Platform

/// What events hold about people: who came, who said that they come, which dates suit them, what they note, their agenda's address.
enum EventsPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.parts = parts
        data.apart = [
            "event": "a title, a place, dates", "slot": "a half-day", "encounter": "a meeting, with the kind of people met",
            "subgroup": "a name given to some people of a visit", "poll_option": "a date",
        ]
        data.mentions = [
            Mention("event", "title"), Mention("event", "place"), Mention("encounter", "title"), Mention("encounter", "place"),
            Mention("slot", "theme"), Mention("subgroup", "name"), Mention("poll", "message"), Mention("signature", "typed"), Mention("attendance_paper", "name"),
        ]
        data.erase = erase
        return data
    }()

    private static let parts: [PersonalPart] = [
        PersonalPart("events.data.attendance", ["signature": ["person_id", "author_id", "withdrawn_by"], "registration": ["person_id", "said_by"]]) { id in
            """
            SELECT event.title AS event, 'signature' AS what, CASE WHEN signature.person_id = \(id) THEN 'you' ELSE 'other' END AS of_whom,
                slot.day, slot.half, signed_at AS at, means, withdrawn_at
            FROM signature JOIN event ON event.id = signature.event_id JOIN slot ON slot.id = slot_id
            WHERE signature.person_id = \(id) OR author_id = \(id) OR withdrawn_by = \(id)
            UNION ALL SELECT event.title, 'registration', CASE WHEN registration.person_id = \(id) THEN 'you' ELSE 'other' END, '', '', said_at, answer, NULL
            FROM registration JOIN event ON event.id = event_id WHERE registration.person_id = \(id) OR said_by = \(id) ORDER BY 6
            """
        },
        PersonalPart(
            "events.data.papers", ["attendance_paper": ["added_by"]],
            files: { "SELECT file.hash, attendance_paper.name FROM attendance_paper JOIN file ON file.id = file_id WHERE added_by = \($0) ORDER BY added_at" }
        ) {
            "SELECT event.title AS event, name, added_at, removed_at FROM attendance_paper JOIN event ON event.id = event_id WHERE added_by = \($0) ORDER BY added_at"
        },
        PersonalPart("events.data.polls", ["poll": ["asked_by", "closed_by"], "poll_person": ["person_id"], "poll_answer": ["person_id"]]) { id in
            """
            SELECT event.title AS event, 'asked' AS what, '' AS day, '' AS answer, asked_at AS at, message AS words FROM poll
            JOIN event ON event.id = event_id WHERE asked_by = \(id) OR closed_by = \(id)
            UNION ALL SELECT event.title, 'answer', poll_option.day, answer, answered_at, comment FROM poll_answer
            JOIN poll_option ON poll_option.id = option_id JOIN poll ON poll.id = poll_option.poll_id JOIN event ON event.id = event_id
            JOIN poll_person ON poll_person.poll_id = poll.id AND poll_person.person_id = poll_answer.person_id
            WHERE poll_answer.person_id = \(id) ORDER BY 1, 5
            """
        },
        PersonalPart("events.data.groups", ["subgroup_member": ["person_id"], "note_taker": ["person_id"], "calendar_feed": ["person_id"]]) { id in
            """
            SELECT 'subgroup' AS what, event.title AS event, subgroup.name, takes_notes AS value FROM subgroup_member
            JOIN subgroup ON subgroup.id = subgroup_id JOIN event ON event.id = event_id WHERE person_id = \(id)
            UNION ALL SELECT 'note_taker', event.title, encounter.title, 1 FROM note_taker JOIN encounter ON encounter.id = encounter_id
            JOIN event ON event.id = encounter.event_id WHERE person_id = \(id)
            UNION ALL SELECT 'calendar_feed', '', '', created_at FROM calendar_feed WHERE person_id = \(id) ORDER BY 1, 2, 3
            """
        },
    ]

    /// Who was there stays proven by a signature without name; the rest goes.
    private static func erase(_ erasure: Erasure, _ change: Change) throws {
        let id = erasure.personId
        for table in ["calendar_feed", "subgroup_member", "note_taker", "registration", "poll_answer"] {
            try change.run("DELETE FROM \(SQL(text: table)) WHERE person_id = \(id)")
        }
        try change.run("UPDATE poll_person SET comment = '' WHERE person_id = \(id)")
        guard erasure.isComplete else { return }
        try change.run("UPDATE signature SET typed = '' WHERE person_id = \(id)")
    }
}
