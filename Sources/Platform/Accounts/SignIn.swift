import Database
import Formats

/// The act of coming in.
enum SignIn {
    private struct Known: Decodable {
        var personId: String
        var passwordHash: String?
    }

    /// What an unknown account is compared with, so that the answer takes as long: no password has this hash.
    private static let nobody =
        "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    /// The person of an address and a password.
    /// - Throws: `TooSoon`; `Refused`, the same for an unknown address and a wrong password.
    static func person(email: String, password: String, _ request: Request) async throws -> String {
        let site = request.site
        let tries = Tries(account: "sign-in|\(People.emailKey(email))", request)
        try tries.begin()
        let known = try await account(email, site)
        let isRight = await matches(password, known?.passwordHash)
        guard let known, isRight else { throw Refused("platform.signIn.wrong", field: "email") }
        tries.succeeded()
        return known.personId
    }

    /// Whether a password is the one of a hash; as long when there is no hash.
    static func matches(_ password: String, _ hash: String?) async -> Bool {
        let isLong = password.utf8.count > Password.longest
        let typed = isLong ? "" : Password.normalized(password)
        let isRight = await PasswordHashing.shared.verify(typed, against: hash ?? nobody)
        return isRight && hash != nil && !isLong
    }

    /// Puts a link that lets somebody in, once, within twenty minutes, in the outbox. For an address without account the
    /// same is written but no mail, so that neither the answer nor its time says who has one.
    static func sendLink(to email: String, opening next: String, _ request: Request) async throws {
        let known = try await account(email, request.site)
        try await request.site.amend(as: "account.linkAsked", by: request.actor, isPublic: false) { change in
            let secret = try SignInLink.make(.signIn, for: known?.personId, in: change)
            try change.trace("account", known?.personId ?? "unknown")
            guard let known else { return }
            let path = "/connexion/lien/\(secret)" + (next.isEmpty ? "" : "?next=\(URLForm.encode(next))")
            try change.write(
                to: known.personId, "platform.mail.signIn", opening: path, usefulUntil: change.now + SignInLink.Purpose.signIn.duration)
        }
    }

    /// Opens a session with a new token; the one that the browser came with is ended. Answers the token.
    static func open(for personId: String, _ request: Request, in change: Change) throws -> String {
        if let old = request.session { try change.run("DELETE FROM session WHERE token_hash = \(old.tokenHash)") }
        try Sessions.endOld(in: change)
        let token = try Sessions.open(for: personId, device: request.header("user-agent") ?? "", in: change)
        try change.trace("account", personId, as: "account.signedIn")
        return token
    }

    private static func account(_ email: String, _ site: Site) async throws -> Known? {
        try await site.database.read { reader in
            try reader.first(
                Known.self,
                """
                SELECT account.person_id, password_hash FROM account JOIN person ON person.id = account.person_id
                WHERE email_key = \(People.emailKey(email)) AND closed_at IS NULL
                """)
        }
    }
}

/// The tries of one account from one network, of that network, and of the account from everywhere; all wait when there
/// were too many. Who tries a member's address from elsewhere slows that member by half a minute at most.
struct Tries {
    private let account: String
    private let network: String
    private let request: Request
    private var both: String { "\(account)|\(network)" }
    private var whole: String { "\(account.prefix { $0 != "|" })|network|\(network)" }

    /// - Parameter account: what is tried, `sign-in|ana@example.org`.
    init(account: String, _ request: Request) {
        self.account = account
        network = Self.network(of: request.remoteAddress)
        self.request = request
    }

    /// Counts a try, before its outcome is known, so that a hundred at once are a hundred.
    /// - Throws: `TooSoon` when this one must wait; it is then not counted.
    func begin() throws {
        let throttle = request.site.throttle
        let now = request.now
        // A whole room may share a network address: its free tries are more.
        let waits = [
            throttle.wait(both, free: 5, at: now), throttle.wait(whole, free: 20, at: now),
            throttle.wait(account, free: 50, longest: 30, at: now),
        ].compactMap(\.self)
        if let wait = waits.max() { throw TooSoon(wait: wait, until: now + wait) }
        for key in [both, whole, account] { throttle.failed(key, at: now) }
    }

    /// Forgets the tries of the account, and this one of the network; its others stay: one account of one's own does not
    /// open the others.
    func succeeded() {
        request.site.throttle.succeeded(both)
        request.site.throttle.succeeded(account)
        request.site.throttle.forgive(whole)
    }

    /// An IPv6 subscriber has a whole /64: its first four groups. An IPv4 address stands for itself.
    static func network(of address: String) -> String {
        guard address.contains(":"), !address.contains(".") else { return address }
        let halves = address.split(separator: "::", omittingEmptySubsequences: false).map { $0.split(separator: ":").map(String.init) }
        guard let first = halves.first else { return address }
        let missing = halves.count == 2 ? max(0, 8 - first.count - halves[1].count) : 0
        return (first + Array(repeating: "0", count: missing) + (halves.count == 2 ? halves[1] : [])).prefix(4).joined(separator: ":")
    }
}

/// Too many tries: how long to wait.
struct TooSoon: Refusal {
    let wait: Duration
    let until: Instant

    /// Whole seconds, rounded up, for people and for `Retry-After`.
    var seconds: Int { Int(wait.components.seconds) + (wait.components.attoseconds > 0 ? 1 : 0) }
    var key: String { seconds < 120 ? "platform.signIn.waitSeconds" : "platform.signIn.waitMinutes" }
    var arguments: [String: any WordArgument] {
        ["n": seconds < 120 ? seconds : (seconds + 59) / 60, "time": TimeOfDay(at: until)]
    }

    /// A page that says so, with 429.
    func response(_ page: Page, _ request: Request) -> Response {
        var response = Response.page(page.with { $0.problems = request.problems(self) ?? [] }, status: 429)
        response.set("retry-after", String(seconds))
        return response
    }
}

/// The time of a moment, said as its language says it.
private struct TimeOfDay: WordArgument {
    let at: Instant
    func said(in words: Words) -> String { words.time(at) }
}
