import Formats
import Synchronization

/// The pages of this server that are told what happens, and who is at work where. Nothing of it is kept on a disk.
public final class LiveRoom: Sendable {
    /// Pages of one person followed at once: the one opened first gives way to the next.
    static let eachPerson = 4
    /// Somebody who gave no sign for that long is not there any more.
    static let patience = Duration.seconds(30)

    private struct State {
        var seats: [Int: LiveSeat] = [:]
        var last = 0
        var isClosed = false
        var presence = Presence()
    }

    private let state = Mutex(State())
    private let most: Int

    /// - Parameter most: pages followed at once, in all: the others of the site must find the door open.
    init(most: Int) {
        self.most = most
    }

    var count: Int { state.withLock { $0.seats.count } }

    /// Follows a page.
    /// - Returns: nil when there are too many, or when the server stops.
    func sit(_ person: String, _ feed: LiveFeed) -> LiveSeat? {
        let (seat, leaving) = state.withLock { state -> (LiveSeat?, LiveSeat?) in
            guard !state.isClosed else { return (nil, nil) }
            let own = state.seats.values.filter { $0.person == person }
            let first = own.count < Self.eachPerson ? nil : own.min { $0.id < $1.id }
            if let first { state.seats[first.id] = nil }
            guard state.seats.count < most else { return (nil, first) }
            state.last += 1
            let seat = LiveSeat(id: state.last, person: person, topics: feed.topics.union([LiveTopic.sessions]), place: feed.place)
            state.seats[seat.id] = seat
            return (seat, first)
        }
        leaving?.end(.elsewhere)
        return seat
    }

    /// A page is closed: its reader is not there any more, unless another page of theirs is.
    func leave(_ seat: LiveSeat) {
        let changed = state.withLock { state -> Set<String> in
            state.seats[seat.id] = nil
            guard let place = seat.place, !state.seats.values.contains(where: { $0.person == seat.person && $0.place == place }) else { return [] }
            return state.presence.remove(seat.person, at: place)
        }
        ring(changed)
    }

    /// Somebody has done with a place: they are not there any more, though their browser may hold its page a while. A page opened there later
    /// says again that they are.
    func clear(_ person: String, at place: LivePlace) {
        let changed = state.withLock { state -> Set<String> in
            for seat in state.seats.values where seat.person == person && seat.place == place { seat.fallSilent() }
            return state.presence.remove(person, at: place)
        }
        ring(changed)
    }

    /// Something happened: whoever follows it looks again.
    func ring(_ topics: Set<String>) {
        guard !topics.isEmpty else { return }
        wake { !$0.topics.isDisjoint(with: topics) }
    }

    func ringAll() { wake { _ in true } }

    /// Every few seconds: those who gave no sign are not there any more.
    func tidy(at now: Instant) {
        ring(state.withLock { $0.presence.forget(at: now) })
    }

    /// The server stops: nobody is kept waiting.
    func close() {
        let seats = state.withLock { state in
            defer { state.seats = [:] }
            state.isClosed = true
            return Array(state.seats.values)
        }
        for seat in seats { seat.end(.stopping) }
    }

    /// Somebody gives a sign: they have the place open, or write there.
    func note(_ present: Present) {
        ring(state.withLock { $0.presence.note(present) })
    }

    /// Who is at a place and around it, but for one person.
    func present(_ topic: String, besides person: String?, at now: Instant) -> [Present] {
        state.withLock { $0.presence.people(topic, at: now) }.filter { $0.person != person }
    }

    private func wake(_ isMeant: (LiveSeat) -> Bool) {
        let seats = state.withLock { $0.seats.values.filter(isMeant) }
        for seat in seats { seat.wake() }
    }
}

/// A page that is told what happens.
final class LiveSeat: Sendable {
    let id: Int
    let person: String
    let topics: Set<String>
    let place: LivePlace?
    /// Once for all that happened since the last look.
    let wakes: AsyncStream<Void>
    private let waker: AsyncStream<Void>.Continuation
    private let ending = Mutex<LiveEnd?>(nil)
    private let silence = Mutex(false)
    private let isDue = Mutex(false)

    init(id: Int, person: String, topics: Set<String>, place: LivePlace?) {
        (self.id, self.person, self.topics, self.place) = (id, person, topics, place)
        (wakes, waker) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// It says no more that its reader is there.
    var isSilent: Bool { silence.withLock { $0 } }

    func fallSilent() { silence.withLock { $0 = true } }

    var end: LiveEnd? { ending.withLock { $0 } }

    func wake() { waker.yield() }

    /// It is time to send something, even where nothing is new.
    func beat() {
        isDue.withLock { $0 = true }
        wake()
    }

    /// Whether it was time, once.
    func takeBeat() -> Bool {
        isDue.withLock { isDue in
            defer { isDue = false }
            return isDue
        }
    }

    func end(_ why: LiveEnd) {
        ending.withLock { $0 = $0 ?? why }
        waker.finish()
    }
}
