import Formats
import Synchronization

/// Slows down those who try too often, by account and by address, in memory, with a wait that grows and ends.
public final class Throttle: Sendable {
    private struct Tries {
        var count = 0
        var last = Instant(milliseconds: 0)
    }

    private let tries = Mutex<[String: Tries]>([:])

    /// How long this key must still wait; nil when it may try now.
    /// `free` tries cost nothing; then 2, 4, 8… seconds, at most `longest`; forgotten after an hour of calm.
    public func wait(_ key: String, free: Int, longest: Int = 900, at now: Instant) -> Duration? {
        tries.withLock { tries in
            guard let tried = tries[key], tried.count >= free else { return nil }
            let pause = Duration.seconds(min(longest, 1 << min(10, tried.count - free + 1)))
            let until = tried.last + pause
            return until > now && tried.last <= now ? .milliseconds(until.milliseconds - now.milliseconds) : nil
        }
    }

    public func failed(_ key: String, at now: Instant) {
        tries.withLock { tries in
            if tries.count > 20_000 { tries = tries.filter { $0.value.last + .hours(1) > now } }
            var tried = tries[key] ?? Tries()
            if tried.last + .hours(1) < now { tried.count = 0 }
            tried.count += 1
            tried.last = now
            tries[key] = tried
        }
    }

    /// Takes one try back: it was a good one.
    public func forgive(_ key: String) {
        tries.withLock { tries in
            guard var tried = tries[key] else { return }
            tried.count -= 1
            tries[key] = tried.count > 0 ? tried : nil
        }
    }

    public func succeeded(_ key: String) {
        tries.withLock { _ = $0.removeValue(forKey: key) }
    }
}
