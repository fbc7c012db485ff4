import Foundation
import TestSupport
import Testing

@testable import Platform

/// A tool that works on what came from outside is stopped in time, and leaves nothing behind.
struct LimitedProcessTests {
    private func run(_ script: String, _ limits: LimitedProcess.Limits = .init()) async throws -> [UInt8]? {
        let test = try await TestSite()
        return try await test.site.withWorkFolder { folder in
            try folder.write(Array("oui".utf8), to: "entry")
            try await LimitedProcess("/bin/sh", ["-c", script], limits: limits).run(in: folder)
            return folder.read("result")
        }
    }

    @Test func `it works in a folder of its own, with an empty environment`() async throws {
        let result = try await run("cat entry > result; env | grep -v ^PWD= | cut -d= -f1 | sort | tr '\\n' ' ' >> result")
        #expect(result.map { String(decoding: $0, as: UTF8.self) } == "ouiHOME LANG PATH TMPDIR ")
    }

    @Test func `it is stopped when it takes too long, and what it started too`() async throws {
        await #expect(throws: ToolProblem.tooMuch) { try await run("sleep 60 & sleep 60", .init(seconds: 1)) }
    }

    @Test func `it is stopped when it fills the disk or the memory`() async throws {
        await #expect(throws: ToolProblem.self) { try await run("yes > result", .init(output: 1 << 20)) }
        await #expect(throws: ToolProblem.self) {
            try await run("python3 -c 'x = bytearray(1 << 30)'", .init(memory: 256 << 20))
        }
    }

    @Test func `what it says when it fails is told`() async throws {
        await #expect(throws: ToolProblem.failed("non\n")) { try await run("echo non >&2; exit 3") }
    }

    @Test func `a tool that is not there is named`() async throws {
        let test = try await TestSite()
        await #expect(throws: ToolProblem.missing("no-such-tool")) {
            try await test.site.withWorkFolder { folder in try await LimitedProcess("no-such-tool", []).run(in: folder) }
        }
    }

    @Test func `a link put where its result should be is not followed`() async throws {
        #expect(try await run("ln -s /etc/passwd result") == nil)
    }

    @Test func `the folder goes with the task`() async throws {
        let test = try await TestSite()
        let path = try await test.site.withWorkFolder { folder in
            try folder.write([1], to: "entry")
            return folder.path
        }
        #expect(FileManager.default.fileExists(atPath: path) == false)
    }
}
