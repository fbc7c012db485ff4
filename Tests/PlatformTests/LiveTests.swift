import Database
import Formats
import TestSupport
import Testing

@testable import Platform

/// What pages that several people have open are told, and for how long.
@Suite struct LiveTests {
    private let feed = LiveFeed(["a"], at: LivePlace("a"), saying: "platform.and") { _ in LiveNews(mark: "1") }

    private func present(_ person: String, _ doing: Present.Doing, until: Int64, at place: String = "") -> Present {
        Present(person: person, name: person.uppercased(), place: LivePlace("a", place), doing: doing, until: Instant(milliseconds: until))
    }

    @Test func `the page somebody opened first gives way to their fifth`() throws {
        let room = LiveRoom(most: 100)
        let seats = (0..<5).compactMap { _ in room.sit("ana", feed) }
        #expect(seats.count == 5 && room.count == LiveRoom.eachPerson)
        #expect(seats[0].end == .elsewhere && seats[1].end == nil)
        #expect(room.sit("bo", feed) != nil)
    }

    @Test func `a server follows as many pages as it can, and stops at once`() async throws {
        let room = LiveRoom(most: 2)
        let seats = ["ana", "bo", "chloe"].map { room.sit($0, feed) }
        #expect(seats[1] != nil && seats[2] == nil)
        room.leave(try #require(seats[0]))
        #expect(room.sit("chloe", feed) != nil)
        room.close()
        #expect(seats[1]?.end == .stopping && room.count == 0)
        #expect(room.sit("driss", feed) == nil)
        for await _ in try #require(seats[1]).wakes {}
    }

    @Test func `what happens elsewhere wakes nobody, and much at once wakes once`() async throws {
        let room = LiveRoom(most: 9)
        let seat = try #require(room.sit("ana", feed))
        room.ring(["b"])
        for _ in 0..<50 { room.ring(["a", "c"]) }
        seat.end(.stopping)
        var wakes = 0
        for await _ in seat.wakes { wakes += 1 }
        #expect(wakes == 1)
    }

    @Test func `a sign of life is due at its own time, once, whatever wakes the page`() throws {
        let room = LiveRoom(most: 9)
        let seat = try #require(room.sit("ana", feed))
        room.ring(["a"])
        #expect(!seat.takeBeat())
        seat.beat()
        #expect(seat.takeBeat() && !seat.takeBeat())
    }

    @Test func `who is there is who gave a sign, for half a minute`() {
        var presence = Presence()
        #expect(presence.note(present("bo", .open, until: 30)) == ["a"])
        #expect(presence.note(present("bo", .open, until: 40)) == [])
        #expect(presence.note(present("bo", .writing, until: 35)) == ["a"])
        _ = presence.note(present("ana", .open, until: 40, at: "initiative"))
        let now = Instant(milliseconds: 20)
        #expect(presence.people("a", at: now).map(\.name) == ["ANA", "BO"])
        #expect(presence.people("a", at: now).map(\.doing) == [.open, .writing])
        #expect(presence.forget(at: Instant(milliseconds: 36)) == ["a"])
        #expect(presence.people("a", at: Instant(milliseconds: 36)).last?.doing == .open)
        #expect(presence.remove("bo", at: LivePlace("a")) == ["a"])
        #expect(presence.forget(at: Instant(milliseconds: 50)) == ["a"] && presence.people("a", at: now).isEmpty)
    }

    @Test func `servers understand each other`() {
        let messages: [LiveMessage] = [
            .topics(["note:p", "0190"]), .present(present("bo", .writing, until: 12, at: "une section")), .everything,
            .gone("bo", LivePlace("0190", "une section")), .gone("bo", LivePlace("0190")),
        ]
        for message in messages { #expect(LiveMessage(message.text) == message) }
        let many = Set((0..<1_000).map { "topic:\($0)" })
        #expect(LiveMessage(LiveMessage.topics(many).text) == .everything)
        #expect(LiveMessage("") == nil && LiveMessage("p{}") == nil)
    }

    @Test(.timeLimit(.minutes(5)))
    func `a page open on one server is told what is done on another`() async throws {
        let here = try await TestSite(isEmpty: true)
        let there = try await here.again()
        let seat = try #require(there.live.sit("ana", LiveFeed(["thing"], saying: "platform.and") { _ in LiveNews(mark: "1") }))
        let following = Task { await there.followChanges() }
        defer { following.cancel() }
        var wakes = seat.wakes.makeAsyncIterator()
        // Until it listens.
        _ = await wakes.next()
        try await here.site.amend(as: "test.changed", by: .site, isPublic: false) { try $0.trace("test", "thing") }
        _ = await wakes.next()
        if TestDatabase.isOnServer {
            let sign = present("bo", .writing, until: here.site.now().milliseconds + 30_000)
            try await here.site.database.say(LiveMessage.present(sign).text)
            while there.live.present("a", besides: nil, at: here.site.now()).isEmpty { try await Task.sleep(for: .milliseconds(5)) }
        }
        try there.database.close()
    }
}
