import Application
import Formats
import TestSupport

@testable import Platform

/// The application on somebody's telephone: it knows a key and the time.
struct Authenticator {
    let key: [UInt8]

    /// Reads the key as it is written on the page.
    init?(page: String) {
        guard let start = page.firstRange(of: "<code class=\"key\" translate=\"no\">") else { return nil }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (key, held, bits): ([UInt8], Int, Int) = ([], 0, 0)
        for character in page[start.upperBound...].prefix(while: { $0 != "<" }) where character != " " {
            guard let value = alphabet.firstIndex(of: character) else { return nil }
            held = (held << 5 | value) & 0xfff
            bits += 5
            if bits >= 8 {
                bits -= 8
                key.append(UInt8(held >> bits & 255))
            }
        }
        self.key = key
    }

    /// The code at a moment, some steps later or earlier.
    func code(at moment: Instant, later steps: Int64 = 0) -> String {
        OneTimeCode(secret: key).figures(at: OneTimeCode.step(at: moment) + steps)
    }
}

extension TestSite {
    /// What somebody has once their second factor is in place: the browser, the application, the recovery codes.
    struct Equipped {
        let browser: Client
        let phone: Authenticator
        let codes: [String]
        let answer: Response
    }

    static let path = "/compte/second-facteur"

    /// Puts a second factor in place in a browser.
    func equip(_ browser: Client, more: [String: String] = [:]) async -> Equipped? {
        guard let phone = Authenticator(page: await browser.get("\(Self.path)?changer=1").text) else { return nil }
        let answer = await browser.post(Self.path, more.merging(["code": phone.code(at: clock.now)]) { $1 })
        let codes = answer.text.matches(of: #/<li><code translate="no">([^<]+)<\/code>/#).map { String($0.output.1) }
        return Equipped(browser: self.browser(after: answer), phone: phone, codes: codes, answer: answer)
    }

    /// Gives a password and a second factor to somebody of the cast; a minute later, for the code to be another.
    func equip(_ name: Cast.Name) async throws -> Equipped? {
        try await givePassword(to: name)
        let equipped = await equip(browser(after: await signIn(name)))
        clock.advance(.minutes(1))
        return equipped
    }

    /// The browser of somebody whose password was taken and whose code is asked.
    func half(_ name: Cast.Name, more: [String: String] = [:]) async -> (browser: Client, answer: Response) {
        let answer = await signIn(name, more: more)
        return (browser(after: answer), answer)
    }
}
