import Foundation
import Glibc

/// A folder of its own for one task, on the disk of the data; it and all in it go when the task ends.
public struct WorkFolder: Sendable {
    public let path: String

    /// - Throws: `DatabaseProblem.full`, `DatabaseProblem.readOnly`
    static func make(in parent: URL) throws -> WorkFolder {
        guard mkdir(parent.path, 0o700) == 0 || errno == EEXIST else { throw DurableFile.problem() }
        let path = parent.appending(path: String(Secrets.token().prefix(16))).path
        guard mkdir(path, 0o700) == 0 else { throw DurableFile.problem() }
        return WorkFolder(path: path)
    }

    /// Puts a file in it, under a name of ours.
    public func write(_ bytes: [UInt8], to name: String) throws { try DurableFile.write(bytes, to: "\(path)/\(name)") }

    /// A file in it; nil when it is not there, or is no plain file.
    public func read(_ name: String) -> [UInt8]? {
        let (manager, place) = (FileManager.default, "\(path)/\(name)")
        guard (try? manager.attributesOfItem(atPath: place))?[.type] as? FileAttributeType == .typeRegular else { return nil }
        return manager.contents(atPath: place).map { [UInt8]($0) }
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

extension Site {
    var work: URL { configuration.data.appending(path: "work") }

    /// Does a task with a folder of its own.
    public func withWorkFolder<T: Sendable>(_ task: @Sendable (WorkFolder) async throws -> T) async throws -> T {
        let folder = try WorkFolder.make(in: work)
        defer { folder.remove() }
        return try await task(folder)
    }

    /// What a server that was killed left of its tasks goes: no task lasts an hour.
    public func clearWork() {
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: work.path)) ?? [] {
            let path = work.appending(path: name).path
            let changed = (try? manager.attributesOfItem(atPath: path))?[.modificationDate] as? Date
            if (changed ?? .distantPast).timeIntervalSinceNow < -3_600 { try? manager.removeItem(atPath: path) }
        }
    }
}
