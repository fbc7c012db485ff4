import Glibc

extension PostgreSQLSession {
    /// Opens a session with a server that Essaim can use.
    /// - Parameter schema: where tables are; nil for the one that the server gives.
    /// - Throws: `PostgreSQLFailure` when the server refuses or does not answer, `DatabaseProblem` when it cannot be used.
    static func open(_ address: PostgreSQLAddress, schema: String?, isDurable: Bool) throws -> PostgreSQLSession {
        let library = try LibPQ.loaded()
        let handle = try connect(address, library)
        let session = PostgreSQLSession(library: library, handle: handle)
        let version = Int(library.serverVersion(handle))
        guard version >= 150_000 else { throw DatabaseProblem.refused(.oldServer("\(version / 10_000)")) }
        let encoding = LibPQ.text(library.parameterStatus(handle, "server_encoding"))
        guard encoding == "UTF8" else { throw DatabaseProblem.refused(.encoding(encoding)) }
        if let schema { try session.run("SELECT set_config('search_path', \(schema), false)") }
        try session.run(settings)
        if isDurable {
            let unsafe = try session.texts(
                "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') AND setting = 'off' ORDER BY name")
            guard unsafe.isEmpty else { throw DatabaseProblem.notDurable("\(unsafe[0]) = off") }
        }
        return session
    }

    /// What a session needs, where nobody chose otherwise (in the address, for the role, on the server): nothing waits for
    /// ever, a commit that is acknowledged is on the disk, and no query of a few milliseconds is compiled for a second.
    private static let settings: SQL = """
        SELECT set_config(name, wanted, false) FROM (VALUES ('statement_timeout', '30s', '0'), ('lock_timeout', '10s', '0'),
            ('idle_in_transaction_session_timeout', '60s', '0'), ('synchronous_commit', 'on', 'off'),
            ('jit', 'off', 'on'))
        AS setting (name, wanted, without) WHERE current_setting(name) = without
        """

    private static let patience = 10.0

    private static func connect(_ address: PostgreSQLAddress, _ library: LibPQ) throws -> LibPQ.Handle {
        // What comes before the address is replaced by what the address says.
        let parameters = [
            ("application_name", "essaim"), ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"), ("dbname", address.text), ("client_encoding", "UTF8"),
        ]
        let handle = withCStrings(parameters.map(\.0)) { keywords in
            withCStrings(parameters.map(\.1)) { values in library.connectStartParams(keywords, values, 1) }
        }
        do {
            try wait(for: handle, library)
        } catch {
            library.finish(handle)
            throw error
        }
        guard let handle else { throw PostgreSQLFailure(code: "53200", message: "out of memory") }
        _ = library.setErrorVerbosity(handle, 1)
        _ = library.setNoticeProcessor(handle, { _, _ in }, nil)
        return handle
    }

    private static func wait(for handle: LibPQ.Handle?, _ library: LibPQ) throws {
        // Verbose messages carry the code of the refusal, which libpq gives in no other way.
        _ = library.setErrorVerbosity(handle, 2)
        _ = library.setNoticeProcessor(handle, { _, _ in }, nil)
        let deadline = seconds() + patience
        var step: UInt32 = library.status(handle) == 1 ? 0 : 2
        while step != 3 {
            guard step != 0 else { throw refusal(LibPQ.text(library.errorMessage(handle))) }
            let left = deadline - seconds()
            guard left > 0 else { throw PostgreSQLFailure(code: "08001", message: "no answer in \(Int(patience)) seconds") }
            var descriptor = pollfd(fd: library.socket(handle), events: Int16(step == 1 ? POLLIN : POLLOUT), revents: 0)
            if poll(&descriptor, 1, Int32(left * 1_000) + 1) > 0 { step = library.connectPoll(handle) }
        }
    }

    /// `…: FATAL:  28P01: password authentication failed…` and a line of place.
    private static func refusal(_ words: String) -> PostgreSQLFailure {
        let line = words.split(separator: "\n").first.map(String.init) ?? words
        guard let told = line.firstMatch(of: /[A-Z]+: +([0-9A-Z]{5}): (.*)/) else {
            return PostgreSQLFailure(code: "08001", message: line)
        }
        return PostgreSQLFailure(code: String(told.1), message: String(told.2))
    }

    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1_000_000_000
    }

    private static func withCStrings<T>(_ texts: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> T) -> T {
        let copies = texts.map { strdup($0) }
        defer { copies.forEach { free($0) } }
        return (copies.map { $0.map { UnsafePointer($0) } } + [nil]).withUnsafeBufferPointer { body($0.baseAddress!) }
    }
}
