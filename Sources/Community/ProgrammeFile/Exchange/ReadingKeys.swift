import Formats

/// Fills a record from a node of the file, and reports what does not fit.
struct ReadingKeys: FileKeys {
    private let node: Tree
    private let path: String
    private let report: ReadingReport
    private var values: [String: Tree] = [:]
    private var asked: [String] = []

    /// Reads the record of a node; anything but a record is reported, and read as an empty one would be.
    static func read<Record: FileRecord>(
        _: Record.Type, from node: Tree, path: String, _ report: ReadingReport
    )
        -> Record
    {
        var record = Record()
        guard case .map = node.kind else {
            report.refuse(FileFault("expectedRecord"), at: node, path: path)
            return record
        }
        var keys = ReadingKeys(node, path, report)
        record.pass(&keys)
        keys.reportUnknown()
        return record
    }

    private init(_ node: Tree, _ path: String, _ report: ReadingReport) {
        (self.node, self.path, self.report) = (node, path, report)
        guard case .map(let entries) = node.kind else { return }
        for entry in entries { values[entry.key] = entry.value }
    }

    mutating func format(_: String) { asked.append("format") }

    mutating func scalar<Value>(
        _ key: String, _ value: inout Value?, _ shape: FileShape<Value>, required: Bool, link: FileLink?
    ) {
        guard let node = present(key, required: required) else { return }
        if let read = understood(node, path: inside(key), shape, link) { value = read }
    }

    mutating func scalars<Value>(_ key: String, _ values: inout [Value], _ shape: FileShape<Value>, link: FileLink?) {
        guard let node = present(key, required: false) else { return }
        values = items(of: node, key).compactMap { understood($0.node, path: $0.path, shape, link) }
    }

    mutating func record<Record: FileRecord>(_ key: String, _ record: inout Record?, required: Bool) {
        guard let node = present(key, required: required) else { return }
        record = ReadingKeys.read(Record.self, from: node, path: inside(key), report)
    }

    mutating func records<Record: FileRecord>(_ key: String, _ records: inout [Record]) {
        guard let node = present(key, required: false) else { return }
        records = items(of: node, key).map { ReadingKeys.read(Record.self, from: $0.node, path: $0.path, report) }
    }

    mutating func mark(_ line: inout ProgrammeFile.Line, at key: String?) {
        line = ProgrammeFile.Line(key.flatMap { values[$0]?.line } ?? node.line)
    }

    mutating func demand(_ holds: Bool, at key: String, _ fault: @autoclosure () -> FileFault) {
        guard !holds else { return }
        report.refuse(fault(), at: values[key] ?? node, path: inside(key))
    }

    /// The value of a key. A bare `null` is as good as no key.
    private mutating func present(_ key: String, required: Bool) -> Tree? {
        asked.append(key)
        if let value = values[key], !value.isNull { return value }
        if required { report.refuse(FileFault("missing", ["missing": .text(key)]), at: node, path: path) }
        return nil
    }

    private func understood<Value>(_ node: Tree, path: String, _ shape: FileShape<Value>, _ link: FileLink?) -> Value? {
        guard case .scalar(let typed, _) = node.kind else {
            report.refuse(FileFault("expectedText"), at: node, path: path)
            return nil
        }
        switch shape.read(typed) {
        case .success(let value):
            if let link, let id = value as? String { report.note(link, id, at: node, path: path) }
            return value
        case .failure(let fault):
            report.refuse(fault, at: node, path: path)
            return nil
        }
    }

    private func items(of node: Tree, _ key: String) -> [(node: Tree, path: String)] {
        guard case .list(let nodes) = node.kind else {
            report.refuse(FileFault("expectedList"), at: node, path: inside(key))
            return []
        }
        return nodes.enumerated().map { ($0.element, "\(inside(key))[\($0.offset + 1)]") }
    }

    private func reportUnknown() {
        guard case .map(let entries) = node.kind else { return }
        for entry in entries where !asked.contains(entry.key) {
            var arguments: [String: ProgrammeFile.Argument] = ["found": .text(FileFault.shown(entry.key))]
            var name = "unknownKey"
            if let nearest = Closeness.nearest(to: entry.key, among: asked) {
                arguments["nearest"] = .text(nearest)
                name = "unknownKeyNear"
            }
            report.refuse(
                FileFault(name, arguments), line: entry.keyLine, column: node.column,
                path: inside(FileFault.shown(entry.key)))
        }
    }

    private func inside(_ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
