import Database
import Formats

extension Instant: SQLConvertible {
    public var sqlValue: SQLValue { .integer(milliseconds) }
}

extension Day: SQLConvertible {
    public var sqlValue: SQLValue { .text(iso) }
}
