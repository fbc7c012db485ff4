import Formats

/// Names for things, made once and never reused.
public enum Identifier {
    /// UUIDv7: 48 bits of the moment, then 74 random bits, or 12 bits of a rank and 62 random ones: what one change writes at
    /// one moment then sorts as it was written.
    public static func new(at now: Instant, rank: Int? = nil) -> String {
        var bytes = Secrets.bytes(16)
        let stamp = UInt64(bitPattern: now.milliseconds)
        for index in 0..<6 { bytes[index] = UInt8(truncatingIfNeeded: stamp >> UInt64(8 * (5 - index))) }
        if let rank {
            bytes[6] = UInt8(truncatingIfNeeded: rank >> 8)
            bytes[7] = UInt8(truncatingIfNeeded: rank)
        }
        bytes[6] = bytes[6] & 0x0f | 0x70
        bytes[8] = bytes[8] & 0x3f | 0x80
        return written(bytes)
    }

    /// A UUID drawn from a text, always the same: identifiers of the demonstration.
    public static func derived(from text: String) -> String {
        var bytes = Array(Secrets.sha256(text).utf8.prefix(32)).map { $0 }
        bytes = stride(from: 0, to: 32, by: 2).map { digit(bytes[$0]) << 4 | digit(bytes[$0 + 1]) }
        bytes[6] = bytes[6] & 0x0f | 0x80
        bytes[8] = bytes[8] & 0x3f | 0x80
        return written(bytes)
    }

    /// Whether a text may name a thing that a device made: a UUID, or 8 to 64 letters, figures, hyphens and underscores.
    public static func isName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return (8...64).contains(bytes.count)
            && bytes.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
            }
    }

    private static func digit(_ character: UInt8) -> UInt8 {
        character <= UInt8(ascii: "9") ? character - UInt8(ascii: "0") : character - UInt8(ascii: "a") + 10
    }

    private static func written(_ bytes: [UInt8]) -> String {
        let text = Secrets.hexadecimal(bytes)
        var result = ""
        for (index, character) in text.enumerated() {
            if [8, 12, 16, 20].contains(index) { result.append("-") }
            result.append(character)
        }
        return result
    }
}
