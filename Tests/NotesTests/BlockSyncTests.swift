import Testing

@testable import Notes

/// The law of the notebook: nothing typed is lost, nothing is doubled, whatever the order and the number of arrivals.
@Suite struct BlockSyncTests {
    private typealias Known = BlockSync.Known

    private func receive(_ fingerprint: String, base: Int, _ known: inout [Known]) -> BlockSync.Outcome {
        let (outcome, version) = BlockSync.receive(fingerprint, base: base, among: known)
        if outcome != .same { known.append(Known(version: version, base: base, fingerprint: fingerprint)) }
        return outcome
    }

    @Test func `a new block is saved, and sent again it changes nothing`() {
        var known: [Known] = []
        #expect(receive("a", base: 0, &known) == .saved)
        #expect(receive("a", base: 0, &known) == .same)
        #expect(known.count == 1)
    }

    @Test func `a version written from the last one takes its place`() {
        var known: [Known] = []
        _ = receive("a", base: 0, &known)
        #expect(receive("b", base: 1, &known) == .saved)
        #expect(BlockSync.shown(known).map(\.fingerprint) == ["b"])
    }

    @Test func `two versions written from the same one are both shown`() {
        var known: [Known] = []
        _ = receive("a", base: 0, &known)
        _ = receive("b", base: 1, &known)
        #expect(receive("c", base: 1, &known) == .keptBoth)
        #expect(BlockSync.shown(known).map(\.fingerprint) == ["b", "c"])
    }

    @Test func `a version put aside is no longer shown, and stays known`() {
        let known = [
            Known(version: 1, base: 0, fingerprint: "a"), Known(version: 2, base: 1, fingerprint: "b", isSettled: true),
            Known(version: 3, base: 1, fingerprint: "c"),
        ]
        #expect(BlockSync.shown(known).map(\.version) == [3])
    }

    @Test func `words changed and changed back are shown as they are now`() {
        var known: [Known] = []
        _ = receive("a", base: 0, &known)
        _ = receive("b", base: 1, &known)
        #expect(receive("a", base: 2, &known) == .saved)
        #expect(BlockSync.shown(known).map(\.version) == [3])
        #expect(receive("b", base: 1, &known) == .same)
        #expect(BlockSync.shown(known).map(\.version) == [3])
    }

    @Test func `a version kept beside goes on from itself`() {
        var known: [Known] = []
        _ = receive("a", base: 0, &known)
        _ = receive("b", base: 1, &known)
        _ = receive("c", base: 1, &known)
        #expect(receive("c, further", base: 3, &known) == .keptBoth)
        #expect(BlockSync.shown(known).map(\.fingerprint) == ["b", "c, further"])
    }

    @Test func `a version that the site never gave is no base`() {
        var known: [Known] = []
        _ = receive("a", base: 0, &known)
        #expect(receive("b", base: 9, &known) == .keptBoth)
        #expect(BlockSync.shown(known).count == 2)
    }

    /// A device that writes one block further and further, each time from the last version acknowledged to it.
    private struct Device {
        let contents: [String]
        var sent: [(fingerprint: String, base: Int)] = []
        var base = 0

        var isDone: Bool { sent.count == contents.count }
    }

    @Test func `devices that write in turn, in any order and with repeats, each leave their last words`() {
        var random = SplitMix(seed: 11)
        for _ in 0..<3_000 {
            let devices = (0..<Int.random(in: 1...3, using: &random)).map { number in
                // Few words, so that a device often comes back to what it had written.
                Device(
                    contents: (0..<Int.random(in: 1...5, using: &random)).map { _ in
                        "\(number): \(Int.random(in: 0...2, using: &random))"
                    })
            }
            let expected = Set(devices.compactMap(\.contents.last))
            for _ in 0..<2 {
                var known: [Known] = []
                var going = devices
                while let index = going.indices.filter({ !going[$0].isDone }).randomElement(using: &random) {
                    let fingerprint = going[index].contents[going[index].sent.count]
                    let base = going[index].base
                    let (outcome, version) = BlockSync.receive(fingerprint, base: base, among: known)
                    if outcome != .same { known.append(Known(version: version, base: base, fingerprint: fingerprint)) }
                    going[index].sent.append((fingerprint, base))
                    going[index].base = version
                    if let again = going.flatMap(\.sent).randomElement(using: &random), Bool.random(using: &random) {
                        #expect(receive(again.fingerprint, base: again.base, &known) == .same)
                    }
                }
                #expect(Set(BlockSync.shown(known).map(\.fingerprint)) == expected)
                #expect(BlockSync.shown(known).count == expected.count)
            }
        }
    }

    @Test func `whatever the order and the repetitions, the same versions are shown`() {
        var random = SplitMix(seed: 7)
        for _ in 0..<2_000 {
            // Several devices write first versions of one block; some write again from what they know was acknowledged.
            let first = (0..<Int.random(in: 1...4, using: &random)).map { "first \($0)" }
            let sent = (first + first.filter { _ in Bool.random(using: &random) })
            var one: [Known] = []
            var other: [Known] = []
            for fingerprint in sent.shuffled(using: &random) { _ = receive(fingerprint, base: 0, &one) }
            for fingerprint in sent.shuffled(using: &random) { _ = receive(fingerprint, base: 0, &other) }
            #expect(BlockSync.shown(one).map(\.fingerprint) == BlockSync.shown(other).map(\.fingerprint))
            #expect(Set(one.map(\.fingerprint)) == Set(first))
        }
    }
}

/// A small generator of random numbers that gives the same row for the same seed.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
