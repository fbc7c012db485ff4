import Database
import Formats

/// The act of coming in.
enum SignIn {
    private struct Known: Decodable {
        var personId: String
        var passwordHash: String?
    }

    /// What the first door gives: a session, or the half of one when a code is asked.
    enum Entrance: Sendable {
        case whole(String)
        case half(String)
    }

    /// What an unknown account is compared with, so that the answer takes as long: no password has this hash.
    private static let nobody =
        "$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

    /// The person of an address and a password.
    /// - Throws: `TooSoon`; `Refused`, the same for an unknown address and a wrong password.
    static func person(email: String, password: String, _ request: Request) async throws -> String {
        let site = request.site
        let (known, isKnownHere) = try await site.database.read { reader in
            (try account(email, reader), try KnownNetwork.has(email, request, reader))
        }
        let tries = Tries(account: "sign-in|\(People.emailKey(email))", isKnownHere: isKnownHere, request)
        try tries.begin()
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
        let known = try await request.site.database.read { try account(email, $0) }
        try await request.site.amend(as: "account.linkAsked", by: request.actor, isPublic: false) { change in
            let secret = try SignInLink.make(.signIn, for: known?.personId, in: change)
            try change.trace("account", known?.personId ?? "unknown")
            guard let known else { return }
            let path = "/connexion/lien/\(secret)" + (next.isEmpty ? "" : "?next=\(URLForm.encode(next))")
            try change.write(
                to: known.personId, "platform.mail.signIn", opening: path, usefulUntil: change.now + SignInLink.Purpose.signIn.duration)
        }
    }

    /// Opens a session with a new token, or half of one for whoever has a second factor; the session that the browser came
    /// with is ended.
    static func enter(_ personId: String, _ request: Request, in change: Change) throws -> Entrance {
        guard try Factors.of(personId, change) != nil else { return .whole(try open(for: personId, request, in: change)) }
        try endFormer(request, in: change)
        return .half(try HalfSession.open(for: personId, in: change))
    }

    /// Opens a session with a new token, and answers the token.
    static func open(for personId: String, _ request: Request, in change: Change) throws -> String {
        try endFormer(request, in: change)
        try Sessions.endOld(in: change)
        try KnownNetwork.note(personId, request, in: change)
        let token = try Sessions.open(for: personId, device: request.header("user-agent") ?? "", in: change)
        try change.trace("account", personId, as: "account.signedIn")
        return token
    }

    private static func endFormer(_ request: Request, in change: Change) throws {
        if let old = request.session { try Sessions.end(old.tokenHash, in: change) }
    }

    private static func account(_ email: String, _ reader: any Reader) throws -> Known? {
        try reader.first(
            Known.self,
            """
            SELECT account.person_id, password_hash FROM account JOIN person ON person.id = account.person_id
            WHERE email_key = \(People.emailKey(email)) AND closed_at IS NULL
            """)
    }
}
