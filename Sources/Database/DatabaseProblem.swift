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
    case other(String)
}
