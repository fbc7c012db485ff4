import Dispatch
import Synchronization

/// A connection and the thread that it is used on; the session is opened when it is first needed.
final class PostgreSQLConnection: Sendable {
    private let open: @Sendable () throws -> PostgreSQLSession
    private let queue = DispatchQueue(label: "essaim.postgresql")
    private let session = Mutex<PostgreSQLSession?>(nil)

    init(open: @escaping @Sendable () throws -> PostgreSQLSession) {
        self.open = open
    }

    /// Does some work on the thread of the connection. When the task is cancelled, the server is asked to stop.
    func perform<T: Sendable>(_ work: @escaping @Sendable (PostgreSQLSession) throws -> T) async throws -> T {
        let cancellation = PostgreSQLCancellation()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                queue.async {
                    continuation.resume(with: Result { try self.work(work, cancellation) })
                }
            }
        } onCancel: {
            cancellation.cancel()
        }
    }

    /// Waits for the work in progress, then closes the session.
    func close() {
        session.withLock { $0 = nil }
    }

    private func work<T: Sendable>(
        _ work: @Sendable (PostgreSQLSession) throws -> T, _ cancellation: PostgreSQLCancellation
    ) throws -> T {
        try session.withLock { session in
            let current = try session ?? open()
            session = nil
            current.cancellation = cancellation
            defer { if current.isUsable { session = current } }
            return try work(current)
        }
    }
}
