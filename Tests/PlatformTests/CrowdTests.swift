import Testing

@testable import Platform

/// Who leaves when too many stand at the door.
@Suite struct CrowdTests {
    private let start = ContinuousClock.now

    @Test func `past its share, an address makes room among its own`() {
        var crowd = Crowd<Int>(inAll: 100, byAddress: 3)
        for id in 0..<3 { #expect(crowd.add(id, from: "a", at: start + .seconds(id)) == nil) }
        #expect(crowd.add(9, from: "b", at: start) == nil)
        #expect(crowd.add(3, from: "a", at: start + .seconds(3)) == 0)
        crowd.remove(0)
        // Whoever came back later has waited less.
        crowd.turn(1, to: .waiting, at: start + .seconds(4))
        #expect(crowd.add(4, from: "a", at: start + .seconds(5)) == 2)
    }

    @Test func `who is being answered stays; then it is the newcomer who leaves`() {
        var crowd = Crowd<Int>(inAll: 100, byAddress: 2)
        for id in 0..<2 {
            _ = crowd.add(id, from: "a", at: start)
            crowd.turn(id, to: .answering, at: start)
        }
        #expect(crowd.add(2, from: "a", at: start) == 2)
        crowd.remove(2)
        crowd.turn(1, to: .receiving, at: start)
        #expect(crowd.add(3, from: "a", at: start + .seconds(1)) == 1)
    }

    @Test func `when the house is full, the address that holds the most makes room`() {
        var crowd = Crowd<Int>(inAll: 5, byAddress: 4)
        for id in 0..<4 { _ = crowd.add(id, from: "many", at: start + .seconds(id)) }
        _ = crowd.add(4, from: "few", at: start - .seconds(60))
        #expect(crowd.add(5, from: "new", at: start + .seconds(9)) == 0)
    }

    @Test func `a proxy of ours, behind which everybody stands, has no share`() {
        var crowd = Crowd<Int>(inAll: 10, byAddress: 2)
        for id in 0..<10 { #expect(crowd.add(id, from: nil, at: start + .seconds(id)) == nil) }
        #expect(crowd.add(10, from: nil, at: start + .seconds(20)) == 0)
    }

    @Test func `each stage has its time, counted from its beginning`() {
        var crowd = Crowd<Int>(inAll: 10, byAddress: 10)
        _ = crowd.add(1, from: "a", at: start)
        _ = crowd.add(2, from: "a", at: start)
        crowd.turn(2, to: .receiving, for: .seconds(60), at: start + .seconds(20))
        #expect(crowd.overdue(at: start + .seconds(29)).isEmpty)
        #expect(crowd.overdue(at: start + .seconds(30)) == [1])
        #expect(crowd.overdue(at: start + .seconds(80)).sorted() == [1, 2])
        crowd.remove(1)
        crowd.turn(1, to: .waiting, at: start)
        #expect(crowd.count == 1)
    }

    @Test func `when the site stops, only what is being answered keeps its time`() {
        var crowd = Crowd<Int>(inAll: 10, byAddress: 10)
        for id in 0..<3 { _ = crowd.add(id, from: "a", at: start) }
        crowd.turn(1, to: .receiving, for: .seconds(60), at: start)
        crowd.turn(2, to: .answering, for: .seconds(60), at: start)
        crowd.hurry(until: start + .seconds(5))
        #expect(crowd.overdue(at: start + .seconds(5)).sorted() == [0, 1])
    }
}
