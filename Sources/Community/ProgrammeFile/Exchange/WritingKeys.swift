/// What a programme file is made of, once nothing but keys, lists and texts remain.
indirect enum FileNode {
    case text(String)
    case list([FileNode])
    case record([(key: String, value: FileNode)])
}

/// Copies a record out, key by key, in the order of the format's description.
struct WritingKeys: FileKeys {
    private var entries: [(key: String, value: FileNode)] = []

    static func node(of record: some FileRecord) -> FileNode {
        var copy = record
        var keys = WritingKeys()
        copy.pass(&keys)
        return .record(keys.entries)
    }

    mutating func format(_ version: String) { entries.append(("format", .text(version))) }

    mutating func scalar<Value>(
        _ key: String, _ value: inout Value?, _ shape: FileShape<Value>, required: Bool, link: FileLink?
    ) {
        if let value { entries.append((key, .text(shape.write(value)))) }
    }

    mutating func scalars<Value>(_ key: String, _ values: inout [Value], _ shape: FileShape<Value>, link: FileLink?) {
        if !values.isEmpty { entries.append((key, .list(values.map { .text(shape.write($0)) }))) }
    }

    mutating func record<Record: FileRecord>(_ key: String, _ record: inout Record?, required: Bool) {
        if let record { entries.append((key, WritingKeys.node(of: record))) }
    }

    mutating func records<Record: FileRecord>(_ key: String, _ records: inout [Record]) {
        if !records.isEmpty { entries.append((key, .list(records.map { WritingKeys.node(of: $0) }))) }
    }

    mutating func mark(_: inout ProgrammeFile.Line, at _: String?) {}

    mutating func demand(_: Bool, at _: String, _: @autoclosure () -> FileFault) {}
}
