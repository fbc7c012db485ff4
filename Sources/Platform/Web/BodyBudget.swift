import Synchronization

/// How many bytes of large forms may be on their way in at once, in all and from one address, so that nobody fills the
/// memory by announcing much and sending slowly.
final class BodyBudget: Sendable {
    /// A body of this size needs no place.
    static let small = 64 << 10
    static let inAll = 96 << 20
    static let byAddress = 32 << 20

    private let held = Mutex<[String: Int]>([:])

    /// Takes a place; false when there is none.
    func take(_ bytes: Int, for address: String) -> Bool {
        guard bytes > Self.small else { return true }
        return held.withLock { held in
            let own = held[address] ?? 0
            guard own + bytes <= Self.byAddress, held.values.reduce(0, +) + bytes <= Self.inAll else { return false }
            held[address] = own + bytes
            return true
        }
    }

    func giveBack(_ bytes: Int, for address: String) {
        guard bytes > Self.small else { return }
        held.withLock { held in
            let left = (held[address] ?? 0) - bytes
            held[address] = left > 0 ? left : nil
        }
    }
}
