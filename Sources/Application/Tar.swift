import Foundation

/// The tar of the system.
enum Tar {
    private static let place = "/usr/bin/tar"

    /// What it said when it could not do its work.
    struct Told {
        let words: String
        /// Whether the disk is full, in the words of the tools of this system.
        var isFull: Bool { ["No space left", "Aucun espace disponible", "Disk quota exceeded"].contains { words.contains($0) } }
    }

    /// Nil when all is done. Every place is given whole: the account may not be able to enter where it is run from.
    static func run(_ arguments: [String]) throws -> Told? {
        guard FileManager.default.isExecutableFile(atPath: place) else { throw Failure("La commande tar n'est pas installée : sudo apt install tar.", code: 69) }
        let process = Process()
        process.executableURL = URL(filePath: place)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(["LC_ALL": "C"]) { $1 }
        process.currentDirectoryURL = URL(filePath: "/")
        let errors = Pipe()
        process.standardError = errors
        do { try process.run() } catch { throw Failure("La commande tar ne peut pas être lancée : \(error.localizedDescription)", code: 69) }
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return process.terminationStatus == 0 ? nil : Told(words: said.split(separator: "\n").first.map(String.init) ?? "")
    }
}
