import Foundation
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// The open connections of the server, counted by address; those that take too long are closed.
final class Connections: Sendable {
    private struct State {
        var crowd: Crowd<ObjectIdentifier>
        var channels: [ObjectIdentifier: any Channel] = [:]

        mutating func forget(_ id: ObjectIdentifier) -> (any Channel)? {
            crowd.remove(id)
            return channels.removeValue(forKey: id)
        }
    }

    private let state: Mutex<State>
    private let proxies: Set<String>
    private let live: LiveRoom
    /// Descriptors that the database, the files and what they start need for themselves.
    private static let reserve = 64

    /// - Parameter proxies: whose connections bear everybody's requests.
    /// - Parameter live: told when the server stops.
    init(proxies: Set<String>, live: LiveRoom) {
        self.proxies = proxies
        self.live = live
        state = Mutex(State(crowd: Crowd(inAll: Self.most, byAddress: 256)))
    }

    /// A thousand, or what the descriptors of this process allow.
    static var most: Int {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1_000 }
        return min(1_000, max(16, Int(clamping: limit.rlim_cur) - reserve))
    }

    func opened(_ channel: any Channel) {
        let ip = channel.remoteAddress?.ipAddress ?? ""
        let address = proxies.contains(ip) ? nil : Tries.network(of: ip)
        close(
            state.withLock { state in
                state.channels[ObjectIdentifier(channel)] = channel
                let leaving = state.crowd.add(ObjectIdentifier(channel), from: address, at: .now)
                return leaving.map { [state.forget($0)] } ?? []
            })
    }

    func closed(_ channel: any Channel) {
        _ = state.withLock { $0.forget(ObjectIdentifier(channel)) }
    }

    func turn(_ channel: any Channel, to stage: Crowd<ObjectIdentifier>.Stage, for patience: Duration = .seconds(30)) {
        state.withLock { $0.crowd.turn(ObjectIdentifier(channel), to: stage, for: patience, at: .now) }
    }

    /// The server stops: what is on its way in has five seconds left.
    func hurry() {
        live.close()
        state.withLock { $0.crowd.hurry(until: .now + .seconds(5)) }
    }

    /// Closes, every second, those whose time is over.
    func watch() async throws {
        while true {
            try await Task.sleep(for: .seconds(1))
            close(state.withLock { state in state.crowd.overdue(at: .now).map { state.forget($0) } })
        }
    }

    private func close(_ channels: [(any Channel)?]) {
        for channel in channels { channel?.close(promise: nil) }
    }
}

/// A connection of HTTP/1.1, counted as long as it is open.
struct CountedChannel: ServerChildChannel {
    let inner: HTTP1Channel
    let connections: Connections

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP1Channel.Value> {
        inner.setup(channel: channel, logger: logger)
    }

    func handle(value: HTTP1Channel.Value, logger: Logger) async {
        connections.opened(value.channel)
        await withGracefulShutdownHandler {
            await inner.handle(value: value, logger: logger)
        } onGracefulShutdown: {
            connections.hurry()
        }
        connections.closed(value.channel)
    }
}
