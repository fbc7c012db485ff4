/// What a server hears of the others that use the same database.
public enum ChangeSignal: Sendable, Equatable {
    /// What everybody may see has changed, or may have.
    case changed
    /// What another server said, word for word.
    case said(String)
    /// Nothing is heard until the next `changed`: what is kept in memory may be out of date.
    case lost
}
