import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Events

@Suite struct SlotTests {
    private let day = Day(iso: "2026-05-19")!

    private func set(_ halfDays: [HalfDay], _ test: TestSite) async throws -> [Slot] {
        let visit = test.cast.caen.visit
        return try await test.site.amend(as: "test.dated", by: .site) { change in
            try Slots.set(halfDays, of: visit, in: change)
            try change.trace("visit", visit)
            return try Slots.of(visit, change)
        }
    }

    @Test func `half-days move with the visit and keep their identifiers`() async throws {
        let test = try await TestSite()
        let slots = try await set(HalfDay.row(from: day, count: 4), test)
        #expect(slots.map(\.id) == test.cast.caen.slots)
        #expect(slots.first?.day == day)
    }

    @Test func `beginning half a day later, no afternoon becomes a morning: what has no place any more is to be placed again`() async throws {
        let test = try await TestSite()
        let known = test.cast.caen
        let row = HalfDay.row(from: Day(iso: "2026-04-21")!, .afternoon, count: 4)
        let slots = try await set(row, test)
        #expect(slots.map(\.halfDay) == row && slots.dropLast().map(\.id) == Array(known.slots.dropFirst()))
        let encounters = try await test.site.database.read { try Encounters.of(known.visit, $0) }
        #expect(encounters.map(\.slotId) == [known.slots[1]], "the afternoon is still that afternoon")
        let mornings = try await set(slots.filter { $0.half == .morning }.map(\.halfDay), test)
        #expect(mornings.count == 2)
        #expect(try await test.site.database.read { try Encounters.of(known.visit, $0) }.map(\.slotId) == [nil])
    }

    @Test func `a half-day too many is taken off and its encounter is to be placed again`() async throws {
        let test = try await TestSite()
        let slots = try await set(HalfDay.row(from: day, count: 1), test)
        #expect(slots.count == 1)
        let encounters = try await test.site.database.read { try Encounters.of(test.cast.caen.visit, $0) }
        #expect(encounters.map(\.slotId) == [nil])
        #expect(encounters.map(\.id) == [test.cast.caen.encounter])
    }

    @Test func `a half-day taken off may come back`() async throws {
        let test = try await TestSite()
        let row = HalfDay.row(from: Day(iso: "2026-04-14")!, count: 4)
        _ = try await set(Array(row.prefix(2)), test)
        let slots = try await set(row, test)
        #expect(slots.map(\.halfDay) == row)
    }

    @Test func `an encounter taken off is put back by the same identifier`() async throws {
        let test = try await TestSite()
        let (visit, encounter) = (test.cast.caen.visit, test.cast.caen.encounter)
        let counts = try await test.site.amend(as: "test.removed", by: .site) { change in
            try Encounters.mark(encounter, of: visit, removed: true, in: change)
            let without = try Encounters.of(visit, change).count
            try Encounters.mark(encounter, of: visit, removed: false, in: change)
            try change.trace("visit", visit)
            return [without, try Encounters.of(visit, change).count]
        }
        #expect(counts == [0, 1])
    }
}
