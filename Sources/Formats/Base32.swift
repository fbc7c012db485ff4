/// Bytes as capitals and figures (RFC 4648 §6), without padding: how the key of a one-time code is typed.
public enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    public static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        var (held, bits) = (0, 0)
        for byte in bytes {
            held = (held << 8 | Int(byte)) & 0xfff
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[held >> bits & 31])
            }
        }
        if bits > 0 { text.append(alphabet[held << (5 - bits) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }
}
