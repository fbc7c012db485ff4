import Foundation
import Glibc
import Synchronization

/// Stands between a program and the socket of a server, and may change or stop what goes through.
final class Relay: Sendable {
    enum Way: Sendable {
        case toServer, toClient
    }

    private let server: String
    private let pass: @Sendable (Way, [UInt8]) -> [UInt8]?
    private let listener: Int32

    /// - Parameters:
    ///   - socket: where programs connect.
    ///   - server: where the server listens.
    ///   - pass: what goes on; nil cuts the connection.
    init(at socket: String, to server: String, pass: @escaping @Sendable (Way, [UInt8]) -> [UInt8]?) throws {
        self.server = server
        self.pass = pass
        listener = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard Self.withAddress(socket, { bind(listener, $0, $1) }) == 0, listen(listener, 16) == 0 else {
            throw CocoaError(.fileWriteUnknown)
        }
        Thread { [listener, weak self] in
            while case let client = accept(listener, nil, nil), client >= 0 { self?.join(client) }
        }.start()
    }

    deinit {
        shutdown(listener, Int32(SHUT_RDWR))
        close(listener)
    }

    private func join(_ client: Int32) {
        let upstream = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        _ = Self.withAddress(server) { connect(upstream, $0, $1) }
        for (way, from, to) in [(Way.toServer, client, upstream), (.toClient, upstream, client)] {
            Thread { [pass] in
                var buffer = [UInt8](repeating: 0, count: 65_536)
                while case let count = read(from, &buffer, buffer.count), count > 0, let bytes = pass(way, Array(buffer[..<count])) {
                    guard send(to, bytes, bytes.count, Int32(MSG_NOSIGNAL)) == bytes.count else { break }
                }
                shutdown(from, Int32(SHUT_RDWR))
                shutdown(to, Int32(SHUT_RDWR))
            }.start()
        }
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
    }
}
