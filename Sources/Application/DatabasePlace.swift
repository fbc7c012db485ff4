import Database
import Foundation

/// Where the rows of a site are: a file of its folder, or a PostgreSQL server.
enum DatabasePlace: Sendable {
    case file(URL)
    /// `postgres://…`
    case server(String)

    /// How it is called in messages: without the password.
    var name: String {
        switch self {
        case .file(let file): return file.path
        case .server(let address):
            let parts = URLComponents(string: address)
            let host = parts?.host ?? ""
            let socket = parts?.queryItems?.first { $0.name == "host" }?.value ?? ""
            return "postgres://\(host.isEmpty ? socket : host)\(parts?.path ?? "")"
        }
    }

    /// What a backup calls the copy of the database.
    var archiveName: String {
        switch self {
        case .file: "essaim.sqlite"
        case .server: "essaim.pgdump"
        }
    }

    /// - Throws: `DatabaseProblem`
    func open(schema: String? = nil) async throws -> any Database {
        switch self {
        case .file(let file): try SQLiteDatabase(path: file.path)
        case .server(let address): try await PostgreSQLDatabase(address, schema: schema)
        }
    }

    /// Whether there is something there.
    func isUsed() async throws -> Bool {
        switch self {
        case .file(let file): return FileManager.default.fileExists(atPath: file.path)
        case .server(let address):
            return try await saying {
                let database = try await PostgreSQLDatabase(address, connections: 1)
                defer { try? database.close() }
                return try await !database.isEmpty()
            }
        }
    }

    /// Does some work; what the database refuses is told in a sentence.
    func saying<T>(_ work: () async throws -> T) async throws -> T {
        do { return try await work() } catch let problem as DatabaseProblem {
            throw Failure(problem.sentence(at: name), code: problem.code)
        }
    }
}
