import Database
import Formats
import Platform

/// The reads and writes of costs.
enum CostQueries {
    // MARK: - Fundings

    static func fundings(_ visitId: String, _ reader: any Reader) throws -> [Funding] {
        let rows = try reader.all(
            FundingRow.self, "SELECT id, name FROM cost_funding WHERE visit_id = \(visitId) AND removed_at IS NULL ORDER BY position, id")
        let ceilings = try reader.all(
            CeilingRow.self, "SELECT funding_id, kind, cents FROM cost_ceiling WHERE funding_id IN \(list: rows.map(\.id))")
        let own = Dictionary(grouping: ceilings, by: \.fundingId)
        return rows.map { row in
            let ceilings = (own[row.id] ?? []).map { ($0.kind, $0.cents) }
            return Funding(id: row.id, name: row.name, ceilings: Dictionary(uniqueKeysWithValues: ceilings))
        }
    }

    private struct FundingRow: Decodable {
        var id: String
        var name: String
    }

    private struct CeilingRow: Decodable {
        var fundingId: String
        var kind: CostKind
        var cents: Cents
    }

    /// Writes a funding as it is typed; a new one when it has no identifier.
    static func save(_ id: String?, _ name: String, _ ceilings: [CostKind: Cents], of visitId: String, in change: Change) throws {
        let funding = id ?? change.newId()
        if id == nil {
            let last = try change.count("SELECT coalesce(max(position), 0) FROM cost_funding WHERE visit_id = \(visitId)")
            try change.run("INSERT INTO cost_funding (id, visit_id, position, name) VALUES (\(funding), \(visitId), \(last + 1), \(name))")
        } else {
            try change.run("UPDATE cost_funding SET name = \(name) WHERE id = \(funding) AND visit_id = \(visitId)")
        }
        try change.run("DELETE FROM cost_ceiling WHERE funding_id = \(funding)")
        for (kind, cents) in ceilings.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            try change.run("INSERT INTO cost_ceiling (funding_id, kind, cents) VALUES (\(funding), \(kind), \(cents))")
        }
    }

    /// Takes a funding off, unless something is paid out of it.
    static func remove(_ funding: Funding, in change: Change) throws {
        guard try !change.exists("SELECT 1 FROM cost_claim WHERE funding_id = \(funding.id) AND state <> 'withdrawn'") else {
            throw Refused("costs.refusal.fundingUsed", ["name": funding.name], field: "name-\(funding.id)")
        }
        try change.run("UPDATE cost_funding SET removed_at = \(change.now) WHERE id = \(funding.id)")
    }

    // MARK: - Claims

    /// How somebody hears of what was decided.
    struct Reach: Decodable, Sendable {
        var hasAccount: Bool
        var hasAddress: Bool
    }

    static func reach(_ personId: String, _ reader: any Reader) throws -> Reach {
        let found = try reader.first(
            Reach.self,
            """
            SELECT CASE WHEN EXISTS (SELECT 1 FROM account WHERE person_id = person.id AND closed_at IS NULL) THEN 1 ELSE 0 END AS has_account,
                CASE WHEN email IS NULL THEN 0 ELSE 1 END AS has_address FROM person WHERE id = \(personId)
            """)
        return found ?? Reach(hasAccount: false, hasAddress: false)
    }

    private static let columns: SQL = """
        cost_claim.id, cost_claim.visit_id, claimant_id, person.name AS claimant, clerk.name AS entered_by, cost_claim.entered_by AS entered_by_id, cost_claim.kind, spent_on, cents, words,
        state, accepted_cents, funding_id, reason, judge.name AS decided_by, decided_at, paid_on, cost_claim.created_at,
        (SELECT COUNT(*) FROM cost_receipt WHERE claim_id = cost_claim.id AND removed_at IS NULL) AS receipts
        """
    private static let tables: SQL = """
        cost_claim JOIN person ON person.id = claimant_id LEFT JOIN person AS clerk ON clerk.id = cost_claim.entered_by
        LEFT JOIN person AS judge ON judge.id = decided_by
        """

    /// The claims of a visit, whoever asks.
    static func claims(_ visitId: String, _ reader: any Reader) throws -> [Claim] {
        try reader.all(
            Claim.self,
            "SELECT \(columns) FROM \(tables) WHERE cost_claim.visit_id = \(visitId) ORDER BY spent_on, cost_claim.created_at, cost_claim.id")
    }

    /// Those that somebody may see by themselves.
    static func claims(_ visitId: String, seenBy request: Request, _ reader: any Reader) throws -> [Claim] {
        try reader.all(
            Claim.self,
            """
            SELECT \(columns) FROM \(tables) JOIN access ON access.object_id = cost_claim.id
            WHERE cost_claim.visit_id = \(visitId) AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY spent_on, cost_claim.created_at, cost_claim.id
            """)
    }

    /// - Throws: `NotFound`
    static func claim(_ id: String, of visitId: String, _ reader: any Reader) throws -> Claim {
        let claim = try reader.first(
            Claim.self, "SELECT \(columns) FROM \(tables) WHERE cost_claim.id = \(id) AND cost_claim.visit_id = \(visitId)")
        guard let claim else { throw NotFound() }
        return claim
    }

    static func add(_ typed: TypedClaim, for claimant: String, visit visitId: String, programme: String, in change: Change) throws -> String {
        let id = change.newId()
        let clerk = claimant == change.actor.personId ? nil : change.actor.personId
        try change.run(
            """
            INSERT INTO cost_claim (id, visit_id, claimant_id, entered_by, kind, spent_on, cents, words, state, created_at)
            VALUES (\(id), \(visitId), \(claimant), \(clerk), \(typed.kind), \(typed.spentOn), \(typed.cents), \(typed.words), 'claimed', \(change.now))
            """)
        try change.protect(Protection("cost", id, programme: programme, author: claimant, audience: .author))
        return id
    }

    /// Put right by whoever asks: it is to be decided again.
    static func save(_ typed: TypedClaim, _ id: String, in change: Change) throws {
        try change.run(
            """
            UPDATE cost_claim SET kind = \(typed.kind), spent_on = \(typed.spentOn), cents = \(typed.cents), words = \(typed.words),
                state = 'claimed', accepted_cents = NULL, reason = '', decided_by = NULL, decided_at = NULL WHERE id = \(id)
            """)
    }

    // MARK: - Receipts

    private static let receiptColumns: SQL = "cost_receipt.id, claim_id, cost_receipt.name, added_at, file.hash, file.kind, file.size, removed_at"

    static func receipts(_ claimId: String, _ reader: any Reader) throws -> [Receipt] {
        try reader.all(
            Receipt.self,
            """
            SELECT \(receiptColumns) FROM cost_receipt JOIN file ON file.id = file_id WHERE claim_id = \(claimId) AND removed_at IS NULL
            ORDER BY added_at, cost_receipt.id
            """)
    }

    /// - Throws: `NotFound`
    static func receipt(_ id: String, of claimId: String, _ reader: any Reader) throws -> Receipt {
        let receipt = try reader.first(
            Receipt.self,
            "SELECT \(receiptColumns) FROM cost_receipt JOIN file ON file.id = file_id WHERE cost_receipt.id = \(id) AND claim_id = \(claimId)")
        guard let receipt else { throw NotFound() }
        return receipt
    }

    /// Keeps a receipt: an image as the site wrote it anew, a document as it came.
    static func keep(_ file: ReceivedFile, of claimId: String, in change: Change) throws {
        let fileId = try change.keep(file.whole.file, file.whole.kind, of: claimId)
        try change.run(
            """
            INSERT INTO cost_receipt (id, claim_id, file_id, name, added_by, added_at)
            VALUES (\(change.newId()), \(claimId), \(fileId), \(file.name), \(change.actor.personId), \(change.now))
            """)
    }

    // MARK: - Advances

    static func advances(_ visitId: String, of personId: String? = nil, _ reader: any Reader) throws -> [CostAdvance] {
        let only: SQL = personId.map { "AND person_id = \($0)" } ?? ""
        return try reader.all(
            CostAdvance.self,
            """
            SELECT cost_advance.id, person_id, person.name, cents, paid_on, words FROM cost_advance JOIN person ON person.id = person_id
            WHERE visit_id = \(visitId) AND removed_at IS NULL \(only) ORDER BY paid_on, cost_advance.id
            """)
    }
}
