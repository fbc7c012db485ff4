import Formats
import Testing

/// Archives are made as others read them, and nothing in a received one is believed.
struct ZipTests {
    private let moment = Instant(milliseconds: 1_800_000_000_000)

    private func archive(_ entries: (String, [UInt8])...) throws -> [UInt8] {
        var archive = ZipArchive()
        for (path, bytes) in entries { archive.add(path, bytes) }
        return try archive.bytes(at: moment)
    }

    /// The same archive with other bytes, wherever these stand.
    private func replacing(_ old: String, _ new: String, in archive: [UInt8]) -> [UInt8] {
        let (old, new) = (Array(old.utf8), Array(new.utf8))
        var bytes = archive
        for index in bytes.indices.dropLast(old.count - 1) where bytes[index...].starts(with: old) {
            bytes.replaceSubrange(index..<index + old.count, with: new)
        }
        return bytes
    }

    @Test func `what goes in comes out, in order`() throws {
        var archive = ZipArchive()
        archive.add("mimetype", "application/vnd.oasis.opendocument.text", stored: true)
        archive.add("été/lisez-moi.txt", "Bonjour à l’équipe")
        archive.add("vide", "")
        let bytes = try archive.bytes(at: moment)
        // OpenDocument: its kind can be read at a fixed place.
        #expect(String(decoding: bytes[30..<77], as: UTF8.self) == "mimetypeapplication/vnd.oasis.opendocument.text")
        let received = try ReceivedArchive(bytes)
        #expect(received.paths == ["mimetype", "été/lisez-moi.txt", "vide"])
        #expect(received["été/lisez-moi.txt"].map { String(decoding: $0, as: UTF8.self) } == "Bonjour à l’équipe")
        #expect(received["vide"] == [] && received["absent"] == nil)
    }

    @Test func `the same content makes the same archive`() throws {
        #expect(try archive(("a", [1, 2]), ("b", [3])) == archive(("a", [1, 2]), ("b", [3])))
        #expect(throws: ZipProblem.cannotWrite) { try archive(("a", [1]), ("a", [2])) }
    }

    @Test(arguments: ["../aaa", "/aaaaa", "b/../a", "a\\aaaa", "C:aaaa"])
    func `a name that leads outside is refused`(name: String) throws {
        let bytes = replacing("aaaaaa", name, in: try archive(("aaaaaa", [1])))
        #expect(throws: ZipProblem.unsafeName) { try ReceivedArchive(bytes) }
    }

    @Test func `two files of one name are refused`() throws {
        let bytes = replacing("aaaaab", "AAAAAA", in: try archive(("aaaaaa", [1]), ("aaaaab", [2])))
        #expect(throws: ZipProblem.unsafeName) { try ReceivedArchive(bytes) }
    }

    @Test func `more than is taken is refused`() throws {
        var limits = ReceivedArchive.Limits()
        let zeros = [UInt8](repeating: 0, count: 1 << 20)
        let bytes = try archive(("zeros", zeros))
        #expect(throws: ZipProblem.tooLarge) { try ReceivedArchive(bytes) }
        limits.ratio = 10_000
        #expect(try ReceivedArchive(bytes, within: limits)["zeros"] == zeros)
        limits.bytes = zeros.count - 1
        #expect(throws: ZipProblem.tooLarge) { try ReceivedArchive(bytes, within: limits) }
        limits.entries = 1
        #expect(throws: ZipProblem.tooLarge) { try ReceivedArchive(archive(("a", [1]), ("b", [2])), within: limits) }
    }

    @Test func `an archive cut or changed is refused, never half read`() throws {
        let text: [UInt8] = (0..<400).map { index in UInt8(index % 7 * 31 + index / 9) }
        let other = [UInt8](text.reversed())
        let bytes = try archive(("a", text), ("b", other))
        #expect(try ReceivedArchive(bytes)["a"] == text)
        for length in stride(from: 0, to: bytes.count, by: 7) {
            #expect(throws: ZipProblem.self) { try ReceivedArchive(Array(bytes[..<length])) }
        }
        for index in bytes.indices {
            var changed = bytes
            changed[index] ^= 0x41
            // What is still read is whole: the checksum of each content is asked.
            if let received = try? ReceivedArchive(changed) {
                for path in received.paths { #expect(received[path] == text || received[path] == other) }
            }
        }
    }
}
