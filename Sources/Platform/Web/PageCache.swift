import Synchronization

/// Public pages, rendered and compressed, in memory. Forgotten all together by any change that the public could see, so
/// that a withdrawal is immediate.
public final class PageCache: Sendable {
    struct Key: Hashable {
        let location: String
        let language: String
        let encoding: String
    }

    private struct Content {
        var generation = 0
        var isKeeping = true
        var bytes = 0
        var answers: [Key: Answer] = [:]
        var values: [String: any Sendable] = [:]
    }

    private let content = Mutex(Content())
    private let limit = 32 << 20

    /// A number that changes at each forgetting; taken before a page is made, given back with it.
    var generation: Int { content.withLock { $0.generation } }

    func answer(_ key: Key) -> Answer? {
        content.withLock { $0.answers[key] }
    }

    /// Keeps an answer, unless something changed since its making began.
    func keep(_ answer: Answer, for key: Key, madeAt generation: Int) {
        content.withLock { content in
            guard content.isKeeping, content.generation == generation else { return }
            if content.bytes + answer.size > limit {
                content.answers = [:]
                content.bytes = 0
            }
            if let old = content.answers.updateValue(answer, forKey: key) { content.bytes -= old.size }
            content.bytes += answer.size
        }
    }

    /// A value dear to make and the same for everybody, made once and kept until the pages are forgotten.
    public func kept<Value: Sendable>(_ name: String, _ make: () async throws -> Value) async rethrows -> Value {
        let (known, generation) = content.withLock { ($0.values[name] as? Value, $0.generation) }
        if let known { return known }
        let value = try await make()
        content.withLock { content in
            if content.isKeeping, content.generation == generation { content.values[name] = value }
        }
        return value
    }

    /// Keeps nothing from now on, or keeps again: while the changes of other servers are not heard, every page is made
    /// when it is asked for.
    func setKeeping(_ isKeeping: Bool) {
        content.withLock { $0.isKeeping = isKeeping }
        forgetAll()
    }

    public func forgetAll() {
        content.withLock { content in
            content.generation += 1
            content.answers.removeAll(keepingCapacity: true)
            content.values = [:]
            content.bytes = 0
        }
    }
}
