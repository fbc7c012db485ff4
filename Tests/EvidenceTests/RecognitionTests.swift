import Events
import Testing

@testable import Evidence

/// Why readers could tell who speaks although no name is said.
@Suite struct RecognitionTests {
    private let caen = Recognition.Setting(names: ["Caen", "Colombelles", "ARDES"], peopleOfKind: 8)

    private func reasons(
        _ attribution: Excerpt.Attribution, _ shownAs: String, _ setting: Recognition.Setting? = nil
    ) -> [Recognition] {
        Recognition.reasons(attribution, shownAs: shownAs, setting ?? caen)
    }

    @Test func `a plain function warns of nothing`() {
        #expect(reasons(.function, "une salariée").isEmpty)
    }

    @Test func `a place or an organisation of the visit is noticed, accents and case aside`() {
        #expect(reasons(.function, "une salariée de colombelles") == [.place("Colombelles")])
        #expect(reasons(.function, "un membre de l’Ardes") == [.place("ARDES")])
        #expect(reasons(.pseudonym, "Camille, Caen") == [.place("Caen")])
        #expect(reasons(.function, "un habitant de Caenchy").isEmpty)
    }

    @Test func `a role that one person holds is noticed`() {
        #expect(reasons(.function, "la directrice") == [.soleRole("directrice")])
        #expect(reasons(.function, "le maire de Colombelles") == [.place("Colombelles"), .soleRole("maire")])
    }

    @Test func `few people of that kind are noticed`() {
        #expect(reasons(.function, "une élue", .init(names: [], peopleOfKind: 2)) == [.few(2)])
        #expect(reasons(.function, "une élue", .init(names: [], peopleOfKind: 3)).isEmpty)
        #expect(reasons(.function, "une élue", .init(names: [], peopleOfKind: nil)).isEmpty)
    }

    @Test func `a name agreed and no attribution warn of nothing`() {
        let few = Recognition.Setting(names: ["Caen"], peopleOfKind: 1)
        #expect(reasons(.name, "Prénom Nom, Caen", few).isEmpty)
        #expect(reasons(.none, "", few).isEmpty)
    }

    @Test func `a kind of meeting that stands for one person is noticed, even without attribution, until it is hidden`() {
        let mayor = Recognition.Setting(names: ["Caen"], encounter: .electedOfficial)
        #expect(reasons(.none, "", mayor) == [.encounter(.electedOfficial)])
        #expect(reasons(.function, "une personne", mayor) == [.encounter(.electedOfficial)])
        #expect(reasons(.name, "Prénom Nom", mayor).isEmpty)
        #expect(reasons(.none, "", .init(names: [], encounter: .employee, peopleOfEncounter: 1)) == [.encounter(.employee)])
        #expect(reasons(.none, "", .init(names: [], encounter: .employee, peopleOfEncounter: 3)).isEmpty)
        #expect(reasons(.none, "", .init(names: [], encounter: nil)).isEmpty)
    }

    @Test func `a quotation or a reason covers a dimension`() {
        let coverage = Coverage(
            "t", [("a", "A"), ("b", "B"), ("c", "C")], quoted: ["a", "a", "z"], reasons: ["a": "inutile", "b": "pas abordée"])
        #expect(coverage.lines.map(\.quotations) == [2, 0, 0])
        #expect(coverage.lines.map(\.reason) == [nil, "pas abordée", nil])
        #expect(coverage.covered == 2)
    }
}
