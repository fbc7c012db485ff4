import Foundation
import Platform

/// The papers already made of published texts, on the disk, by what they hold. What was taken back is on no shelf: the papers
/// of a text go at once when a word of it is withdrawn, and for a minute none is kept, so that one being made meanwhile is not.
struct PaperShelf {
    let folder: URL

    init(_ site: Site) {
        folder = site.configuration.data.appending(path: "papers")
    }

    func paper(_ key: String, of publicationId: String) -> [UInt8]? {
        (try? Data(contentsOf: place(publicationId).appending(path: "\(key).pdf"))).map { [UInt8]($0) }
    }

    /// Keeps a paper in the place of those before it; a full disk keeps none.
    func keep(_ bytes: [UInt8], _ key: String, of publicationId: String) {
        guard !isCleared(publicationId) else { return }
        let (manager, place) = (FileManager.default, place(publicationId))
        try? manager.createDirectory(at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        let target = place.appending(path: "\(key).pdf")
        guard (try? Data(bytes).write(to: target, options: .atomic)) != nil else { return }
        for other in (try? manager.contentsOfDirectory(at: place, includingPropertiesForKeys: nil)) ?? [] where other.lastPathComponent != target.lastPathComponent {
            try? manager.removeItem(at: other)
        }
        if isCleared(publicationId) { try? manager.removeItem(at: place) }
    }

    /// Takes every paper of a publication away.
    func clear(_ publicationId: String) {
        let manager = FileManager.default
        try? manager.createDirectory(at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        _ = manager.createFile(atPath: mark(publicationId).path, contents: nil)
        try? manager.removeItem(at: place(publicationId))
    }

    private func place(_ publicationId: String) -> URL { folder.appending(path: publicationId) }
    private func mark(_ publicationId: String) -> URL { folder.appending(path: "\(publicationId).cleared") }

    private func isCleared(_ publicationId: String) -> Bool {
        let attributes = try? FileManager.default.attributesOfItem(atPath: mark(publicationId).path)
        guard let moment = attributes?[.modificationDate] as? Date else { return false }
        return moment.timeIntervalSinceNow > -60
    }
}
