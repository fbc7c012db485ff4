import Formats
import Synchronization

/// A clock that the tests move.
public final class TestClock: Sendable {
    private let instant: Mutex<Instant>

    public init(_ start: Day) {
        let days = Day(daysSinceEpoch: 0).days(until: start)
        instant = Mutex(Instant(milliseconds: Int64(days) * 86_400_000 + 9 * 3_600_000))
    }

    /// One that shows the same moment.
    public init(at other: TestClock) { instant = Mutex(other.instant.withLock { $0 }) }

    /// A millisecond later at each reading, as things done one after the other are.
    public var now: Instant {
        instant.withLock { instant in
            instant = instant + .milliseconds(1)
            return instant
        }
    }

    public func advance(_ duration: Duration) { instant.withLock { $0 = $0 + duration } }
    public func advance(days: Int) { advance(.days(days)) }

    /// Nine o'clock UTC on a day.
    public func move(to day: Day) {
        let days = Day(daysSinceEpoch: 0).days(until: day)
        instant.withLock { $0 = Instant(milliseconds: Int64(days) * 86_400_000 + 9 * 3_600_000) }
    }
}
