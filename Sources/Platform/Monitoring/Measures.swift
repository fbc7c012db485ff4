import Synchronization

/// What the server did since it started, in figures: nothing of who asked, nothing of what was said.
public final class Measures: Sendable {
    /// A kind of answer: the method and the pattern of its path (`/ressources/{resource}`), never the path itself.
    struct Kind: Hashable, Comparable {
        let method: String
        let route: String
        let status: Int

        static func < (left: Kind, right: Kind) -> Bool {
            (left.route, left.method, left.status) < (right.route, right.method, right.status)
        }
    }

    /// How long answers took: how many took at most each bound, and their sum.
    struct Durations {
        /// In seconds.
        static let bounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
        var counts = [Int](repeating: 0, count: bounds.count + 1)
        var sum = 0.0

        mutating func add(_ seconds: Double) {
            counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
            sum += seconds
        }
    }

    struct Figures {
        var answers: [Kind: Int] = [:]
        var durations = Durations()
        var inFlight = 0
        var bytes = 0
    }

    private let figures = Mutex(Figures())

    var now: Figures { figures.withLock { $0 } }

    func begin() { figures.withLock { $0.inFlight += 1 } }

    func end(_ kind: Kind, took duration: Duration, bytes: Int) {
        let seconds = Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
        figures.withLock { figures in
            figures.inFlight -= 1
            figures.answers[kind, default: 0] += 1
            figures.durations.add(seconds)
            figures.bytes += bytes
        }
    }
}

/// A figure of this moment, told by a capability: how many mails wait, how many people there are.
public struct Gauge: Sendable {
    /// In English with its unit, as the format wants: `essaim_mails_waiting`.
    public let name: String
    public let help: String
    public let value: Double

    public init(_ name: String, _ help: String, _ value: some BinaryInteger) {
        self.name = name
        self.help = help
        self.value = Double(value)
    }

    public init(_ name: String, _ help: String, _ value: Double) {
        self.name = name
        self.help = help
        self.value = value
    }
}
