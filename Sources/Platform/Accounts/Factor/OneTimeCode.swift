import Formats

/// The six figures that an authenticator application shows, other ones every thirty seconds (RFC 6238, with SHA-1).
struct OneTimeCode {
    let secret: [UInt8]

    static func step(at moment: Instant) -> Int64 { moment.milliseconds / 30_000 }

    /// The figures of a step (RFC 4226 §5.3).
    func figures(at step: Int64) -> String {
        let counter = UInt64(bitPattern: step)
        let mac = SHA1.mac((0..<8).map { UInt8(truncatingIfNeeded: counter >> (56 - 8 * UInt64($0))) }, key: secret)
        let offset = Int(mac[19] & 15)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let figures = String(number % 1_000_000)
        return String(repeating: "0", count: 6 - figures.count) + figures
    }

    /// The step of a code that was typed: this one or a neighbour, for clocks that differ a little; nil for a wrong code and
    /// for one whose step is not after `last`.
    func step(of typed: String, at moment: Instant, after last: Int64) -> Int64? {
        let figures = Self.figures(in: typed)
        let now = Self.step(at: moment)
        return (now - 1...now + 1).last { $0 > last && Secrets.equal(self.figures(at: $0), figures) }
    }

    /// « 123 456 » is 123456, from any keyboard.
    private static func figures(in typed: String) -> String {
        typed.unicodeScalars.filter { !$0.properties.isWhitespace }.map { scalar in
            let isFigure = scalar.properties.generalCategory == .decimalNumber
            return isFigure ? scalar.properties.numericValue.map { String(Int($0)) } ?? "?" : "?"
        }.joined()
    }
}
