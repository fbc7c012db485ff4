import Foundation
import Platform
import Schema

@testable import Database

/// The PostgreSQL server of the tests (`scripts/postgresql`): it makes databases out of a model, and removes them.
actor TestServer {
    static let shared = ProcessInfo.processInfo.environment["ESSAIM_TEST_DATABASE"].map { TestServer($0) }
    /// How many databases there are at a time: each has connections, and the server takes only so many.
    private static let most = 60

    private let address: String
    private let connection: PostgreSQLConnection
    private var model: Task<String, any Error>?
    private var count = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    private init(_ address: String) {
        self.address = address
        connection = PostgreSQLConnection {
            try PostgreSQLSession.open(PostgreSQLAddress(address), schema: nil, isDurable: false)
        }
    }

    /// The address of a new database.
    func make(isMigrated: Bool) async throws -> String {
        if count >= Self.most { await withCheckedContinuation { waiting.append($0) } } else { count += 1 }
        let model = isMigrated ? try await migrated() : "template0"
        return try await make(from: model)
    }

    /// Removes a database, in its own time.
    nonisolated func drop(_ address: String) {
        Task { await remove(Self.name(in: address)) }
    }

    private func remove(_ name: String) async {
        try? await connection.perform { _ = try $0.command("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
        if waiting.isEmpty { count -= 1 } else { waiting.removeFirst().resume() }
    }

    private func make(from model: String) async throws -> String {
        let name = "test_\(UUID().uuidString.lowercased().replacing("-", with: "_"))"
        try await connection.perform { _ = try $0.command("CREATE DATABASE \(name) TEMPLATE \(model)") }
        return address.replacing("/postgres?", with: "/\(name)?")
    }

    /// A database with the tables of the application and no row, made once.
    private func migrated() async throws -> String {
        if let model { return try await model.value }
        let task = Task {
            let address = try await make(from: "template0")
            let database = try await PostgreSQLDatabase(address, connections: 1, isDurable: false)
            try await Migrator(TestDatabase.share.migrations).migrate(database, at: 0)
            try database.close()
            return Self.name(in: address)
        }
        model = task
        return try await task.value
    }

    private static func name(in address: String) -> String {
        String(address.split(separator: "?")[0].split(separator: "/").last ?? "")
    }
}
