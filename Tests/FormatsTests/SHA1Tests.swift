import Testing

@testable import Formats

/// What authenticator applications compute with, by the examples of the standards.
struct SHA1Tests {
    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    @Test(arguments: [
        ("", "da39a3ee5e6b4b0d3255bfef95601890afd80709"), ("abc", "a9993e364706816aba3e25717850c26c9cd0d89d"),
        ("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "84983e441c3bd26ebaae4aa1f95129e5e54670f1"),
        (String(repeating: "a", count: 55), "c1c8bbdc22796e28c0e15163d20899b65621d65a"),
        (String(repeating: "a", count: 63), "03f09f5b158a7a8cdad920bddc29b81c18a551f5"),
        (String(repeating: "a", count: 64), "0098ba824b5c16427bd7a1122a5a442a25ec644d"),
        (String(repeating: "a", count: 100_000), "c4d4b30851182fc4eb8675494d42fd7f17e29c93"),
    ])
    func `a digest is the one of RFC 3174`(_ text: String, _ digest: String) {
        #expect(hexadecimal(SHA1.digest(Array(text.utf8))) == digest)
    }

    @Test func `a keyed digest is the one of RFC 2202`() {
        let short = SHA1.mac(Array("Hi There".utf8), key: [UInt8](repeating: 0x0b, count: 20))
        #expect(hexadecimal(short) == "b617318655057264e28bc0b6fb378c8ef146be00")
        let long = SHA1.mac(
            Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8), key: [UInt8](repeating: 0xaa, count: 80))
        #expect(hexadecimal(long) == "aa4ae5e15272d00e95705637ce8a3b55ed402112")
    }

    @Test(arguments: [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI")])
    func `capitals and figures are those of RFC 4648`(_ text: String, _ encoded: String) {
        #expect(Base32.encode(Array(text.utf8)) == encoded)
    }
}
