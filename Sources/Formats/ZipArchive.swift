import CZip

/// A ZIP archive being made, in memory: documents, sheets, what somebody takes away.
public struct ZipArchive {
    private struct Entry {
        let path: String
        let bytes: [UInt8]
        let isStored: Bool
    }

    private var entries: [Entry] = []

    public init() {}

    /// Adds a file. `stored` leaves it as it is, as the first entry of an OpenDocument must be.
    public mutating func add(_ path: String, _ bytes: [UInt8], stored: Bool = false) {
        entries.append(Entry(path: path, bytes: bytes, isStored: stored))
    }

    public mutating func add(_ path: String, _ text: String, stored: Bool = false) {
        add(path, Array(text.utf8), stored: stored)
    }

    /// The archive, its files in the order they were added, all dated of this moment.
    /// - Throws: `ZipProblem.cannotWrite`: two files of one name, or no memory.
    public func bytes(at moment: Instant) throws(ZipProblem) -> [UInt8] {
        guard let target = zip_source_buffer_create(nil, 0, 0, nil) else { throw .cannotWrite }
        defer { zip_source_free(target) }
        guard let archive = zip_open_from_source(target, ZIP_TRUNCATE, nil) else { throw .cannotWrite }
        zip_source_keep(target)
        for entry in entries where !add(entry, to: archive, at: moment) {
            zip_discard(archive)
            throw .cannotWrite
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw .cannotWrite
        }
        return try Self.content(of: target)
    }

    private func add(_ entry: Entry, to archive: OpaquePointer, at moment: Instant) -> Bool {
        // libzip reads the bytes when it closes: it is given a copy, which it frees.
        let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, entry.bytes.count), alignment: 1)
        copy.copyBytes(from: entry.bytes)
        guard let source = zip_source_buffer(archive, copy.baseAddress, UInt64(entry.bytes.count), 1) else {
            copy.deallocate()
            return false
        }
        let index = zip_file_add(archive, entry.path, source, UInt32(ZIP_FL_ENC_UTF_8))
        guard index >= 0 else {
            zip_source_free(source)
            return false
        }
        let method = entry.isStored ? ZIP_CM_STORE : ZIP_CM_DEFLATE
        return zip_set_file_compression(archive, UInt64(index), Int32(method), 0) == 0
            && zip_file_set_mtime(archive, UInt64(index), Int(moment.milliseconds / 1000), 0) == 0
    }

    private static func content(of source: OpaquePointer) throws(ZipProblem) -> [UInt8] {
        var facts = zip_stat_t()
        guard zip_source_stat(source, &facts) == 0, zip_source_open(source) == 0 else { throw .cannotWrite }
        defer { zip_source_close(source) }
        var bytes = [UInt8](repeating: 0, count: Int(facts.size))
        guard zip_source_read(source, &bytes, facts.size) == Int64(facts.size) else { throw .cannotWrite }
        return bytes
    }
}

/// Why an archive cannot be made or read.
public enum ZipProblem: Error, Equatable {
    case notAnArchive
    /// A name that leads out of the archive, twice the same, or a file that is a link.
    case unsafeName
    case encrypted
    /// More files, or more bytes once unpacked, than is taken.
    case tooLarge
    /// A file whose bytes are not those announced.
    case damaged
    case cannotWrite
}
