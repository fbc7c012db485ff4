extension JSONValue {
    /// Why bytes are not a JSON document we accept, and at which byte.
    public struct Failure: Error, Sendable, Hashable {
        public let offset: Int
        public let reason: Reason

        public init(offset: Int, reason: Reason) {
            self.offset = offset
            self.reason = reason
        }

        /// The kinds of refusal.
        public enum Reason: Sendable, Hashable {
            case syntax, encoding, tooDeep, duplicateKey(String), numberOutOfRange
        }
    }

    /// Arrays and objects may not be nested deeper.
    public static let depthLimit = 64

    /// Reads one JSON text (RFC 8259), strictly: UTF-8, no duplicate keys, no lone surrogates, nothing after it.
    /// Whole numbers that fit 64 bits are `.int`, others `.double`.
    public static func parse(_ bytes: some Sequence<UInt8>) throws(Failure) -> JSONValue {
        var parser = JSONParser(bytes: Array(bytes))
        return try parser.document()
    }
}
