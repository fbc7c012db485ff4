import CZip

/// A ZIP archive that came from outside: nothing is believed, everything is counted.
public struct ReceivedArchive: Sendable {
    /// How much is taken, once unpacked.
    public struct Limits: Sendable {
        public var entries = 1_000
        public var bytes = 50 << 20
        /// How many times larger than the archive its content may be.
        public var ratio = 100

        public init() {}
    }

    /// The files, in their order; folders are left out.
    public let paths: [String]
    private let contents: [String: [UInt8]]

    /// Unpacks it whole in memory, within the limits, and checks each file against its checksum.
    /// - Throws: `ZipProblem`
    public init(_ bytes: [UInt8], within limits: Limits = Limits()) throws(ZipProblem) {
        let outcome = bytes.withUnsafeBytes { buffer in
            Result { () throws(ZipProblem) in try Self.unpack(buffer, within: limits) }
        }
        let files = try outcome.get()
        paths = files.map(\.path)
        contents = Dictionary(files.map { ($0.path, $0.bytes) }) { first, _ in first }
    }

    public subscript(_ path: String) -> [UInt8]? { contents[path] }

    private typealias File = (path: String, bytes: [UInt8])

    private static func unpack(_ buffer: UnsafeRawBufferPointer, within limits: Limits) throws(ZipProblem) -> [File] {
        guard !buffer.isEmpty, let source = zip_source_buffer_create(buffer.baseAddress, UInt64(buffer.count), 0, nil) else { throw .notAnArchive }
        guard let archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, nil) else {
            zip_source_free(source)
            throw .notAnArchive
        }
        defer { zip_discard(archive) }
        let count = zip_get_num_entries(archive, 0)
        guard count <= limits.entries else { throw .tooLarge }
        let most = min(limits.bytes, buffer.count * limits.ratio)
        var (files, names, total) = ([File](), Set<String>(), 0)
        for index in 0..<UInt64(max(0, count)) {
            let (path, size) = try facts(of: index, in: archive)
            guard names.insert(path.lowercased()).inserted else { throw .unsafeName }
            guard !path.hasSuffix("/") else { continue }
            guard size <= most - total else { throw .tooLarge }
            total += size
            files.append((path, try content(of: index, size, in: archive)))
        }
        return files
    }

    private static func facts(of index: UInt64, in archive: OpaquePointer) throws(ZipProblem) -> (path: String, size: Int) {
        var facts = zip_stat_t()
        guard zip_stat_index(archive, index, 0, &facts) == 0, let name = facts.name else { throw .damaged }
        let path = String(cString: name)
        guard isSafe(path), !isLink(index, in: archive) else { throw .unsafeName }
        guard facts.encryption_method == UInt16(ZIP_EM_NONE) else { throw .encrypted }
        guard facts.size <= UInt64(Int32.max) else { throw .tooLarge }
        return (path, Int(facts.size))
    }

    /// Whether a name stays inside: no root, no way up, nothing that a system reads otherwise.
    private static func isSafe(_ path: String) -> Bool {
        !path.isEmpty && !path.hasPrefix("/") && !path.contains("\\") && !path.contains(":")
            && !path.split(separator: "/").contains("..") && !path.unicodeScalars.contains { $0.value < 32 }
    }

    private static func isLink(_ index: UInt64, in archive: OpaquePointer) -> Bool {
        var (system, attributes) = (UInt8(0), UInt32(0))
        guard zip_file_get_external_attributes(archive, index, 0, &system, &attributes) == 0 else { return true }
        return Int32(system) == ZIP_OPSYS_UNIX && (attributes >> 16) & 0o170000 == 0o120000
    }

    private static func content(of index: UInt64, _ size: Int, in archive: OpaquePointer) throws(ZipProblem) -> [UInt8] {
        guard let file = zip_fopen_index(archive, index, 0) else { throw .damaged }
        defer { zip_fclose(file) }
        // One byte more than announced is asked for: a file that gives it lied, and one that gives fewer is cut.
        var bytes = [UInt8](repeating: 0, count: size + 1)
        var filled = 0
        while filled <= size {
            let read = bytes.withUnsafeMutableBytes { zip_fread(file, $0.baseAddress! + filled, UInt64(size + 1 - filled)) }
            guard read >= 0 else { throw .damaged }
            guard read > 0 else { break }
            filled += Int(read)
        }
        guard filled == size else { throw .damaged }
        bytes.removeLast()
        return bytes
    }
}
