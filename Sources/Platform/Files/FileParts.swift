import Database
import Foundation
import Glibc

/// A file that arrives piece by piece, in any number of tries, from a telephone whose network comes and goes: what was
/// received stays on the disk between them. Each person has their own; it is named by the content that is announced.
public struct FileParts: Sendable {
    let folder: URL
    /// How many files of one person may be on their way at the same time.
    public static let most = 32

    /// The bytes received so far; nil when the file was not begun.
    public func received(_ hash: String, of person: String) -> Int? {
        place(hash, person).flatMap { (try? FileManager.default.attributesOfItem(atPath: $0))?[.size] as? Int }
    }

    /// Makes a place for a file, if there is none yet. False when too many others are on their way.
    public func begin(_ hash: String, of person: String) throws -> Bool {
        guard received(hash, of: person) == nil else { return true }
        guard let path = place(hash, person) else { return false }
        let own = folder.appending(path: person)
        for path in [folder.path, own.path] where mkdir(path, 0o700) != 0 && errno != EEXIST { throw DurableFile.problem() }
        guard (try? FileManager.default.contentsOfDirectory(atPath: own.path).count) ?? 0 < Self.most else { return false }
        let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw DurableFile.problem() }
        close(file)
        try DurableFile.synchronize(own.path)
        return true
    }

    /// Puts a piece on the disk, durably. A piece that was there already changes nothing; one that comes too early waits for
    /// what is before it.
    /// - Returns: the bytes received so far; nil when the file was not begun.
    /// - Throws: `DatabaseProblem.full`, `DatabaseProblem.readOnly`
    public func add(_ bytes: [UInt8], at offset: Int, to hash: String, of person: String, upTo most: Int) throws -> Int? {
        guard let path = place(hash, person) else { return nil }
        let file = open(path, O_WRONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        // Two tabs, or a sending and its repetition: one after the other.
        guard flock(file, LOCK_EX) == 0 else { throw DurableFile.problem() }
        let size = Int(lseek(file, 0, SEEK_END))
        let known = size - offset
        guard offset >= 0, known >= 0, known < bytes.count, offset + bytes.count <= most else { return size }
        var done = known
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { write(file, $0.baseAddress! + done, bytes.count - done) }
            if count <= 0 && errno != EINTR {
                let problem = DurableFile.problem()
                ftruncate(file, off_t(size))
                throw problem
            }
            done += max(0, count)
        }
        guard fsync(file) == 0 else { throw DurableFile.problem() }
        return offset + bytes.count
    }

    /// What was received, whole or not.
    public func content(_ hash: String, of person: String) -> [UInt8]? {
        place(hash, person).flatMap { FileManager.default.contents(atPath: $0) }.map { [UInt8]($0) }
    }

    public func remove(_ hash: String, of person: String) {
        if let path = place(hash, person) { unlink(path) }
    }

    /// Everything that somebody had on its way.
    public func removeAll(of person: String) {
        guard Identifier.isName(person) else { return }
        try? FileManager.default.removeItem(at: folder.appending(path: person))
    }

    /// Lets go what no telephone went on with for thirty days.
    func clear() {
        let manager = FileManager.default
        let all = manager.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        for file in all {
            let details = try? manager.attributesOfItem(atPath: file.path)
            guard details?[.type] as? FileAttributeType == .typeRegular, let changed = details?[.modificationDate] as? Date else { continue }
            if changed.timeIntervalSinceNow < -30 * 86_400 { unlink(file.path) }
        }
    }

    /// Nothing from outside makes a path: a hash is 64 hexadecimal figures, a person an identifier of ours.
    private func place(_ hash: String, _ person: String) -> String? {
        guard hash.utf8.count == 64, hash.allSatisfy({ $0.isASCII && $0.isHexDigit && !$0.isUppercase }), Identifier.isName(person)
        else { return nil }
        return folder.appending(path: person).appending(path: hash).path
    }
}

extension Site {
    public var parts: FileParts { FileParts(folder: configuration.data.appending(path: "parts")) }
}
