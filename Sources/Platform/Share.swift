import Formats
import Foundation
import Schema

/// What travels beside the binary: sentences, migrations, assets, the list of common passwords. No build path inside.
public struct Share: Sendable {
    public let folder: URL
    public let languages: Languages
    public let migrations: [Migration]
    public let assets: Assets
    public let commonPasswords: Set<String>

    public init(folder: URL) throws {
        self.folder = folder
        languages = try Languages(folder: folder.appending(path: "locales"))
        migrations = try Self.migrations(in: folder.appending(path: "migrations"))
        assets = try Assets(folder: folder.appending(path: "assets"))
        let list = try? String(contentsOf: folder.appending(path: "common-passwords.txt"), encoding: .utf8)
        commonPasswords = Set((list ?? "").split(separator: "\n").map(String.init))
    }

    /// A whole programme file, to write another from.
    public var programmeExample: URL { folder.appending(path: "examples/territoires-en-action.yaml") }

    /// Finds the folder: `ESSAIM_SHARE`, or `share/essaim` in a folder above the executable.
    public static func find(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> Share {
        if let given = environment["ESSAIM_SHARE"] { return try Share(folder: URL(filePath: given)) }
        let executable = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        var folder = executable.deletingLastPathComponent()
        for _ in 0..<5 {
            let candidate = folder.appending(path: "share/essaim")
            if FileManager.default.fileExists(atPath: candidate.appending(path: "locales").path) {
                return try Share(folder: candidate)
            }
            folder = folder.deletingLastPathComponent()
        }
        throw Missing(executable: executable.path)
    }

    /// The folder is nowhere near the executable.
    public struct Missing: Error, CustomStringConvertible {
        public let executable: String
        public var description: String { "share/essaim is not beside \(executable): run `make assets`, or set ESSAIM_SHARE" }
    }

    private static func migrations(in folder: URL) throws -> [Migration] {
        let manager = FileManager.default
        return try manager.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).flatMap { owner in
            try manager.contentsOfDirectory(at: owner, includingPropertiesForKeys: nil)
                .filter { $0.pathExtension == "sql" }
                .map {
                    Migration(
                        name: $0.deletingPathExtension().lastPathComponent, owner: owner.lastPathComponent,
                        statements: try String(contentsOf: $0, encoding: .utf8))
                }
        }
    }
}
