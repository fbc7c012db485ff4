/// The address of a database, `postgres://user@host:port/name?sslmode=…`, as libpq reads it.
struct PostgreSQLAddress: Sendable {
    let text: String
    /// What the address says, by libpq's own keywords.
    private let parts: [Part]

    private struct Part: Sendable {
        let keyword: String
        let variable: String?
        let value: String
    }

    /// - Throws: `DatabaseProblem.refused(.badAddress)`, `.refused(.noLibrary)`
    init(_ text: String) throws {
        let library = try LibPQ.loaded()
        guard text.hasPrefix("postgres://") || text.hasPrefix("postgresql://") else {
            throw DatabaseProblem.refused(.badAddress("postgres://"))
        }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = library.conninfoParse(text, &message) else {
            defer { library.freemem(message) }
            throw DatabaseProblem.refused(.badAddress(LibPQ.text(message)))
        }
        defer { library.conninfoFree(options) }
        var parts: [Part] = []
        var option = options.assumingMemoryBound(to: ConninfoOption.self)
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.value {
                parts.append(
                    Part(keyword: LibPQ.text(keyword), variable: option.pointee.variable.map { LibPQ.text($0) }, value: LibPQ.text(value)))
            }
            option += 1
        }
        self.text = text
        self.parts = parts
    }

    /// For a tool of PostgreSQL: the address as environment variables, where a password is not seen by other users.
    var environment: [String: String] {
        Dictionary(parts.compactMap { part in part.variable.map { ($0, part.value) } }) { _, last in last }
    }
}

/// `PQconninfoOption`, in the order of libpq's header.
private struct ConninfoOption {
    var keyword: UnsafePointer<CChar>?
    var variable: UnsafePointer<CChar>?
    var compiled: UnsafePointer<CChar>?
    var value: UnsafePointer<CChar>?
    var label: UnsafePointer<CChar>?
    var display: UnsafePointer<CChar>?
    var size: Int32
}
