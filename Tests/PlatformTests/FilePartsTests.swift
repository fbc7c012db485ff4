import Foundation
import TestSupport
import Testing

@testable import Platform

/// A file that arrives piece by piece is whole in the end, whatever was lost, doubled or out of order.
@Suite struct FilePartsTests {
    private let person = "0190a0f0-1111-4222-8333-444455556666"

    private func withParts(_ body: (FileParts) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "parts-\(Secrets.token())")
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(FileParts(folder: folder))
    }

    @Test func `pieces in any order, any number of times, give the same file`() throws {
        try withParts { (parts: FileParts) throws in
            var random = SystemRandomNumberGenerator()
            for _ in 0..<200 {
                let bytes = Secrets.bytes(Int.random(in: 1...400, using: &random))
                let hash = Secrets.sha256(bytes)
                #expect(try parts.begin(hash, of: person))
                for _ in 0..<5_000 where parts.received(hash, of: person) != bytes.count {
                    let start = Int.random(in: 0..<bytes.count, using: &random)
                    let end = Int.random(in: start...bytes.count, using: &random)
                    _ = try parts.add(Array(bytes[start..<end]), at: start, to: hash, of: person, upTo: 1_000)
                }
                let received = parts.received(hash, of: person) ?? 0
                _ = try parts.add(Array(bytes[received...]), at: received, to: hash, of: person, upTo: 1_000)
                #expect(parts.content(hash, of: person) == bytes)
                parts.remove(hash, of: person)
            }
        }
    }

    @Test func `a name from outside makes no path, a file not begun takes nothing, and one is not longer than it may`() throws {
        try withParts { (parts: FileParts) throws in
            #expect(try !parts.begin("../../essaim.sqlite", of: person))
            #expect(try !parts.begin(Secrets.sha256("a"), of: "../x"))
            #expect(try parts.add([1], at: 0, to: Secrets.sha256("a"), of: person, upTo: 10) == nil)
            #expect(try parts.begin(Secrets.sha256("a"), of: person))
            #expect(try parts.add([UInt8](repeating: 1, count: 11), at: 0, to: Secrets.sha256("a"), of: person, upTo: 10) == 0)
            for number in 1..<FileParts.most { #expect(try parts.begin(Secrets.sha256("\(number)"), of: person)) }
            #expect(try !parts.begin(Secrets.sha256("one too many"), of: person))
        }
    }
}
