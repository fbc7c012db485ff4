import Database
import Formats

/// A person's second factor, as it is known: since when, and how many recovery codes are left.
struct Factor: Sendable, Decodable {
    var startedAt: Instant
    var codesLeft: Int
    var hasFewCodes: Bool { codesLeft <= RecoveryCode.few }
}

/// What was typed to show that one has the second factor: the application's code, or a recovery code.
struct FactorProof: Sendable {
    let code: String
    let recovery: String
    /// What opens the factor; a recovery code goes without it.
    let key: [UInt8]?

    init(_ request: Request) throws {
        let form = request.form
        code = form.line("code")
        recovery = form.line("recovery")
        key = recovery.isEmpty && !code.isEmpty ? try request.site.sealingKey() : nil
    }

    var isEmpty: Bool { code.isEmpty && recovery.isEmpty }
}

package enum Factors {
    private struct Kept: Decodable {
        var secret: [UInt8]
        var lastStep: Int64
    }

    static func of(_ personId: String, _ reader: any Reader) throws -> Factor? {
        try reader.first(
            Factor.self,
            """
            SELECT started_at,
                (SELECT COUNT(*) FROM recovery_code WHERE recovery_code.person_id = factor.person_id AND used_at IS NULL) AS codes_left
            FROM factor WHERE person_id = \(personId)
            """)
    }

    /// Puts a factor in place, or in the place of the one before; answers its recovery codes, to be shown once.
    static func start(_ secret: [UInt8], step: Int64, of personId: String, key: [UInt8], in change: Change) throws -> [String] {
        let sealed = Secrets.seal(secret, for: purpose(personId), key: key)
        try change.run(
            """
            INSERT INTO factor (person_id, secret, last_step, started_at) VALUES (\(personId), \(sealed), \(step), \(change.now))
            ON CONFLICT (person_id) DO UPDATE
            SET secret = excluded.secret, last_step = excluded.last_step, started_at = excluded.started_at
            """)
        try change.run("UPDATE account SET factor_count = factor_count + 1 WHERE person_id = \(personId)")
        try change.trace("account", personId)
        return try renewCodes(of: personId, in: change)
    }

    /// Ten recovery codes in the place of those before.
    static func renewCodes(of personId: String, in change: Change) throws -> [String] {
        try change.run("DELETE FROM recovery_code WHERE person_id = \(personId)")
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode.make() }
        for code in codes {
            try change.run(
                "INSERT INTO recovery_code (code_hash, person_id) VALUES (\(RecoveryCode.hash(code, of: personId)), \(personId))")
        }
        return codes
    }

    static func remove(of personId: String, in change: Change) throws {
        try change.run("DELETE FROM recovery_code WHERE person_id = \(personId)")
        let removed = try change.run("DELETE FROM factor WHERE person_id = \(personId)")
        guard removed == 1 else { throw Refused("platform.factor.none", field: "email") }
    }

    /// Takes a proof, once: a code whose step was used, or a recovery code that was, is refused.
    /// - Throws: `Refused`
    static func use(_ proof: FactorProof, of personId: String, in change: Change) throws {
        guard proof.recovery.isEmpty else { return try useRecovery(proof.recovery, of: personId, in: change) }
        let kept = try change.first(Kept.self, "SELECT secret, last_step FROM factor WHERE person_id = \(personId)")
        guard let kept, let key = proof.key else { throw Refused("platform.factor.wrongCode", field: "code") }
        guard let secret = Secrets.open(kept.secret, for: purpose(personId), key: key) else {
            throw Refused("platform.factor.unreadable", field: "code")
        }
        guard let step = OneTimeCode(secret: secret).step(of: proof.code, at: change.now, after: kept.lastStep) else {
            throw Refused("platform.factor.wrongCode", field: "code")
        }
        let taken = try change.run("UPDATE factor SET last_step = \(step) WHERE person_id = \(personId) AND last_step < \(step)")
        guard taken == 1 else { throw Refused("platform.factor.wrongCode", field: "code") }
    }

    private static func useRecovery(_ typed: String, of personId: String, in change: Change) throws {
        let taken = try change.run(
            """
            UPDATE recovery_code SET used_at = \(change.now)
            WHERE code_hash = \(RecoveryCode.hash(typed, of: personId)) AND person_id = \(personId) AND used_at IS NULL
            """)
        guard taken == 1, let factor = try of(personId, change) else {
            throw Refused("platform.factor.wrongRecovery", field: "recovery")
        }
        try change.trace("account", personId, as: "account.recoveryCodeUsed")
        try change.write(to: personId, "platform.mail.recoveryCodeUsed", ["n": factor.codesLeft], opening: "/compte/second-facteur")
    }

    /// How many factors the key of this site does not open: it was restored without its key.
    package static func unreadable(_ site: Site) async throws -> Int {
        struct Sealed: Decodable {
            var personId: String
            var secret: [UInt8]
        }
        let all = try await site.database.read { try $0.all(Sealed.self, "SELECT person_id, secret FROM factor") }
        guard !all.isEmpty else { return 0 }
        let key = try site.sealingKey()
        return all.count { Secrets.open($0.secret, for: purpose($0.personId), key: key) == nil }
    }

    private static func purpose(_ personId: String) -> String { "factor|\(personId)" }
}
