extension PostgreSQLSession {
    /// What a transaction may do.
    enum Mode: String {
        /// Reads one snapshot.
        case reading = "REPEATABLE READ READ ONLY"
        /// As if nobody else were writing; refused when that cannot be.
        case writing = "SERIALIZABLE"
    }

    /// - Throws: what the body throws, or `PostgreSQLFailure`; in both cases nothing was kept, unless the failure says
    ///   that it is uncertain.
    func transact<T>(_ mode: Mode, _ body: (any Writer) throws -> T) throws -> T {
        failure = nil
        try command("BEGIN ISOLATION LEVEL \(mode.rawValue)")
        let outcome = Result { try body(self) }
        do {
            let value = try outcome.get()
            if let failure { throw failure }
            try commit(mode)
            return value
        } catch {
            if !isLost, library.status(handle) == 0, library.transactionStatus(handle) != 0 { library.clear(library.exec(handle, "ROLLBACK")) }
            if let failure, !(error is CancellationError), failure.isLoss || failure.code.hasPrefix("40") { throw failure }
            throw error
        }
    }

    private func commit(_ mode: Mode) throws {
        try cancellation.close()
        do {
            // A transaction that something broke answers ROLLBACK to COMMIT, without an error.
            guard try command("COMMIT") == "COMMIT" else {
                throw PostgreSQLFailure(code: "25P02", message: "the transaction was rolled back")
            }
        } catch let lost as PostgreSQLFailure where isLost || library.status(handle) != 0 {
            guard mode == .writing else { return }
            failure = PostgreSQLFailure(code: lost.code, message: lost.message, isUncertain: true)
            throw failure ?? lost
        }
    }
}
