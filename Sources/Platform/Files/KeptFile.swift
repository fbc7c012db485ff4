import Database
import Formats

extension Change {
    /// Keeps a file with the thing it belongs to, once the right was asked and the rules said yes; answers its identifier.
    /// It leaves the disk again when the change fails.
    public func keep(_ file: UploadedFile, _ kind: FileStore.Kind, of objectId: String) throws -> String {
        let isNew = !site.files.has(file.bytes)
        let hash = try site.files.keep(file.bytes)
        if isNew { keptFiles.append(hash) }
        let id = newId()
        try run(
            """
            INSERT INTO file (id, hash, kind, size, name, owner_id, created_at)
            VALUES (\(id), \(hash), \(kind.rawValue), \(file.bytes.count), \(file.name), \(objectId), \(now))
            """)
        return id
    }

    /// What this change put on the disk goes with it.
    func dropFiles() {
        for hash in keptFiles { try? site.files.remove(hash) }
    }
}
