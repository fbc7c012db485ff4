import Dispatch

/// Runs blocking work (hashing, files) away from the two threads that answer everybody.
package enum Blocking {
    private static let queue = DispatchQueue(label: "essaim.blocking", attributes: .concurrent)

    package static func run<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
