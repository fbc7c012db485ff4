/// What a database can refuse, whatever the engine: enough to answer a person well.
public enum DatabaseProblem: Error, Equatable {
    /// A constraint (unique, foreign key, check, not null) was broken: the rule should have refused it first.
    case constraint(String)
    /// No room left on the disk (507).
    case full
    /// The disk cannot be written (503).
    case readOnly
    /// Another process holds the database (503).
    case busy
    /// The file is damaged, or is no database.
    case damaged(String)
    /// A start-up check failed: the setting that makes writes durable is not in force.
    case notDurable(String)
    /// The server does not answer, or went away before anything was decided (503).
    case unreachable(String)
    /// The server went away while it was committing: whether it did is not known (503, never told as done).
    case uncertain
    /// The server is not used (503 when it happens to a running site).
    case refused(DatabaseRefusal)
    case other(String)

    /// It may be over in a moment: people are asked to try again.
    public var isPassing: Bool {
        switch self {
        case .readOnly, .busy, .unreachable, .uncertain, .refused: true
        case .constraint, .full, .damaged, .notDurable, .other: false
        }
    }
}
