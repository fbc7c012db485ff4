import Dispatch
import Synchronization

/// Stops one piece of work from another thread: between two statements, or in the middle of one by asking the server.
/// Once the commit began it goes to its end.
final class PostgreSQLCancellation: Sendable {
    private struct State {
        var isAsked = false
        var isOver = false
        /// What asks the server to stop the statement that is running.
        var interrupt: (@Sendable () -> Void)?
        var wasInterrupted = false
    }

    private let state = Mutex(State())

    var isAsked: Bool { state.withLock { $0.isAsked } }
    /// The request went to the server: it may still arrive a moment later, so the connection is not used again.
    var wasInterrupted: Bool { state.withLock { $0.wasInterrupted } }

    func cancel() {
        state.withLock { $0.isAsked = true }
        DispatchQueue.global().async {
            self.state.withLock { state in
                guard !state.isOver, let interrupt = state.interrupt else { return }
                state.wasInterrupted = true
                interrupt()
            }
        }
    }

    /// Runs one statement.
    /// - Throws: `CancellationError` when the work was cancelled before.
    func statement<T>(interrupt: @escaping @Sendable () -> Void, _ body: () throws -> T) throws -> T {
        try state.withLock { state in
            if state.isAsked { throw CancellationError() }
            state.interrupt = interrupt
        }
        defer { state.withLock { $0.interrupt = nil } }
        return try body()
    }

    /// The end of the work begins: it is not cancelled any more.
    func close() throws {
        try state.withLock { state in
            if state.isAsked { throw CancellationError() }
            state.isOver = true
        }
    }
}
