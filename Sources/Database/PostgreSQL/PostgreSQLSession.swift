import Glibc

/// One session with the server, used by one thread at a time: statements prepared once, one transaction after the other.
final class PostgreSQLSession: Writer {
    let library: LibPQ
    let handle: LibPQ.Handle
    let dialect: any Dialect = PostgreSQLDialect()
    var cancellation = PostgreSQLCancellation()
    private let interrupt: @Sendable () -> Void
    private var prepared: [Shape: String] = [:]
    /// What broke the transaction in progress: whatever its body makes of it, nothing of it can be kept.
    var failure: PostgreSQLFailure?
    /// The server was lost, even when libpq does not know yet.
    private(set) var isLost = false

    /// A statement with the types of its values: what is prepared once.
    private struct Shape: Hashable {
        let text: String
        let kinds: [UInt32?]
    }

    init(library: LibPQ, handle: LibPQ.Handle) {
        self.library = library
        self.handle = handle
        nonisolated(unsafe) let request = library.getCancel(handle)
        interrupt = {
            var message = [CChar](repeating: 0, count: 256)
            _ = library.cancel(request, &message, 256)
        }
        freeInterrupt = { library.freeCancel(request) }
    }

    private let freeInterrupt: @Sendable () -> Void

    deinit {
        freeInterrupt()
        library.finish(handle)
    }

    /// False when the connection is lost, or left in the middle of something.
    var isUsable: Bool {
        !isLost && library.status(handle) == 0 && library.transactionStatus(handle) == 0 && !cancellation.wasInterrupted
    }

    func rows(_ statement: SQL) throws -> [Row] {
        let result = try execute(statement)
        defer { library.clear(result) }
        let fields = library.nfields(result)
        let kinds = (0..<fields).map { library.ftype(result, $0) }
        let columns = Row.Columns((0..<fields).map { LibPQ.text(library.fname(result, $0)) })
        return try (0..<library.ntuples(result)).map { row in
            Row(columns: columns, values: try (0..<fields).map { try value(result, row, $0, kinds[Int($0)]) })
        }
    }

    @discardableResult func run(_ statement: SQL) throws -> Int {
        let result = try execute(statement)
        defer { library.clear(result) }
        return Int(LibPQ.text(library.cmdTuples(result))) ?? 0
    }

    func script(_ statements: String) throws {
        try command(PostgreSQLTranslation.definitions(statements))
    }

    private func value(_ result: LibPQ.Handle, _ row: Int32, _ column: Int32, _ kind: UInt32) throws -> SQLValue {
        guard library.getisnull(result, row, column) == 0, let start = library.getvalue(result, row, column) else { return .null }
        let bytes = UnsafeRawBufferPointer(start: start, count: Int(library.getlength(result, row, column)))
        return try PostgreSQLValues.value(bytes, kind: kind)
    }

    private func execute(_ statement: SQL) throws -> LibPQ.Handle {
        let kinds = statement.values.map { PostgreSQLValues.kind($0) }
        let shape = Shape(text: statement.text, kinds: kinds)
        let name = try prepared[shape] ?? prepare(shape)
        let values = statement.values.filter { $0 != .null }
        // One byte more, so that an empty value is not taken for a null.
        var bytes: [UInt8] = []
        var ends: [Int] = []
        for value in values {
            PostgreSQLValues.append(value, to: &bytes)
            ends.append(bytes.count)
        }
        bytes.append(0)
        let starts = [0] + ends.dropLast()
        let lengths = zip(starts, ends).map { Int32($1 - $0) }
        let formats = [Int32](repeating: 1, count: values.count)
        return try finished { library in
            bytes.withUnsafeBytes { bytes in
                let pointers = starts.prefix(values.count).map { bytes.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
                return library.execPrepared(handle, name, Int32(values.count), pointers, lengths, formats, 1)
            }
        }
    }

    private func prepare(_ shape: Shape) throws -> String {
        if prepared.count >= 400 {
            try command("DEALLOCATE ALL")
            prepared.removeAll(keepingCapacity: true)
        }
        let name = "s\(prepared.count)"
        let text = PostgreSQLTranslation.numbered(shape.text) { $0 < shape.kinds.count && shape.kinds[$0] == nil }
        let kinds = shape.kinds.compactMap(\.self)
        library.clear(try finished { $0.prepare(handle, name, text, Int32(kinds.count), kinds) })
        prepared[shape] = name
        return name
    }

    /// Runs statements without values.
    /// - Returns: the tag of the last: `COMMIT`.
    @discardableResult func command(_ statements: String) throws -> String {
        let result = try finished { $0.exec(handle, statements) }
        defer { library.clear(result) }
        return LibPQ.text(library.cmdStatus(result))
    }

    private func finished(_ call: (LibPQ) -> LibPQ.Handle?) throws -> LibPQ.Handle {
        let result = try cancellation.statement(interrupt: interrupt) { call(library) }
        switch result.map({ library.resultStatus($0) }) {
        case 1, 2: return result!
        default:
            defer { library.clear(result) }
            let failure = failure(of: result)
            self.failure = self.failure ?? failure
            throw failure.code == "57014" && cancellation.isAsked ? CancellationError() : failure
        }
    }

    private func failure(of result: LibPQ.Handle?) -> PostgreSQLFailure {
        func field(_ name: Unicode.Scalar) -> String { LibPQ.text(library.resultErrorField(result, Int32(name.value))) }
        let code = field("C")
        let message = field("M")
        // What libpq says by itself has no code: it lost the server, even when it does not know yet.
        let failure = PostgreSQLFailure(
            code: code.isEmpty ? PostgreSQLFailure.lost : code,
            message: message.isEmpty ? LibPQ.text(library.errorMessage(handle)) : message, constraint: field("n"))
        isLost = isLost || failure.isLoss
        return failure
    }
}
