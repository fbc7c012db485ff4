import Database
import Formats
import Platform

/// What costs ask of a person: claims to decide, a receipt that is missing.
enum CostsTodos {
    private struct Row: Decodable, Sendable {
        var name: String
        var path: String
        var count: Int
        var since: Instant
    }

    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let (viewer, words) = (request.viewer, request.words)
        guard let person = viewer.personId, !viewer.roles.isEmpty else { return [] }
        let toDecide = try reader.all(
            Row.self,
            """
            SELECT visit.name, '/programmes/' || programme.slug || '/visites/' || visit.slug || '/frais?etat=claimed' AS path,
                count(*) AS count, min(cost_claim.created_at) AS since
            FROM cost_claim JOIN visit ON visit.id = cost_claim.visit_id JOIN programme ON programme.id = visit.programme_id
            CROSS JOIN access
            WHERE access.object_id = visit.id AND state = 'claimed' AND claimant_id <> \(person) AND \(request.site.policy.condition(.manageCosts, viewer))
            GROUP BY visit.id, visit.name, visit.slug, programme.slug ORDER BY min(cost_claim.created_at)
            """)
        let bare = try reader.all(
            Row.self,
            """
            SELECT visit.name, '/programmes/' || programme.slug || '/visites/' || visit.slug || '/frais/' || cost_claim.id AS path,
                1 AS count, cost_claim.created_at AS since
            FROM cost_claim JOIN visit ON visit.id = cost_claim.visit_id JOIN programme ON programme.id = visit.programme_id
            WHERE state IN ('claimed', 'accepted') AND claimant_id = \(person)
                AND NOT EXISTS (SELECT 1 FROM cost_receipt WHERE claim_id = cost_claim.id AND removed_at IS NULL) ORDER BY cost_claim.created_at
            """)
        return toDecide.map { Todo(title: words("costs.todo.decide", ["visit": $0.name, "n": $0.count]), path: $0.path, due: $0.since.day().adding(days: 30)) }
            + bare.map { Todo(title: words("costs.todo.receipt", ["visit": $0.name]), path: $0.path, due: $0.since.day().adding(days: 30)) }
    }

    /// What `essaim check` looks at: a claim has its protection, a receipt its file.
    static func problems(_ reader: any Reader) throws -> [String] {
        try reader.texts("SELECT id FROM cost_claim WHERE NOT EXISTS (SELECT 1 FROM access WHERE object_id = cost_claim.id)")
            .map { "claim \($0): no line in access" }
    }
}
