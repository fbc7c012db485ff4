import Formats
import Testing

/// A word and its plural are one word for the search.
@Suite struct PluralTests {
    @Test(arguments: [("emploi", "emplois"), ("convoi", "convois"), ("territoire", "territoires"), ("initiative", "initiatives"), ("atelier", "ateliers")])
    func `a plural is found by its singular`(_ singular: String, _ plural: String) {
        #expect(French.stem(singular) == French.stem(plural))
    }

    @Test func `short words that end alike stay apart`() {
        #expect(French.stem("fois") != French.stem("foi"))
    }
}
