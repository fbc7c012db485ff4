import Formats
import Synchronization

/// Slows down those who try too often, by account and by address, in memory, with a wait that grows and ends.
public final class Throttle: Sendable {
    private struct Tries {
        var count = 0
        var last = Instant(milliseconds: 0)
    }

    /// What is remembered, and when it was last gone through.
    private struct Book {
        var tries: [String: Tries] = [:]
        var sweptAt = Instant(milliseconds: 0)
    }

    private let book = Mutex(Book())

    /// How long this key must still wait; nil when it may try now.
    /// `free` tries cost nothing; then 2, 4, 8… seconds, at most `longest`; forgotten after an hour of calm.
    public func wait(_ key: String, free: Int, longest: Int = 900, at now: Instant) -> Duration? {
        book.withLock { book in
            guard let tried = book.tries[key], tried.count >= free else { return nil }
            let pause = Duration.seconds(min(longest, 1 << min(10, tried.count - free + 1)))
            let until = tried.last + pause
            return until > now && tried.last <= now ? .milliseconds(until.milliseconds - now.milliseconds) : nil
        }
    }

    public func failed(_ key: String, at now: Instant) {
        book.withLock { book in
            if book.sweptAt + .minutes(10) < now || book.tries.count > 20_000 {
                book.tries = book.tries.filter { $0.value.last + .hours(1) > now }
                book.sweptAt = now
            }
            var tried = book.tries[key] ?? Tries()
            if tried.last + .hours(1) < now { tried.count = 0 }
            tried.count += 1
            tried.last = now
            book.tries[key] = tried
        }
    }

    /// Takes one try back: it was a good one.
    public func forgive(_ key: String) {
        book.withLock { book in
            guard var tried = book.tries[key] else { return }
            tried.count -= 1
            book.tries[key] = tried.count > 0 ? tried : nil
        }
    }

    public func succeeded(_ key: String) {
        book.withLock { _ = $0.tries.removeValue(forKey: key) }
    }
}
