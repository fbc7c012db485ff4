import Formats

/// What is noticed while a programme file is read: problems, identifiers given, identifiers pointed at.
///
/// One per reading, used by that reading alone.
final class ReadingReport {
    private(set) var problems: [ProgrammeFile.Problem] = []
    private var declared: [FileKind: [String: Int]] = [:]
    private var references: [(kind: FileKind, id: String, node: Tree, path: String)] = []

    /// A file that is wrong everywhere is told about its first problems only.
    private static let limit = 200

    func refuse(_ fault: FileFault, line: Int, column: Int, path: String) {
        guard problems.count < ReadingReport.limit else { return }
        problems.append(
            ProgrammeFile.Problem(
                line: line, column: column, path: path, key: "community.file.\(fault.name)",
                arguments: fault.arguments))
    }

    func refuse(_ fault: FileFault, at node: Tree, path: String) {
        refuse(fault, line: node.line, column: node.column, path: path)
    }

    func note(_ link: FileLink, _ id: String, at node: Tree, path: String) {
        switch link {
        case .refers(let kind): references.append((kind, id, node, path))
        case .declares(let kind):
            if let first = declared[kind]?[id] {
                let arguments: [String: ProgrammeFile.Argument] = ["found": .text(id), "first": .text(String(first))]
                refuse(FileFault("duplicateIdentifier", arguments), at: node, path: path)
            } else {
                declared[kind, default: [:]][id] = node.line
            }
        }
    }

    /// Once everything was read: what points at nothing.
    func checkReferences() {
        for reference in references where declared[reference.kind]?[reference.id] == nil {
            let known = Array((declared[reference.kind] ?? [:]).keys)
            var arguments: [String: ProgrammeFile.Argument] = [
                "found": .text(reference.id), "list": .text(reference.kind.rawValue),
            ]
            var name = "dangling"
            if let nearest = Closeness.nearest(to: reference.id, among: known) {
                arguments["nearest"] = .text(nearest)
                name = "danglingNear"
            }
            refuse(FileFault(name, arguments), at: reference.node, path: reference.path)
        }
    }
}
