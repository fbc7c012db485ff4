import Database
import Platform

/// What the visits hold about people: invitations, who signs for a host, who cancelled.
enum VisitsPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.parts = [
            PersonalPart("visits.data.invitations", ["visit_invitation": ["person_id", "invited_by"]]) { id in
                """
                SELECT visit.name AS visit, CASE WHEN person_id = \(id) THEN 'invited' ELSE 'inviter' END AS as_whom, visit_invitation.invited_at, dates
                FROM visit_invitation JOIN visit ON visit.id = visit_id
                WHERE person_id = \(id) OR invited_by = \(id) ORDER BY visit_invitation.invited_at
                """
            },
            PersonalPart("visits.data.visits", ["visit": ["signatory_id"], "visit_cancellation": ["cancelled_by"], "visit_withdrawal": ["noted_by"]]) {
                """
                SELECT visit.name AS visit, 'signatory' AS as_whom, NULL AS at, '' AS reason FROM visit WHERE signatory_id = \($0)
                UNION ALL SELECT visit.name, 'cancelled_by', cancelled_at, reason FROM visit_cancellation
                JOIN visit ON visit.id = visit_id WHERE cancelled_by = \($0)
                UNION ALL SELECT visit.name, 'host_withdrawal', noted_at, reason FROM visit_withdrawal
                JOIN visit ON visit.id = visit_id WHERE noted_by = \($0) ORDER BY 1
                """
            },
        ]
        data.apart = [
            "visit_stakeholder": "kinds of people to meet, named by whoever prepares the visit: see the mentions",
            "visit_pattern": "what half-days are for", "visit_practical": "how to come to a visit: see the mentions",
            "encounter_stakeholder": "which kinds of people are met when", "visit_old_slug": "former addresses of pages", "visit_co_host": "structures that receive",
        ]
        data.mentions = [
            Mention("visit", "size_reason"), Mention("visit", "focus"), Mention("visit", "flagship_initiative"),
            Mention("visit_cancellation", "reason", key: "visit_id"), Mention("visit_stakeholder", "label"),
            Mention("visit_withdrawal", "reason"), Mention("visit_practical", "meeting_point", key: "visit_id"), Mention("visit_practical", "travel", key: "visit_id"),
            Mention("visit_practical", "lodging", key: "visit_id"), Mention("visit_practical", "meals", key: "visit_id"), Mention("visit_practical", "contact", key: "visit_id"),
        ]
        data.erase = { erasure, change in
            // What was signed stays signed (`validator`); nobody is asked to sign any more.
            try change.run("UPDATE visit SET signatory_id = NULL WHERE signatory_id = \(erasure.personId)")
        }
        return data
    }()
}
