import Synchronization

/// The bell that says to whoever sends the mails of this program that one was just written.
final class Letterbox: Sendable {
    let rings: AsyncStream<Void>
    private let bell: AsyncStream<Void>.Continuation
    private let isUrgent = Mutex(false)

    init() {
        (rings, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// - Parameter isUrgent: somebody asks for a try now, even if the server did not answer a moment ago.
    func ring(isUrgent: Bool = false) {
        if isUrgent { self.isUrgent.withLock { $0 = true } }
        bell.yield()
    }

    func takeUrgency() -> Bool {
        isUrgent.withLock { urgent in
            defer { urgent = false }
            return urgent
        }
    }

    /// Nothing is sent any more.
    func close() { bell.finish() }
}
