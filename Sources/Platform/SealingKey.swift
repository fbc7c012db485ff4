import Formats
import Foundation
import Glibc

/// The key that seals what a copy of the database alone must not tell. It is a file of the data folder that no backup
/// takes: the host keeps a copy of it elsewhere.
public enum SealingKey {
    public static let fileName = "essaim.key"

    /// The file is there and gives no key (64 hexadecimal characters), or may not be read.
    public struct Broken: Error, CustomStringConvertible {
        let path: String
        public var description: String {
            let isClosed = access(path, R_OK) != 0
            let what = isClosed ? "« \(path) » ne peut pas être lu par ce compte : rendez-le-lui (sudo chown essaim:essaim \(path))" : "« \(path) » n'est pas une clé : remettez-y la copie que vous avez gardée"
            return "\(what). Tant que ce n'est pas fait, aucun code de téléphone n'est accepté (\(Manual.page("comptes.md")))."
        }
    }

    /// What is wrong with the key of a data folder; nil when it is one, or is still to be made.
    package static func trouble(in folder: URL) -> Broken? {
        let path = folder.appending(path: fileName).path
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do { _ = try of(folder) } catch { return Broken(path: path) }
        return nil
    }

    /// The key of a data folder, made at its first use.
    /// - Throws: `Broken`; `DatabaseProblem.full`, `DatabaseProblem.readOnly`
    static func of(_ folder: URL) throws -> [UInt8] {
        let path = folder.appending(path: fileName).path
        if let text = try? String(contentsOfFile: path, encoding: .utf8) { return try read(text, path) }
        guard !FileManager.default.fileExists(atPath: path) else { throw Broken(path: path) }
        let fresh = "\(path).\(Secrets.token().prefix(8))"
        try DurableFile.write(Array("\(Secrets.hexadecimal(Secrets.bytes(32)))\n".utf8), to: fresh)
        // Of two programs that make it at the same time, one wins and both read its key.
        link(fresh, path)
        unlink(fresh)
        return try read(String(contentsOfFile: path, encoding: .utf8), path)
    }

    private static func read(_ text: String, _ path: String) throws -> [UInt8] {
        let figures = text.compactMap(\.hexDigitValue)
        guard CleanText.line(text).count == 64, figures.count == 64 else { throw Broken(path: path) }
        return stride(from: 0, to: 64, by: 2).map { UInt8(figures[$0] << 4 | figures[$0 + 1]) }
    }
}

extension Site {
    func sealingKey() throws -> [UInt8] { try SealingKey.of(configuration.data) }

    /// Seals what is to be shown again to its owner, and not told by a copy of the database.
    public func seal(_ text: String, for purpose: String) throws -> [UInt8] {
        Secrets.seal(Array(text.utf8), for: purpose, key: try sealingKey())
    }

    /// What was sealed for this purpose; nil under another key.
    public func unseal(_ sealed: [UInt8], for purpose: String) throws -> String? {
        Secrets.open(sealed, for: purpose, key: try sealingKey()).map { String(decoding: $0, as: UTF8.self) }
    }
}
