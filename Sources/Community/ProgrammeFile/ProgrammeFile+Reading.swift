import Formats

extension ProgrammeFile {
    /// The largest file that is read, in bytes.
    public static let largest = 2 << 20

    /// Reads a programme file as it was received.
    ///
    /// - Parameters:
    ///   - bytes: the file, YAML or JSON, in UTF-8; at most 2 MiB.
    ///   - name: the file's name, for the sentences.
    /// - Returns: the whole programme, or every reason why nothing of it was taken.
    public static func read(_ bytes: [UInt8], named name: String) -> Result<ProgrammeFile, Problems> {
        if bytes.count > largest { return refused(name, "tooLarge", ["limit": .number(largest >> 20)]) }
        guard let text = String(validating: bytes, as: UTF8.self) else { return refused(name, "encoding") }
        return read(text, named: name)
    }

    /// Reads the text of a programme file, YAML or JSON; `name` is the file's name, for the sentences.
    ///
    /// - Returns: the whole programme, or every reason why nothing of it was taken.
    public static func read(_ text: String, named name: String) -> Result<ProgrammeFile, Problems> {
        if text.utf8.count > largest { return refused(name, "tooLarge", ["limit": .number(largest >> 20)]) }
        if text.allSatisfy(\.isWhitespace) { return refused(name, "empty") }
        let tree: Tree
        do {
            tree = try YAMLTree.read(text)
        } catch {
            let fault = fault(for: error.reason)
            return refused(name, fault.name, fault.arguments, line: error.line, column: error.column)
        }
        return read(tree, named: name)
    }

    private static func read(_ tree: Tree, named name: String) -> Result<ProgrammeFile, Problems> {
        let report = ReadingReport()
        if let fault = formatFault(of: tree) {
            report.refuse(fault.fault, at: fault.node, path: fault.path)
            return .failure(Problems(file: name, list: report.problems))
        }
        let file = ReadingKeys.read(ProgrammeFile.self, from: tree, path: "", report)
        report.checkReferences()
        guard report.problems.isEmpty else {
            let ordered = report.problems.enumerated().sorted {
                ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
            }
            return .failure(Problems(file: name, list: ordered.map(\.element)))
        }
        return .success(file)
    }

    /// Without the right version nothing else of the file can be judged.
    private static func formatFault(of tree: Tree) -> (fault: FileFault, node: Tree, path: String)? {
        guard case .map(let entries) = tree.kind else { return (FileFault("expectedProgramme"), tree, "") }
        let expected: [String: Argument] = ["expected": .text(format)]
        guard let value = entries.first(where: { $0.key == "format" })?.value else {
            return (FileFault("formatMissing", expected), tree, "format")
        }
        guard case .scalar(let typed, _) = value.kind, typed == format else {
            var arguments = expected
            if case .scalar(let typed, _) = value.kind { arguments["found"] = .text(FileFault.shown(typed)) }
            return (FileFault(arguments.count == 2 ? "format" : "formatMissing", arguments), value, "format")
        }
        return nil
    }

    private static func fault(for reason: YAMLTree.Failure.Reason) -> FileFault {
        switch reason {
        case .syntax: FileFault("syntax")
        case .duplicateKey(let key): FileFault("duplicateKey", ["found": .text(FileFault.shown(key))])
        case .tooDeep: FileFault("tooDeep")
        case .tooLarge: FileFault("tooLarge", ["limit": .number(largest >> 20)])
        case .aliasRefused: FileFault("alias")
        case .encoding: FileFault("encoding")
        case .empty: FileFault("empty")
        }
    }

    private static func refused(
        _ name: String, _ fault: String, _ arguments: [String: Argument] = [:], line: Int = 1, column: Int = 1
    ) -> Result<ProgrammeFile, Problems> {
        let problem = Problem(
            line: line, column: column, path: "", key: "community.file.\(fault)", arguments: arguments)
        return .failure(Problems(file: name, list: [problem]))
    }
}
