import Database
import Foundation
import Glibc
import Platform

/// A maildir that a mail server delivers in: what is new is read, then moved where a mail program keeps what it has seen.
package struct MailFolder: Sendable {
    let folder: URL
    package var path: String { folder.path }

    package init(_ folder: URL) {
        self.folder = folder
    }

    /// Why nothing comes from it.
    package enum Trouble: String, Sendable {
        /// It is not there, or the site may not enter the folder that it is in.
        case missing
        /// The site may not read and write in it.
        case closed
    }

    package var trouble: Trouble? {
        let (new, cur) = (folder.appending(path: "new").path, folder.appending(path: "cur").path)
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: new, isDirectory: &isFolder), isFolder.boolValue else { return .missing }
        let taken = FileManager.default.fileExists(atPath: cur) ? cur : folder.path
        func isOpen(_ place: String) -> Bool { access(place, R_OK | W_OK | X_OK) == 0 }
        return isOpen(new) && isOpen(taken) ? nil : .closed
    }

    /// Reads what is new, oldest first. A mail that could not be written down stays for the next time, and holds up none of the others
    /// unless the database itself is at fault.
    /// - Parameter tooLarge: told the name of each mail that is not read: it stays in the folder, where whoever keeps the server finds it.
    /// - Returns: how many were read.
    @discardableResult package func take(_ site: Site, tooLarge: (String) -> Void = { _ in }) async throws -> Int {
        let new = folder.appending(path: "new")
        let names = try FileManager.default.contentsOfDirectory(atPath: new.path).filter { !$0.hasPrefix(".") }.sorted()
        var count = 0
        var held: (any Error)?
        for name in names {
            let file = new.appending(path: name)
            // Another server may have taken it meanwhile.
            guard let size = (try? FileManager.default.attributesOfItem(atPath: file.path))?[.size] as? Int else { continue }
            if size <= MailIn.longest {
                guard let bytes = try? Data(contentsOf: file) else { continue }
                do { _ = try await MailIn.receive([UInt8](bytes), sender: Self.returnPath(bytes), site) } catch let problem as DatabaseProblem {
                    throw problem
                } catch {
                    held = held ?? error
                    continue
                }
            } else {
                tooLarge(name)
            }
            try move(file, named: name)
            count += 1
        }
        if let held { throw held }
        return count
    }

    /// `cur/NAME:2,S`, as any mail program marks what was seen.
    private func move(_ file: URL, named name: String) throws {
        let cur = folder.appending(path: "cur")
        try FileManager.default.createDirectory(at: cur, withIntermediateDirectories: true)
        do {
            try FileManager.default.moveItem(at: file, to: cur.appending(path: "\(name.prefix { $0 != ":" }):2,S"))
        } catch  where !FileManager.default.fileExists(atPath: file.path) {
            return
        }
    }

    /// The sender of the envelope, which the server that delivers writes first; nil when it does not.
    private static func returnPath(_ bytes: Data) -> String? {
        let head = String(decoding: bytes.prefix(4_096), as: UTF8.self)
        guard let line = head.split(whereSeparator: \.isNewline).first(where: { $0.lowercased().hasPrefix("return-path:") }) else { return nil }
        return line.dropFirst("return-path:".count).filter { !$0.isWhitespace && $0 != "<" && $0 != ">" }
    }
}
