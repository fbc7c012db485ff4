import Database
import Platform

/// What the costs hold about people: what they spent, were given, decided.
enum CostsPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.parts = [
            PersonalPart("costs.data.claims", ["cost_claim": ["claimant_id"]]) { id in
                """
                SELECT visit.name AS visit, kind, spent_on, cents, words, state, accepted_cents, reason, paid_on, cost_claim.created_at AS at
                FROM cost_claim JOIN visit ON visit.id = cost_claim.visit_id
                WHERE claimant_id = \(id) ORDER BY cost_claim.created_at, cost_claim.id
                """
            },
            PersonalPart(
                "costs.data.receipts", ["cost_receipt": []],
                files: {
                    """
                    SELECT file.hash, file.name FROM cost_receipt JOIN file ON file.id = file_id JOIN cost_claim ON cost_claim.id = claim_id
                    WHERE claimant_id = \($0) ORDER BY cost_receipt.id
                    """
                }
            ) { id in
                """
                SELECT claim_id AS claim, name, added_at AS at, removed_at FROM cost_receipt
                WHERE claim_id IN (SELECT id FROM cost_claim WHERE claimant_id = \(id)) ORDER BY added_at, id
                """
            },
            PersonalPart("costs.data.advances", ["cost_advance": ["person_id"]]) { id in
                """
                SELECT visit.name AS visit, cents, paid_on, words FROM cost_advance JOIN visit ON visit.id = visit_id
                WHERE person_id = \(id) ORDER BY paid_on, cost_advance.id
                """
            },
            // Of the expenses of others, only what was done: neither who, nor what for, nor how much.
            PersonalPart(
                "costs.data.handled", ["cost_claim": ["entered_by", "decided_by"], "cost_receipt": ["added_by"], "cost_advance": ["entered_by"]]
            ) { id in
                """
                SELECT visit.name AS visit, 'decided' AS what, state AS decision, decided_at AS at FROM cost_claim
                JOIN visit ON visit.id = cost_claim.visit_id WHERE decided_by = \(id) AND claimant_id <> \(id)
                UNION ALL SELECT visit.name, 'entered', '', cost_claim.created_at FROM cost_claim
                JOIN visit ON visit.id = cost_claim.visit_id WHERE entered_by = \(id) AND claimant_id <> \(id)
                UNION ALL SELECT visit.name, 'receipt', '', added_at FROM cost_receipt JOIN cost_claim ON cost_claim.id = claim_id
                JOIN visit ON visit.id = cost_claim.visit_id WHERE added_by = \(id) AND claimant_id <> \(id)
                UNION ALL SELECT visit.name, 'advance', '', cost_advance.created_at FROM cost_advance
                JOIN visit ON visit.id = cost_advance.visit_id WHERE entered_by = \(id) AND person_id <> \(id) ORDER BY 4, 2
                """
            },
        ]
        data.apart = ["cost_funding": "who pays for a visit: organisations", "cost_ceiling": "the most that a funding pays"]
        data.mentions = [
            Mention("cost_claim", "words"), Mention("cost_claim", "reason"), Mention("cost_advance", "words"), Mention("cost_funding", "name"),
        ]
        // Claims and receipts are pieces of accounts: the law keeps them ten years (Code de commerce, L. 123-22), without the name.
        return data
    }()
}
