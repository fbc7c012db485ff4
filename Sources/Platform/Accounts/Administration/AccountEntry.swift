import Database
import Formats

/// An account as whoever administers the site sees it: who, since when, how it is entered; nothing of what its person does.
struct AccountEntry: Sendable, Decodable {
    enum State: String, Sendable {
        case open = "ouvert"
        /// Invited, and nobody came.
        case invited = "invitation"
        case closed = "ferme"
    }

    var personId: String
    var name: String
    var email: String?
    var createdAt: Instant
    var seenAt: Instant?
    var closedAt: Instant?
    var hasPassword: Bool
    var isAdministrator: Bool
    var factorAt: Instant?
    /// Whether a role asks for a second factor where the site requires one.
    var needsFactor: Bool

    var state: State { closedAt != nil ? .closed : seenAt == nil && !hasPassword ? .invited : .open }

    /// What to say of the second factor: `inPlace`, `missing` where it is asked for, `none`.
    func factor(_ site: Site) -> String {
        factorAt != nil ? "inPlace" : state != .closed && needsFactor && site.configuration.requiresFactor ? "missing" : "none"
    }

    private static let select: SQL = """
        SELECT account.person_id, person.name, person.email, account.created_at, account.seen_at, account.closed_at,
            CASE WHEN account.password_hash IS NULL THEN 0 ELSE 1 END AS has_password, account.is_administrator,
            factor.started_at AS factor_at, CASE WHEN \(AccountFilter.needsFactor) THEN 1 ELSE 0 END AS needs_factor
        FROM account JOIN person ON person.id = account.person_id LEFT JOIN factor ON factor.person_id = account.person_id
        """

    /// - Throws: `NotFound`
    static func load(_ personId: String, _ reader: any Reader) throws -> AccountEntry {
        let entry = try reader.first(AccountEntry.self, "\(select) WHERE account.person_id = \(personId)")
        guard let entry else { throw NotFound() }
        return entry
    }

    /// Those of some people, in their order.
    static func all(_ ids: [String], _ reader: any Reader) throws -> [AccountEntry] {
        let found = try reader.all(AccountEntry.self, "\(select) WHERE account.person_id IN \(list: ids)")
        let known = Dictionary(uniqueKeysWithValues: found.map { ($0.personId, $0) })
        return ids.compactMap { known[$0] }
    }
}

/// What the list of accounts is narrowed to, in the address: `?etat=invitation`.
enum AccountFilter: String, CaseIterable, Sendable {
    case open = "ouvert"
    case invited = "invitation"
    case absent = "absence"
    case administering = "administration"
    case factorMissing = "facteur"
    case closed = "ferme"

    /// After so long without a visit, an account is worth a question.
    private static let absence = Duration.days(365)

    /// What makes the second factor asked for: the same as `Viewer.needsFactor`.
    static let needsFactor: SQL = """
        (account.is_administrator = 1
            OR account.person_id IN (SELECT membership.person_id FROM membership WHERE role = 'coordinator' AND until IS NULL))
        """

    /// The account can be entered: its person came once, or has a password.
    static let isOpen: SQL = "account.closed_at IS NULL AND (account.seen_at IS NOT NULL OR account.password_hash IS NOT NULL)"

    func condition(at now: Instant) -> SQL {
        switch self {
        case .open: Self.isOpen
        case .invited: "account.closed_at IS NULL AND account.seen_at IS NULL AND account.password_hash IS NULL"
        case .absent: "\(Self.isOpen) AND COALESCE(account.seen_at, account.created_at) <= \(now - Self.absence)"
        case .administering: "account.is_administrator = 1 AND account.closed_at IS NULL"
        case .factorMissing:
            """
            account.closed_at IS NULL AND \(Self.needsFactor)
            AND NOT EXISTS (SELECT 1 FROM factor WHERE factor.person_id = account.person_id)
            """
        case .closed: "account.closed_at IS NOT NULL"
        }
    }

    /// Few among many: they are found first, then put in order.
    var isOfFew: Bool { self == .administering || self == .factorMissing }

    /// Those that the site has a use for.
    static func offered(_ site: Site) -> [AccountFilter] {
        allCases.filter { $0 != .factorMissing || site.configuration.requiresFactor }
    }
}
