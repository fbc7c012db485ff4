import Glibc

extension PostgreSQLSession {
    /// Where the servers of one database tell each other that public pages changed.
    private static let channel = "essaim"

    func announceChange() throws {
        try command("NOTIFY \(Self.channel)")
    }

    func listen() throws {
        try command("LISTEN \(Self.channel)")
    }

    /// Waits for the notices of other servers, `milliseconds` at most; says whether one came.
    /// - Throws: `PostgreSQLFailure` when the connection is lost.
    func hears(within milliseconds: Int32) throws -> Bool {
        var descriptor = pollfd(fd: library.socket(handle), events: Int16(POLLIN), revents: 0)
        _ = poll(&descriptor, 1, milliseconds)
        guard library.consumeInput(handle) == 1 else {
            throw PostgreSQLFailure(code: PostgreSQLFailure.lost, message: LibPQ.text(library.errorMessage(handle)))
        }
        var heard = false
        while let notice = library.notifies(handle) {
            library.freemem(notice)
            heard = true
        }
        return heard
    }
}
