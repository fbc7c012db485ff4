import Glibc

extension PostgreSQLSession {
    /// Where the servers of one database tell each other that public pages changed.
    private static let channel = "essaim"

    func announceChange() throws {
        try command("NOTIFY \(Self.channel)")
    }

    func announce(_ message: String) throws {
        _ = try rows("SELECT 1 FROM pg_notify(\(Self.channel), \(message))")
    }

    func listen() throws {
        try command("LISTEN \(Self.channel)")
    }

    /// Waits for the notices of other servers, `milliseconds` at most: what each says, nothing when public pages changed.
    /// - Throws: `PostgreSQLFailure` when the connection is lost.
    func hears(within milliseconds: Int32) throws -> [String] {
        var descriptor = pollfd(fd: library.socket(handle), events: Int16(POLLIN), revents: 0)
        _ = poll(&descriptor, 1, milliseconds)
        guard library.consumeInput(handle) == 1 else {
            throw PostgreSQLFailure(code: PostgreSQLFailure.lost, message: LibPQ.text(library.errorMessage(handle)))
        }
        var heard: [String] = []
        while let notice = library.notifies(handle) {
            heard.append(LibPQ.said(notice))
            library.freemem(notice)
        }
        return heard
    }
}
