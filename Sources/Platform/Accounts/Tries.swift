import Formats

/// The tries of one account from one network, of that network, and of the account from everywhere; all wait when there
/// were too many. Who tries a member's address from elsewhere slows that member by half a minute at most, and not at all
/// where the member came in from before.
struct Tries {
    private let account: String
    private let network: String
    private let isKnownHere: Bool
    private let request: Request
    private var both: String { "\(account)|\(network)" }
    private var whole: String { "\(account.prefix { $0 != "|" })|network|\(network)" }

    /// - Parameters:
    ///   - account: what is tried, `sign-in|ana@example.org`.
    ///   - isKnownHere: whether the account came in from this network before: see `KnownNetwork`.
    init(account: String, isKnownHere: Bool = false, _ request: Request) {
        self.account = account
        self.isKnownHere = isKnownHere
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
            throttle.wait(both, free: 6, at: now), throttle.wait(whole, free: 20, at: now),
            isKnownHere ? nil : throttle.wait(account, free: 50, longest: 30, at: now),
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
