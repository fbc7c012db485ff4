/// An error as the server or libpq tells it: five characters that name it (SQLSTATE), and its words.
struct PostgreSQLFailure: Error {
    /// `08006` when the connection was lost, whoever noticed it.
    let code: String
    let message: String
    /// The constraint that was broken.
    var constraint = ""
    /// The answer to a commit was lost.
    var isUncertain = false

    static let lost = "08006"

    /// Another attempt, from the beginning, may well succeed: nothing of this one was kept.
    func isWorthRepeating(after attempts: Int) -> Bool {
        if isUncertain { return false }
        return switch code {
        // Serialization failure, deadlock.
        case "40001", "40P01": attempts < 12
        // A rule looked before another transaction wrote: looking again, it refuses in its own words. Two servers that
        // start together on an empty database meet in the same way.
        case "23505": attempts < (constraint.hasPrefix("pg_") ? 5 : 2)
        case "42P07", "42710": attempts < 5
        // The plan of a prepared statement is out of date, or the statement is gone.
        case "0A000" where message.contains("cached plan"), "26000": attempts < 3
        // A connection of the pool that died while nobody used it.
        case _ where isLoss: attempts < 3
        default: false
        }
    }

    /// The server went away, or ends this connection.
    var isLoss: Bool { code.hasPrefix("08") || ["57P01", "57P02", "57P05", "25P03"].contains(code) }

    var problem: DatabaseProblem {
        if isUncertain { return .uncertain }
        return switch code {
        case "28P01", "28000": .refused(.identity(message))
        case "3D000": .refused(.noDatabase(message))
        case "42501", "3F000": .refused(.noRight(message))
        case "53100", "53400": .full
        case "25006": .readOnly
        case "40001", "40P01", "55P03", "53200", "53300", "57014": .busy
        case "57P03": .unreachable(message)
        case "XX001", "XX002": .damaged(message)
        case _ where isLoss: .unreachable(message)
        case _ where code.hasPrefix("23"): .constraint(message)
        default: .other("\(code) \(message)")
        }
    }
}
