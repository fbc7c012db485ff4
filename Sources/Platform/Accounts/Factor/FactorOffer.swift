import Database
import Formats

/// The key offered to somebody who puts a second factor in place: the same on every page of their session, kept nowhere until
/// a code shows that their application has it.
struct FactorOffer: Sendable {
    let secret: [UInt8]
    private let account: String
    private let issuer: String

    /// - Throws: `NotFound` without an account.
    static func make(_ request: Request) async throws -> FactorOffer {
        guard let session = request.session, let personId = session.viewer.personId else { throw NotFound() }
        struct Known: Decodable, Sendable {
            var name: String
            var email: String?
            var factorCount: Int
        }
        let known = try await request.site.database.read { reader in
            try reader.first(
                Known.self,
                """
                SELECT name, email, factor_count FROM account JOIN person ON person.id = account.person_id
                WHERE account.person_id = \(personId)
                """)
        }
        guard let known else { throw NotFound() }
        let purpose = "offer|\(personId)|\(session.origin)|\(known.factorCount)"
        let secret = Secrets.mac(Array(purpose.utf8), key: try request.site.sealingKey()).prefix(20)
        return FactorOffer(
            secret: Array(secret), account: known.email ?? known.name, issuer: request.site.configuration.siteName)
    }

    /// « ABCD EFGH … »: eight groups of four, to be typed.
    var groups: String {
        let key = Array(Base32.encode(secret))
        return stride(from: 0, to: key.count, by: 4).map { String(key[$0..<min($0 + 4, key.count)]) }.joined(separator: " ")
    }

    /// What the QR code says, and what a link opens on the telephone itself (Key URI Format).
    var address: String {
        let site = Self.plain(issuer)
        return "otpauth://totp/\(site):\(Self.plain(account))?secret=\(Base32.encode(secret))&issuer=\(site)"
    }

    /// Everything but letters without accent and figures is percent-encoded; a colon would end the name of the site.
    private static func plain(_ text: String) -> String {
        text.replacing(":", with: " ").utf8.map { byte in
            let scalar = Unicode.Scalar(byte)
            let isPlain = byte < 128 && (Character(scalar).isLetter || Character(scalar).isNumber || ".-_~@".unicodeScalars.contains(scalar))
            return isPlain ? String(scalar) : "%" + Secrets.hexadecimal([byte]).uppercased()
        }.joined()
    }
}
