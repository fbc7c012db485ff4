import Formats
import Foundation
import Logging

/// What makes PDF papers: the `typst` of the system, or a Python that has its module.
public struct Typst: Sendable, Equatable {
    let command: String
    let papers: URL

    /// The command of the settings; else `typst` where commands are; else the Python of the package, or of a checkout. Nil when
    /// none is there.
    static func find(_ setting: String?, share: URL) -> Typst? {
        let papers = share.appending(path: "papers")
        if let setting { return isThere(setting) ? Typst(command: setting, papers: papers) : nil }
        let commands = ["/usr/local/bin/typst", "/usr/bin/typst"]
        let homes = [share.appending(path: "typst"), share.appending(path: "../../tools/venv").standardizedFileURL]
        let pythons = homes.filter(hasModule).map { $0.appending(path: "bin/python3").path }
        return (commands + pythons).first(where: isThere).map { Typst(command: $0, papers: papers) }
    }

    /// Whether a Python environment that came with the site has the module, and nothing to run it.
    static func lacksPython(_ share: URL) -> Bool {
        let home = share.appending(path: "typst")
        return hasModule(home) && !isThere(home.appending(path: "bin/python3").path)
    }

    private static func isThere(_ command: String) -> Bool { FileManager.default.isExecutableFile(atPath: command) }

    /// Whether a Python environment has the module.
    private static func hasModule(_ home: URL) -> Bool {
        let library = home.appending(path: "lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: library.path)) ?? []
        return versions.contains { FileManager.default.fileExists(atPath: library.appending(path: "\($0)/site-packages/typst").path) }
    }

    private var isPython: Bool { command.split(separator: "/").last?.hasPrefix("python") == true }

    /// What a paper depends on besides its words.
    public var template: [UInt8] { (try? Data(contentsOf: papers.appending(path: "paper.typ"))).map { [UInt8]($0) } ?? [] }

    /// Makes the PDF of a paper, with its images by their names: tagged, and PDF/UA-1 unless the fonts of this machine lack one of its letters.
    /// - Throws: `ToolProblem`, `DatabaseProblem.full`
    public func pdf(_ paper: JSONValue, _ files: [String: [UInt8]] = [:], at moment: Instant, site: Site) async throws -> [UInt8] {
        do { return try await made(paper, files, at: moment, site: site) } catch let problem as ToolProblem {
            site.log.error("aucun PDF n'a été fait", metadata: ["cause": "\(problem)"])
            throw problem
        }
    }

    private func made(_ paper: JSONValue, _ files: [String: [UInt8]], at moment: Instant, site: Site) async throws -> [UInt8] {
        try await site.withWorkFolder { folder in
            try folder.write(template, to: "paper.typ")
            try folder.write(Array(CanonicalJSON.encode(paper).utf8), to: "paper.json")
            for (name, bytes) in files { try folder.write(bytes, to: name) }
            let seconds = String(moment.milliseconds / 1_000)
            let limits = LimitedProcess.Limits(seconds: 60, memory: nil, output: 64 << 20)
            if isPython {
                let program = (try? Data(contentsOf: papers.appending(path: "compile.py"))).map { [UInt8]($0) } ?? []
                try folder.write(program, to: "compile.py")
                try await LimitedProcess(command, ["-I", "compile.py", seconds], limits: limits).run(in: folder)
            } else {
                let arguments = ["compile", "--root", ".", "--creation-timestamp", seconds, "paper.typ", "paper.pdf"]
                do {
                    try await LimitedProcess(command, arguments + ["--pdf-standard", "ua-1"], limits: limits).run(in: folder)
                } catch ToolProblem.failed {
                    try await LimitedProcess(command, arguments, limits: limits).run(in: folder)
                }
            }
            guard let pdf = folder.read("paper.pdf") else { throw ToolProblem.failed("no PDF") }
            return pdf
        }
    }
}

extension Site {
    /// What makes PDF papers here; nil when it is not installed: none is offered then.
    public var typst: Typst? { Typst.find(configuration.typst, share: share.folder) }

    /// Python is what is missing to make them.
    public var lacksPython: Bool { typst == nil && configuration.typst == nil && Typst.lacksPython(share.folder) }
}
