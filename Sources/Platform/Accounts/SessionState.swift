import Database
import Formats

/// What became of the session that a browser comes with: a telephone keeps what was written after one that expired, and
/// forgets it after one that its owner ended.
public enum SessionState: String, Sendable {
    case open
    /// By its owner, on this device or from another.
    case ended
    /// By rest or by age, or there was none.
    case over

    public static func of(_ request: Request) async throws -> SessionState {
        if request.session != nil { return .open }
        guard let cookie = request.cookies[request.site.configuration.sessionCookie], cookie.utf8.count == 43 else { return .over }
        let hash = Secrets.sha256(cookie)
        let wasEnded = try await request.site.database.read { reader in
            try reader.exists("SELECT token_hash FROM ended_session WHERE token_hash = \(hash)")
        }
        return wasEnded ? .ended : .over
    }
}

extension Session {
    /// How long it lasts if nobody visits any more, in milliseconds.
    public func lasts(at now: Instant) -> Int64 {
        let end = min(now + Session.idle, createdAt + Session.age)
        return max(0, end.milliseconds - now.milliseconds)
    }
}

extension Site {
    /// The key under which a person's telephone keeps what was not sent yet: given to their open sessions only, always the
    /// same, so that the next log-in opens what the last one closed. It needs the file that no backup takes.
    public func phoneKey(of personId: String) throws -> String {
        Secrets.mac("telephone|\(personId)", key: try sealingKey())
    }
}
