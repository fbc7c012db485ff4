import Formats
import Platform
import TestSupport
import Testing

@testable import Costs

/// Amounts as people type them, exact to the cent.
@Suite struct CentsTests {
    @Test(arguments: [
        ("12,50", 1_250), ("12.5", 1_250), ("12", 1_200), ("1 234,56", 123_456), ("1\u{202F}234,56 €", 123_456), ("0,05", 5), ("12 €", 1_200),
        ("12,50EUR", 1_250), ("1'000", 100_000), ("9999999,99", 999_999_999),
    ])
    func `an amount is read as it is typed`(_ typed: String, _ cents: Int) {
        #expect(Cents(typed: typed)?.cents == cents)
    }

    @Test(arguments: ["", "douze", "12,505", "1.234", "1,234", "1.234,50", "-5", "12,", ",5", "1e3", "١٢", "10000000", "12,5 €€", "99999999999999999999"])
    func `what is no amount is not guessed at`(_ typed: String) {
        #expect(Cents(typed: typed) == nil)
    }

    @Test func `an amount is written in the language of the page`() async throws {
        let site = try await TestSite(isEmpty: true).site
        let (french, english) = (site.words(.french), site.words(.english))
        #expect(Cents(123_456).said(in: french) == "1\u{202F}234,56\u{A0}€" && Cents(123_456).said(in: english) == "€1,234.56")
        #expect(Cents(-5).said(in: french) == "−0,05\u{A0}€" && Cents(-5).plain(french) == "-0,05" && Cents(1_205).plain(english) == "12.05")
        for cents in [0, 1, 99, 100, 12_345, 999_999_999] { #expect(Cents(typed: Cents(cents).plain(french))?.cents == cents) }
    }
}
