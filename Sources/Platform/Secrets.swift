import CSodium

/// Random tokens, digests and password hashes, all from libsodium.
public enum Secrets {
    private static let isReady: Bool = sodium_init() >= 0

    /// `count` random bytes.
    public static func bytes(_ count: Int) -> [UInt8] {
        precondition(isReady)
        var bytes = [UInt8](repeating: 0, count: count)
        randombytes_buf(&bytes, count)
        return bytes
    }

    /// A token for an address or a cookie: 256 random bits, 43 characters of base64url.
    public static func token() -> String { base64URL(bytes(32)) }

    /// SHA-256, 64 hexadecimal characters.
    public static func sha256(_ bytes: [UInt8]) -> String {
        var digest = [UInt8](repeating: 0, count: 32)
        crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
        return hexadecimal(digest)
    }

    public static func sha256(_ text: String) -> String { sha256(Array(text.utf8)) }

    /// HMAC-SHA-256 of a text under a key of 32 bytes, base64url.
    public static func mac(_ text: String, key: [UInt8]) -> String {
        base64URL(mac(Array(text.utf8), key: key))
    }

    /// Encrypts bytes under a key of 32 bytes, for one purpose only (XChaCha20-Poly1305, the nonce first).
    static func seal(_ bytes: [UInt8], for purpose: String, key: [UInt8]) -> [UInt8] {
        precondition(isReady && key.count == 32)
        let nonce = self.bytes(Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES))
        var sealed = [UInt8](repeating: 0, count: bytes.count + Int(crypto_aead_xchacha20poly1305_ietf_ABYTES))
        let purpose = Array(purpose.utf8)
        crypto_aead_xchacha20poly1305_ietf_encrypt(
            &sealed, nil, bytes, UInt64(bytes.count), purpose, UInt64(purpose.count), nil, nonce, key)
        return nonce + sealed
    }

    /// What `seal` encrypted; nil under another key, for another purpose, or when a byte changed.
    static func open(_ sealed: [UInt8], for purpose: String, key: [UInt8]) -> [UInt8]? {
        precondition(isReady && key.count == 32)
        let head = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
        let tail = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)
        guard sealed.count >= head + tail else { return nil }
        let (nonce, body, purpose) = (Array(sealed[..<head]), Array(sealed[head...]), Array(purpose.utf8))
        var bytes = [UInt8](repeating: 0, count: body.count - tail)
        let outcome = crypto_aead_xchacha20poly1305_ietf_decrypt(
            &bytes, nil, nil, body, UInt64(body.count), purpose, UInt64(purpose.count), nonce, key)
        return outcome == 0 ? bytes : nil
    }

    /// Compares in constant time.
    public static func equal(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        return left.count == right.count && sodium_memcmp(left, right, left.count) == 0
    }

    /// Argon2id, 3 passes over 64 MiB, as a PHC string. Takes about a tenth of a second: call it through `PasswordHashing`.
    static func passwordHash(_ password: String) -> String? {
        precondition(isReady)
        var hash = [CChar](repeating: 0, count: Int(crypto_pwhash_STRBYTES))
        let password = Array(password.utf8.map { CChar(bitPattern: $0) })
        let outcome = crypto_pwhash_str_alg(
            &hash, password, UInt64(password.count), 3, 64 << 20, crypto_pwhash_ALG_ARGON2ID13)
        return outcome == 0 ? String(decoding: hash.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
    }

    static func verify(_ password: String, against hash: String) -> Bool {
        precondition(isReady)
        let password = Array(password.utf8.map { CChar(bitPattern: $0) })
        return crypto_pwhash_str_verify(hash, password, UInt64(password.count)) == 0
    }

    /// HMAC-SHA-256 under a key of 32 bytes.
    static func mac(_ message: [UInt8], key: [UInt8]) -> [UInt8] {
        precondition(key.count == 32)
        var digest = [UInt8](repeating: 0, count: 32)
        crypto_auth_hmacsha256(&digest, message, UInt64(message.count), key)
        return digest
    }

    public static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    public static func base64URL(_ bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
        var text: [UInt8] = []
        var held: UInt32 = 0
        var bits = 0
        for byte in bytes {
            held = held << 8 | UInt32(byte)
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(alphabet[Int(held >> UInt32(bits) & 63)])
            }
        }
        if bits > 0 { text.append(alphabet[Int(held << UInt32(6 - bits) & 63)]) }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Two passwords are hashed at a time, on threads of their own: a crowd at the log-in cannot take the memory.
actor PasswordHashing {
    static let shared = PasswordHashing()
    private var running = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func hash(_ password: String) async -> String? {
        await alone { Secrets.passwordHash(password) }
    }

    func verify(_ password: String, against hash: String) async -> Bool {
        await alone { Secrets.verify(password, against: hash) }
    }

    private func alone<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
        if running >= 2 { await withCheckedContinuation { waiting.append($0) } } else { running += 1 }
        let result = await Blocking.run(work)
        if waiting.isEmpty { running -= 1 } else { waiting.removeFirst().resume() }
        return result
    }
}
