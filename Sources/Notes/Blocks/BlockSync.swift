import Platform

/// What a block becomes when a version of it arrives: nothing typed is lost, nothing is doubled, whatever the order and the
/// number of times it arrives.
///
/// A version stays *shown* until another was written from it, or its author kept another one. One shown version is a plain
/// block; two are kept side by side.
/// What is shown depends only on the set of versions received, never on their order.
package enum BlockSync {
    package enum Outcome: String, Sendable {
        case saved, same
        case keptBoth = "kept_both"
        /// Nothing of it is kept: its author emptied it before they added it.
        case dropped
    }

    /// A version as the rule sees it.
    package struct Known: Sendable, Equatable {
        package let version: Int
        package let base: Int
        package let fingerprint: String
        /// Its author kept another one.
        package let isSettled: Bool

        package init(version: Int, base: Int, fingerprint: String, isSettled: Bool = false) {
            self.isSettled = isSettled
            self.version = version
            self.base = base
            self.fingerprint = fingerprint
        }
    }

    /// What to do with a version that arrives; the version is the one it already is, or the one it becomes.
    ///
    /// The same words written from the same version are the same sending; from another version they are a change back.
    package static func receive(_ fingerprint: String, base: Int, among known: [Known]) -> (outcome: Outcome, version: Int) {
        let base = self.base(base, among: known)
        let same = known.first { $0.fingerprint == fingerprint && ($0.base == base || $0.version == base) }
        if let same { return (.same, same.version) }
        let next = (known.map(\.version).max() ?? 0) + 1
        let all = known + [Known(version: next, base: base, fingerprint: fingerprint)]
        return (shown(all).count > 1 ? .keptBoth : .saved, next)
    }

    /// The version something was written from, as it may be kept: 0 when the block has no such version.
    package static func base(_ sent: Int, among known: [Known]) -> Int {
        known.contains { $0.version == sent } ? sent : 0
    }

    /// The versions that nobody replaced: those from which no other was written, each content once. Always at least one
    /// when there is any.
    package static func shown(_ known: [Known]) -> [Known] {
        let replaced = Set(known.map(\.base))
        let leaves = known.filter { !replaced.contains($0.version) && !$0.isSettled }
        let latest = Dictionary(grouping: leaves.isEmpty ? known : leaves, by: \.fingerprint).compactMap { same in
            same.value.max { $0.version < $1.version }
        }
        return latest.sorted { $0.fingerprint < $1.fingerprint }
    }

    /// Whether something else had been written from the same version when this one came: both are kept, side by side.
    package static func isBeside(_ version: Int, among known: [Known]) -> Bool {
        guard let own = known.first(where: { $0.version == version }) else { return false }
        return known.contains { $0.base == own.base && $0.version < version }
    }
}
