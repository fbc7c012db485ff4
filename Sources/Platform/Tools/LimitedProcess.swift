import Foundation

/// A tool of the system that works on a file from outside, as a process with little time, little memory and an empty
/// environment: whatever the file does to it, the server goes on.
public struct LimitedProcess: Sendable {
    /// What it may take before it is stopped.
    public struct Limits: Sendable {
        public var seconds: Int
        /// Address space, in bytes; nil for a tool that reserves much more than it uses and has a limit of its own.
        public var memory: Int?
        /// The largest file that it may write, in bytes.
        public var output: Int

        public init(seconds: Int = 30, memory: Int? = 1 << 30, output: Int = 64 << 20) {
            self.seconds = seconds
            self.memory = memory
            self.output = output
        }
    }

    let tool: String
    let arguments: [String]
    let limits: Limits
    let environment: [String: String]

    /// - Parameter tool: an absolute path, or a name looked for in the usual folders.
    public init(_ tool: String, _ arguments: [String], limits: Limits = Limits(), environment: [String: String] = [:]) {
        self.tool = tool
        self.arguments = arguments
        self.limits = limits
        self.environment = environment
    }

    /// Runs it in a folder, where what it says stays in `said`; two run at a time, the others wait.
    /// - Throws: `ToolProblem`
    public func run(in folder: WorkFolder) async throws {
        await Self.turns.take()
        let status = await Blocking.run { start(in: folder) }
        await Self.turns.give()
        switch status {
        case 0: return
        case 126, 127, nil: throw ToolProblem.missing(tool)
        // Stopped by the clock (KILL), by its share of the processor (XCPU), or for a file too large (XFSZ).
        case 124, 137, 152, 153: throw ToolProblem.tooMuch
        default: throw ToolProblem.failed(Self.words(in: folder))
        }
    }

    /// Its exit status; nil when it could not be started.
    private func start(in folder: WorkFolder) -> Int32? {
        let log = "\(folder.path)/said"
        guard FileManager.default.createFile(atPath: log, contents: nil), let words = FileHandle(forWritingAtPath: log)
        else { return nil }
        defer { try? words.close() }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/prlimit")
        process.arguments = boundaries + ["--", "/usr/bin/timeout", "--signal=KILL", "\(limits.seconds)", tool] + arguments
        process.currentDirectoryURL = URL(filePath: folder.path)
        process.environment = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder.path, "TMPDIR": folder.path,
        ].merging(environment) { _, own in own }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = words
        process.standardError = words
        guard (try? process.run()) != nil else { return nil }
        process.waitUntilExit()
        // Killed for a limit: as a shell would say it.
        return process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
    }

    private var boundaries: [String] {
        ["--core=0", "--nofile=256", "--cpu=\(limits.seconds)", "--fsize=\(limits.output)"]
            + (limits.memory.map { ["--as=\($0)"] } ?? [])
    }

    /// The end of what it said.
    private static func words(in folder: WorkFolder) -> String {
        String(decoding: (folder.read("said") ?? []).suffix(500), as: UTF8.self)
    }

    private static let turns = Turns(2)
}

/// Why a tool gave nothing.
public enum ToolProblem: Error, Equatable {
    /// It is not on this machine.
    case missing(String)
    /// It took more time or more room than it may.
    case tooMuch
    /// What it said.
    case failed(String)
}

/// So many at a time; the others wait in order.
package actor Turns {
    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(_ count: Int) {
        free = count
    }

    package func take() async {
        guard free == 0 else {
            free -= 1
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }

    package func give() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
