/// Where papers are made: each once for whoever asks meanwhile, and no more waiting than can be served soon.
public actor PaperDesk {
    public struct Busy: Error {}

    public static let desk = PaperDesk()
    private static let places = 6
    private var making: [String: Task<[UInt8], any Error>] = [:]

    public init() {}

    /// - Throws: `Busy`, and what the making throws
    public func paper(_ key: String, _ make: @escaping @Sendable () async throws -> [UInt8]) async throws -> [UInt8] {
        if let known = making[key] { return try await known.value }
        guard making.count < Self.places else { throw Busy() }
        let task = Task { try await make() }
        making[key] = task
        defer { making[key] = nil }
        return try await task.value
    }
}
