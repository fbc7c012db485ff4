import Application
import Synchronization

@testable import Platform

/// A page that is kept open and told what happens, as a browser does; without the signs of life, which come at their own time.
public final class Following: Sendable {
    private let heard = Mutex("")
    private let task = Mutex<Task<Void, any Error>?>(nil)

    init(_ stream: LiveStream) {
        task.withLock { task in
            task = Task { try await stream.run(pace: .milliseconds(1), heartbeat: .seconds(3_600)) { text in self.heard.withLock { $0 += text } } }
        }
    }

    /// All that it was told.
    public var text: String { heard.withLock { $0 } }

    /// Waits until it was told something; false after some seconds.
    public func hears(_ words: String) async -> Bool {
        for _ in 0..<2_000 {
            if text.contains(words) { return true }
            try? await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    public func close() { task.withLock { $0?.cancel() } }
}

extension TestSite {
    /// Opens a feed as somebody's browser does; nil when it is not theirs.
    public func follow(_ address: String, as name: Cast.Name, headers: [String: String] = [:]) async -> Following? {
        await get(address, as: name, headers: headers).stream.map { Following($0) }
    }
}

extension Client {
    /// The same from any browser.
    package func follow(_ address: String) async -> Following? {
        await get(address).stream.map { Following($0) }
    }
}
