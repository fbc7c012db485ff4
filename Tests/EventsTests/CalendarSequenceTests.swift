import Database
import Formats
import Platform
import TestSupport
import Testing

@testable import Events

/// What agendas are told of an event that moves: the same identifier, a higher sequence.
@Suite struct CalendarSequenceTests {
    private let caen = "/programmes/essai/visites/caen"

    private func entries(_ test: TestSite, _ id: String) async throws -> [CalendarEntry] {
        try await test.site.database.read { reader in
            try EventCalendar.entries(of: [EventQueries.event(id, reader)], addresses: [:], reader, test.site.words(.french), at: test.site.now())
        }
    }

    @Test func `a visit that is moved keeps its identifiers and raises their sequence`() async throws {
        let test = try await TestSite()
        let visit = test.cast.caen.visit
        _ = await test.post("\(caen)/dates", ["first_day": "14/04/2026", "length": "4"], as: .nadia)
        let before = try await entries(test, visit)
        #expect(before.count == 4 && before.map(\.uid) == test.cast.caen.slots)
        #expect(await test.post("\(caen)/dates", ["first_day": "21/04/2026", "length": "4"], as: .nadia).status == 303)
        let after = try await entries(test, visit)
        #expect(after.map(\.uid) == before.map(\.uid))
        for (old, new) in zip(before, after) {
            #expect(new.sequence > old.sequence && new.changedAt > old.changedAt)
        }
        #expect(after.first?.start.day == Day(iso: "2026-04-21"))
        // Saved again as it is: nothing changed for agendas.
        _ = await test.post("\(caen)/dates", ["first_day": "21/04/2026", "length": "4"], as: .nadia)
        #expect(try await entries(test, visit) == after)
    }

    @Test func `a half-day taken off and a visit called off are told as cancelled`() async throws {
        let test = try await TestSite()
        let visit = test.cast.caen.visit
        _ = await test.post("\(caen)/dates", pairs: [("first_day", "14/04/2026"), ("length", "chosen"), ("half_days", "0-am"), ("half_days", "0-pm")], as: .nadia)
        let shorter = try await entries(test, visit)
        #expect(shorter.filter { $0.status == .cancelled }.count == 2)
        #expect(Set(shorter.map(\.uid)) == Set(test.cast.caen.slots))
        _ = await test.post("\(caen)/annulation", ["cancellation": "La structure ferme."], as: .nadia)
        let off = try await entries(test, visit)
        #expect(off.allSatisfy { $0.status == .cancelled })
        for (old, new) in zip(shorter, off) where old.status == .confirmed { #expect(new.sequence > old.sequence) }
        _ = await test.post("\(caen)/reprise", as: .nadia)
        #expect(try await entries(test, visit).filter { $0.status == .confirmed }.count == 2)
    }

    @Test func `a wrong zone is warned of, refused when unknown, and its correction raises the sequence`() async throws {
        let test = try await TestSite()
        let visit = test.cast.caen.visit
        let territory = test.cast.territory
        try await test.site.database.write {
            try $0.run("INSERT INTO territory_place (territory_id, kind, code) VALUES (\(territory), 'commune', '97411')")
        }
        #expect(await test.get(caen, as: .nadia).text.contains("alors que le territoire visité est à celle de La Réunion"))
        let wrong = await test.post("\(caen)/dates", ["first_day": "14/04/2026", "length": "4", "zone": "Mars/Olympus"], as: .nadia)
        #expect(wrong.status == 422)
        _ = await test.post("\(caen)/dates", ["first_day": "14/04/2026", "length": "4"], as: .nadia)
        let before = try await entries(test, visit)
        _ = await test.post("\(caen)/dates", ["first_day": "14/04/2026", "length": "4", "zone": "Indian/Reunion"], as: .nadia)
        let after = try await entries(test, visit)
        #expect(after.allSatisfy { $0.start.zone == "Indian/Reunion" })
        #expect(zip(before, after).allSatisfy { $1.sequence > $0.sequence })
        #expect(await !test.get(caen, as: .nadia).text.contains("alors que le territoire visité"))
    }

    @Test func `an encounter and other hours are told, a note taker is not`() async throws {
        let test = try await TestSite()
        let (visit, slot) = (test.cast.caen.visit, test.cast.caen.slots[1])
        _ = await test.post("\(caen)/demi-journees/\(slot)", ["theme": "L’atelier", "starts_at": "13 h 45", "ends_at": "18h"], as: .nadia)
        let entry = try #require(try await entries(test, visit).first { $0.uid == slot })
        #expect(entry.start.minute == 13 * 60 + 45 && entry.end.minute == 18 * 60)
        #expect(entry.description == "L’atelier\nAtelier des salariés · Colombelles")
        let fields = ["title": "Atelier des salariés", "kind": "employee", "slot": slot, "encounter_place": "Colombelles", "details": "1", "note_takers": test.cast[.ana]]
        #expect(await test.post("\(caen)/rencontres/\(test.cast.caen.encounter)", fields, as: .nadia).status == 303)
        #expect(try await entries(test, visit).first { $0.uid == slot }?.sequence == entry.sequence)
        let backwards = await test.post("\(caen)/demi-journees/\(slot)", ["theme": "", "starts_at": "18h", "ends_at": "9h"], as: .nadia)
        #expect(backwards.status == 422 && backwards.text.contains("La fin doit venir après le début."))
    }
}
