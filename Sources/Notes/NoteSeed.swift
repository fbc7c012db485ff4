import Database
import Formats
import Platform
import Visits

/// Many plausible field notes, always the same: for measures of speed, never for a real site.
package enum NoteSeed {
    package struct Made {
        package let id: String
        package let text: String
    }

    /// The notes of a visit, one in two opened to the visiting group; answers those.
    package static func notes(
        _ count: Int, of visit: Visit, authors: [String], number: Int, seed: Int, in change: Change
    ) throws -> [Made] {
        var prose = SampleProse(seed: seed, 6_000_000 + number)
        let slots = try change.texts("SELECT id FROM slot WHERE event_id = \(visit.id) ORDER BY day, half")
        var opened: [Made] = []
        for index in 0..<count where !authors.isEmpty {
            let (id, author) = (change.newId(), authors[index % authors.count])
            let (text, isOpen) = (prose.paragraph(sentences: 1 + prose.number(below: 3)).text, index % 2 == 0)
            try change.run(
                """
                INSERT INTO note_block (id, visit_id, author_id, version, created_at, updated_at, opened_version)
                VALUES (\(id), \(visit.id), \(author), 1, \(change.now), \(change.now), \(isOpen ? 1 : 0))
                """)
            try change.protect(
                Protection(
                    "note", id, programme: visit.programmeId, author: author, scope: visit.delegationId, audience: isOpen ? .scope : .author))
            try change.run(
                """
                INSERT INTO note_version (block_id, version, base, device_id, sequence, slot_id, manner, text, fingerprint, received_at)
                VALUES (\(id), 1, 0, 'seed', \(index), \(slots.isEmpty ? nil : slots[index % slots.count]), \(Manner.allCases[index % 4]),
                    \(text), \(Secrets.sha256(text)), \(change.now))
                """)
            try change.trace("note", id, programme: visit.programmeId, as: "note.written", ["version": "1"])
            if isOpen { opened.append(Made(id: id, text: text)) }
        }
        return opened
    }
}
