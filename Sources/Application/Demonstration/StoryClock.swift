import Formats
import Synchronization

/// The time of the story: it goes to the day of each scene, and a little further at each act.
final class StoryClock: Sendable {
    private let instant = Mutex(Instant(milliseconds: 0))

    /// Each reading is a second later: what is done one after the other stays in that order.
    var now: Instant {
        instant.withLock { instant in
            instant = instant + .seconds(1)
            return instant
        }
    }

    /// Nine o'clock in Paris, winter or summer alike within an hour; later when the story is already in that hour.
    func move(to iso: String, hour: Int = 9) {
        guard let day = Day(iso: iso) else { return }
        let days = Day(daysSinceEpoch: 0).days(until: day)
        let start = Instant(milliseconds: Int64(days) * 86_400_000 + Int64(hour - 1) * 3_600_000)
        instant.withLock { if $0 < start || $0 > start + .minutes(60) { $0 = start } }
    }
}
