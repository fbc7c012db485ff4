import Synchronization

/// Work that must end in time: who waits for it is told when it does not, and it is asked to stop.
enum Deadline {
    static func within<Answer: Sendable>(
        _ limit: Duration, _ work: @escaping @Sendable () async throws -> Answer
    ) async throws -> Answer {
        try await withCheckedThrowingContinuation { continuation in
            let race = Race(continuation)
            let work = Task {
                do { race.end(.success(try await work())) } catch { race.end(.failure(error)) }
            }
            let clock = Task {
                guard (try? await Task.sleep(for: limit)) != nil else { return }
                work.cancel()
                race.end(.failure(OverTime()))
            }
            race.whenEnded { clock.cancel() }
        }
    }
}

/// The work took longer than anybody waits: it may be done later, or not.
struct OverTime: Error {}

/// The first end counts.
private final class Race<Answer: Sendable>: Sendable {
    private struct State {
        var continuation: CheckedContinuation<Answer, any Error>?
        var atEnd: (@Sendable () -> Void)?
    }

    private let state: Mutex<State>

    init(_ continuation: CheckedContinuation<Answer, any Error>) {
        state = Mutex(State(continuation: continuation))
    }

    func whenEnded(_ act: @escaping @Sendable () -> Void) {
        let isOver = state.withLock { state in
            if state.continuation != nil { state.atEnd = act }
            return state.continuation == nil
        }
        if isOver { act() }
    }

    func end(_ result: Result<Answer, any Error>) {
        let ended = state.withLock { state in
            defer { state = State() }
            return state
        }
        ended.atEnd?()
        ended.continuation?.resume(with: result)
    }
}
