import Formats
import Notes
import Platform
import Testing

@testable import Evidence

/// When words may be read beyond the visiting group. Silence is never consent.
@Suite struct AllowanceTests {
    private func excerpt(_ attribution: Excerpt.Attribution = .function, shownAs: String = "une salariée") -> Excerpt {
        Excerpt(
            id: "e", programmeId: "p", visitId: "v", source: .block, sourceId: "b", sourceVersion: 1, sectionKey: "", startPoint: 0,
            endPoint: 4, words: "Oui.", wordsBefore: "", wordsAfter: "", manner: .verbatim, speaker: nil, dimensionId: nil,
            encounterId: nil, salt: "s", commitment: Excerpt.commitment(salt: "s", words: "Oui."), attribution: attribution,
            shownAs: shownAs, createdBy: nil, createdAt: Instant(milliseconds: 0), withdrawnAt: nil)
    }

    private func answer(
        _ isGiven: Bool, _ excerpt: Excerpt, _ purpose: Consent.Purpose = .quote, at moment: Int64 = 1, withdrawn: Bool = false
    ) -> Consent {
        Consent(
            id: "c\(moment)", excerptId: excerpt.id, isGiven: isGiven, askedHow: .oral, collectedBy: nil,
            collectedOn: Day(iso: "2026-04-20")!, purpose: purpose, shownHash: excerpt.shownHash, proof: "dit au téléphone",
            proofFileId: nil, recordedAt: Instant(milliseconds: moment), withdrawnAt: withdrawn ? Instant(milliseconds: 9) : nil)
    }

    @Test func `no answer is no yes`() {
        #expect(Allowance.of(excerpt(), consents: []) == .pending)
    }

    @Test func `the latest answer counts, in whatever order they are read`() {
        let said = excerpt()
        let (yes, no) = (answer(true, said, at: 1), answer(false, said, at: 2))
        #expect(Allowance.of(said, consents: [yes]) == .given)
        #expect(Allowance.of(said, consents: [yes, no]) == .refused)
        #expect(Allowance.of(said, consents: [no, yes]) == .refused)
        #expect(Allowance.of(said, consents: [answer(false, said, at: 1), answer(true, said, at: 2)]) == .given)
    }

    @Test func `a yes on other words or another attribution is no yes on these`() {
        var said = excerpt()
        let yes = answer(true, said)
        said.shownAs = "la directrice"
        #expect(Allowance.of(said, consents: [yes]) == .pending)
        said.shownAs = "une salariée"
        said.words = "Non."
        #expect(Allowance.of(said, consents: [yes]) == .pending)
    }

    @Test func `a name takes a yes to the name`() {
        let named = excerpt(.name, shownAs: "Prénom Nom")
        #expect(Allowance.of(named, consents: [answer(true, named)]) == .pending)
        #expect(Allowance.of(named, consents: [answer(true, named, .name)]) == .given)
        #expect(Allowance.of(named, consents: [answer(true, named, .name, at: 1), answer(false, named, .name, at: 2)]) == .pending)
    }

    @Test func `a no to the name says nothing of the quotation`() {
        let said = excerpt()
        #expect(Allowance.of(said, consents: [answer(false, said, .name)]) == .pending)
        #expect(Allowance.of(said, consents: [answer(true, said, at: 1), answer(false, said, .name, at: 2)]) == .given)
    }

    @Test func `a withdrawal overrides every yes`() {
        var said = excerpt()
        let yes = answer(true, said, .name)
        said.withdrawnAt = Instant(milliseconds: 5)
        #expect(Allowance.of(said, consents: [yes]) == .withdrawn)
        #expect(Allowance.of(excerpt(), consents: [answer(true, excerpt(), withdrawn: true)]) == .pending)
    }

    @Test func `the commitment binds words and salt`() {
        let one = Excerpt.commitment(salt: "a", words: "Oui.")
        #expect(one != Excerpt.commitment(salt: "b", words: "Oui."))
        #expect(one != Excerpt.commitment(salt: "a", words: "Oui"))
        #expect(one.utf8.count == 64)
    }
}
