import Formats
import Testing

@testable import Platform

/// Those who try too often wait, a little longer each time, never for ever.
struct ThrottleTests {
    private let throttle = Throttle()
    private let start = Instant(milliseconds: 1_800_000_000_000)

    private func fail(_ count: Int, at now: Instant) {
        for _ in 0..<count { throttle.failed("ana", at: now) }
    }

    @Test func `five tries are free`() {
        fail(4, at: start)
        #expect(throttle.wait("ana", free: 5, at: start) == nil)
        fail(1, at: start)
        #expect(throttle.wait("ana", free: 5, at: start) == .seconds(2))
        #expect(throttle.wait("bo", free: 5, at: start) == nil)
    }

    @Test func `the wait doubles up to a quarter of an hour`() {
        fail(7, at: start)
        #expect(throttle.wait("ana", free: 5, at: start) == .seconds(8))
        fail(200, at: start)
        #expect(throttle.wait("ana", free: 5, at: start) == .seconds(900))
        #expect(throttle.wait("ana", free: 5, at: start + .seconds(900)) == nil)
    }

    @Test func `a success and an hour of calm clear everything`() {
        fail(9, at: start)
        throttle.succeeded("ana")
        #expect(throttle.wait("ana", free: 5, at: start) == nil)
        fail(9, at: start)
        throttle.failed("ana", at: start + .hours(2))
        #expect(throttle.wait("ana", free: 5, at: start + .hours(2)) == nil)
    }

    @Test func `a clock put back locks nobody out`() {
        fail(9, at: start)
        #expect(throttle.wait("ana", free: 5, at: start - .days(1)) == nil)
    }
}
