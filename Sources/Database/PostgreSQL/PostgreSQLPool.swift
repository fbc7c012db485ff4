import Dispatch
import Synchronization

/// The connections of a database: as many as are used at the same time, up to a limit; then people wait for their turn.
final class PostgreSQLPool: Sendable {
    private struct State {
        var idle: [PostgreSQLConnection] = []
        var count = 0
        var waiting: [(number: Int, turn: CheckedContinuation<PostgreSQLConnection, any Error>)] = []
        var asked = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let limit: Int
    private let make: @Sendable () -> PostgreSQLConnection
    private static let patience = DispatchTimeInterval.seconds(10)

    init(limit: Int, make: @escaping @Sendable () -> PostgreSQLConnection) {
        self.limit = limit
        self.make = make
    }

    /// Lends a connection for some work, and takes it back.
    /// - Throws: `DatabaseProblem.busy` when none was free for ten seconds.
    func lend<T: Sendable>(_ work: @Sendable (PostgreSQLConnection) async throws -> T) async throws -> T {
        let connection = try await lease()
        defer { takeBack(connection) }
        return try await work(connection)
    }

    func close() {
        let (idle, waiting) = state.withLock { state in
            defer {
                state.idle = []
                state.waiting = []
                state.isClosed = true
            }
            return (state.idle, state.waiting)
        }
        waiting.forEach { $0.turn.resume(throwing: DatabaseProblem.busy) }
        idle.forEach { $0.close() }
    }

    private func lease() async throws -> PostgreSQLConnection {
        try await withCheckedThrowingContinuation { turn in
            let number = state.withLock { state -> Int? in
                if state.isClosed {
                    turn.resume(throwing: DatabaseProblem.unreachable("closed"))
                } else if let connection = state.idle.popLast() {
                    turn.resume(returning: connection)
                } else if state.count < limit {
                    state.count += 1
                    turn.resume(returning: make())
                } else {
                    state.asked += 1
                    state.waiting.append((state.asked, turn))
                    return state.asked
                }
                return nil
            }
            guard let number else { return }
            DispatchQueue.global().asyncAfter(deadline: .now() + Self.patience) { self.dismiss(number) }
        }
    }

    private func takeBack(_ connection: PostgreSQLConnection) {
        let isClosed = state.withLock { state in
            if state.waiting.isEmpty {
                if !state.isClosed { state.idle.append(connection) }
            } else {
                state.waiting.removeFirst().turn.resume(returning: connection)
            }
            return state.isClosed
        }
        if isClosed { connection.close() }
    }

    /// Somebody has waited long enough.
    private func dismiss(_ number: Int) {
        let turn = state.withLock { state in
            state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0).turn }
        }
        turn?.resume(throwing: DatabaseProblem.busy)
    }
}
