import Database
import Formats
import Notes
import Platform
import Visits

/// Many plausible excerpts, always the same: for measures of speed, never for a real site.
package enum ExcerptSeed {
    /// An excerpt of the first words of each note; one in two has a consent.
    package static func excerpts(of notes: [NoteSeed.Made], visit: Visit, collectedBy person: String?, in change: Change) throws {
        for (index, note) in notes.enumerated() {
            let end = min(60, note.text.unicodeScalars.count)
            guard let words = CodePoints.slice(note.text, from: 0, to: end) else { continue }
            let salt = Secrets.token()
            let excerpt = Excerpt(
                id: change.newId(), programmeId: visit.programmeId, visitId: visit.id, source: .block, sourceId: note.id, sourceVersion: 1,
                sectionKey: "", startPoint: 0, endPoint: end, words: words, wordsBefore: "", wordsAfter: "", manner: .reworded,
                salt: salt, commitment: Excerpt.commitment(salt: salt, words: words), attribution: .none, shownAs: "", createdBy: person,
                createdAt: change.now)
            try ExcerptQueries.insert(excerpt, delegation: visit.delegationId, in: change)
            try ExcerptIndex.put(excerpt, at: "/extraits/\(excerpt.id)", in: change)
            try change.trace("excerpt", excerpt.id, programme: visit.programmeId, as: "excerpt.cited", ["visit": visit.name])
            guard index % 2 == 0 else { continue }
            let consent = Consent(
                id: change.newId(), excerptId: excerpt.id, isGiven: true, askedHow: .oral, collectedBy: person, collectedOn: change.today,
                purpose: .quote, shownHash: excerpt.shownHash, proof: "Dit de vive voix.", recordedAt: change.now)
            try ExcerptQueries.insert(consent, in: change)
        }
    }
}
