/// A part of the programme file that lists its keys once, for reading, for writing and for the documentation.
protocol FileRecord {
    init()
    mutating func pass(_ keys: inout some FileKeys)
}

/// What walks through the keys of a record: a reader fills the values, a writer copies them out.
protocol FileKeys {
    /// The version line at the top of the file.
    mutating func format(_ version: String)
    /// One scalar under `key`; `nil` when absent.
    mutating func scalar<Value>(
        _ key: String, _ value: inout Value?, _ shape: FileShape<Value>, required: Bool, link: FileLink?)
    /// A list of scalars under `key`; empty when absent.
    mutating func scalars<Value>(_ key: String, _ values: inout [Value], _ shape: FileShape<Value>, link: FileLink?)
    /// One nested record under `key`; `nil` when absent.
    mutating func record<Record: FileRecord>(_ key: String, _ record: inout Record?, required: Bool)
    /// A list of nested records under `key`; empty when absent.
    mutating func records<Record: FileRecord>(_ key: String, _ records: inout [Record])
    /// The line of `key`, or of the record itself.
    mutating func mark(_ line: inout ProgrammeFile.Line, at key: String?)
    /// A rule that binds several keys of a record.
    mutating func demand(_ holds: Bool, at key: String, _ fault: @autoclosure () -> FileFault)
}

extension FileKeys {
    mutating func line(_ key: String, _ value: inout String) { required(key, &value, .line) }
    mutating func line(_ key: String, _ value: inout String?) { optional(key, &value, .line) }
    mutating func text(_ key: String, _ value: inout String) { required(key, &value, .text) }
    mutating func text(_ key: String, _ value: inout String?) { optional(key, &value, .text) }
    mutating func texts(_ key: String, _ values: inout [String]) { scalars(key, &values, .text, link: nil) }

    mutating func number(_ key: String, _ value: inout Int, in range: ClosedRange<Int>) {
        required(key, &value, .number(in: range))
    }
    mutating func number(_ key: String, _ value: inout Int?, in range: ClosedRange<Int>) {
        optional(key, &value, .number(in: range))
    }
    mutating func quantity(_ key: String, _ value: inout ProgrammeFile.Quantity) { required(key, &value, .quantity) }
    mutating func quantity(_ key: String, _ value: inout ProgrammeFile.Quantity?) { optional(key, &value, .quantity) }

    /// A yes or a no; the value already there stands when the key is absent.
    mutating func flag(_ key: String, _ value: inout Bool) { standing(key, &value, .flag) }

    /// One word of a closed list; the value already there stands when the key is absent.
    mutating func choice<Value: FileChoice>(_ key: String, _ value: inout Value) { standing(key, &value, .choice()) }
    mutating func choice<Value: FileChoice>(_ key: String, _ value: inout Value?) { optional(key, &value, .choice()) }
    mutating func requiredChoice<Value: FileChoice>(_ key: String, _ value: inout Value) {
        required(key, &value, .choice())
    }

    /// The identifier of a record, unique among those of its kind.
    mutating func identifier(_ key: String, _ value: inout String, of kind: FileKind) {
        var read: String? = value
        scalar(key, &read, .identifier, required: true, link: .declares(kind))
        if let read { value = read }
    }
    /// The last part of an address; also the identifier of a record when a kind is given.
    mutating func slug(_ key: String, _ value: inout String, of kind: FileKind? = nil) {
        var read: String? = value
        scalar(key, &read, .slug, required: true, link: kind.map(FileLink.declares))
        if let read { value = read }
    }
    mutating func reference(_ key: String, _ value: inout String, to kind: FileKind) {
        var read: String? = value
        scalar(key, &read, .identifier, required: true, link: .refers(kind))
        if let read { value = read }
    }
    mutating func reference(_ key: String, _ value: inout String?, to kind: FileKind) {
        scalar(key, &value, .identifier, required: false, link: .refers(kind))
    }
    mutating func references(_ key: String, _ values: inout [String], to kind: FileKind) {
        scalars(key, &values, .identifier, link: .refers(kind))
    }

    mutating func record<Record: FileRecord>(_ key: String, _ value: inout Record?) {
        record(key, &value, required: false)
    }
    /// A record whose defaults stand when the key is absent.
    mutating func record<Record: FileRecord>(_ key: String, _ value: inout Record) {
        var read: Record? = value
        record(key, &read, required: false)
        if let read { value = read }
    }

    private mutating func required<Value>(_ key: String, _ value: inout Value, _ shape: FileShape<Value>) {
        var read: Value? = value
        scalar(key, &read, shape, required: true, link: nil)
        if let read { value = read }
    }
    private mutating func optional<Value>(_ key: String, _ value: inout Value?, _ shape: FileShape<Value>) {
        scalar(key, &value, shape, required: false, link: nil)
    }
    private mutating func standing<Value>(_ key: String, _ value: inout Value, _ shape: FileShape<Value>) {
        var read: Value? = value
        scalar(key, &read, shape, required: false, link: nil)
        if let read { value = read }
    }
}
