/// Who stands at the door: nobody holds so many connections, or so long, that others find it shut. Past the limit, the one
/// that has kept the site waiting longest gives way to whoever comes.
struct Crowd<ID: Hashable & Sendable>: Sendable {
    typealias Moment = ContinuousClock.Instant

    /// What the site is doing for a connection.
    enum Stage: Sendable {
        /// A head is awaited: the first one, or the next.
        case waiting
        /// A body is on its way in.
        case receiving
        /// The answer is being made, or is on its way out: never sent away for others.
        case answering
    }

    private struct Held {
        var address: String?
        var stage: Stage
        var since: Moment
        var until: Moment
    }

    static var patience: Duration { .seconds(30) }

    let inAll: Int
    let byAddress: Int
    private var held: [ID: Held] = [:]
    private var counts: [String: Int] = [:]

    init(inAll: Int, byAddress: Int) {
        self.inAll = inAll
        self.byAddress = byAddress
    }

    var count: Int { held.count }

    /// Somebody comes; answers who must leave.
    /// - Parameter address: nil for a proxy of ours, behind which everybody stands.
    mutating func add(_ id: ID, from address: String?, at now: Moment) -> ID? {
        held[id] = Held(address: address, stage: .waiting, since: now, until: now + Self.patience)
        if let address { counts[address, default: 0] += 1 }
        if let address, counts[address, default: 0] > byAddress { return longest { $0.address == address } ?? id }
        guard held.count > inAll else { return nil }
        let fullest = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        return fullest.flatMap { fullest in longest { $0.address == fullest } } ?? longest { _ in true } ?? id
    }

    mutating func turn(_ id: ID, to stage: Stage, for patience: Duration = Self.patience, at now: Moment) {
        guard var turned = held[id] else { return }
        (turned.stage, turned.since, turned.until) = (stage, now, now + patience)
        held[id] = turned
    }

    mutating func remove(_ id: ID) {
        guard let gone = held.removeValue(forKey: id), let address = gone.address else { return }
        let left = (counts[address] ?? 1) - 1
        counts[address] = left > 0 ? left : nil
    }

    /// Whoever is not being answered has until then at most.
    mutating func hurry(until end: Moment) {
        for (id, known) in held where known.stage != .answering { held[id]?.until = min(known.until, end) }
    }

    /// Those whose time is over.
    func overdue(at now: Moment) -> [ID] { held.filter { $0.value.until <= now }.map(\.key) }

    private func longest(_ isMeant: (Held) -> Bool) -> ID? {
        held.filter { $0.value.stage != .answering && isMeant($0.value) }.min { $0.value.since < $1.value.since }?.key
    }
}
