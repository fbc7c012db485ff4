import Foundation

extension PostgreSQLDatabase {
    /// True when there is no table at all.
    public func isEmpty() async throws -> Bool {
        try await read { try $0.texts($0.dialect.tables).isEmpty }
    }

    public func backUp(to path: String) async throws {
        try tool("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--file=\(path)")
    }

    /// Puts back what `backUp` wrote, all or nothing, in a database without any table.
    public func restore(from path: String) async throws {
        // An address that says nothing: the environment says all.
        try tool(
            "pg_restore", "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--dbname=postgresql://", path)
        try await write { try $0.script("ANALYZE") }
    }

    /// Reads every row of every table, and looks for rows that refer to nothing.
    public func integrityProblems() async throws -> [String] {
        var problems = try await read { reader in
            try reader.texts(
                """
                SELECT 'index: ' || relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
                WHERE NOT indisvalid AND relnamespace = current_schema()::regnamespace ORDER BY relname
                """)
        }
        for table in try await read({ try $0.texts($0.dialect.tables) }) {
            do {
                _ = try await read { try $0.count("SELECT count(octet_length(one::text)) FROM \(SQL(text: table)) AS one") }
            } catch let problem as DatabaseProblem {
                guard case .damaged(let message) = problem else { throw problem }
                problems.append("table \(table): \(message)")
            }
        }
        return problems + (try await read { try Self.orphans($0) })
    }

    private struct Reference: Decodable {
        var origin: String
        var originColumn: String
        var target: String
        var targetColumn: String
    }

    private static func orphans(_ reader: any Reader) throws -> [String] {
        let references = try reader.all(
            Reference.self,
            """
            SELECT origin.relname AS origin, own.attname AS origin_column, target.relname AS target, other.attname AS target_column
            FROM pg_constraint JOIN pg_class AS origin ON origin.oid = conrelid JOIN pg_class AS target ON target.oid = confrelid
            JOIN pg_attribute AS own ON own.attrelid = conrelid AND own.attnum = conkey[1]
            JOIN pg_attribute AS other ON other.attrelid = confrelid AND other.attnum = confkey[1]
            WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 1, 2
            """)
        return try references.compactMap { reference in
            let (origin, column) = (SQL(text: reference.origin), SQL(text: reference.originColumn))
            let (target, key) = (SQL(text: reference.target), SQL(text: reference.targetColumn))
            let count = try reader.count(
                """
                SELECT count(*) FROM \(origin) AS origin WHERE origin.\(column) IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM \(target) AS target WHERE target.\(key) = origin.\(column))
                """)
            return count == 0 ? nil : "foreign key: table \(reference.origin), \(reference.originColumn): \(count)"
        }
    }

    /// Runs a tool of PostgreSQL on this database.
    private func tool(_ name: String, _ arguments: String...) throws {
        let process = Process()
        process.executableURL = URL(filePath: try Self.place(of: name))
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(address.environment) { _, own in own }
        // Every place is given whole: the account may not be able to enter where it is run from.
        process.currentDirectoryURL = URL(filePath: "/")
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw DatabaseProblem.refused(.tool(name, said.split(separator: "\n").first.map(String.init) ?? ""))
        }
    }

    /// The newest of those installed: a tool reads servers of its age and older.
    private static func place(of name: String) throws -> String {
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
        let newest = versions.compactMap { Int($0) }.sorted(by: >).map { "/usr/lib/postgresql/\($0)/bin" }
        let path = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
        guard let folder = (newest + path).first(where: { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }) else {
            throw DatabaseProblem.refused(.tool(name, ""))
        }
        return "\(folder)/\(name)"
    }
}

extension PostgreSQLDatabase {
    /// A schema with nothing in it, in place of one of that name: where something is prepared before it is shown.
    public func makeSchema(_ name: String) async throws {
        try await write { try $0.script("DROP SCHEMA IF EXISTS \(name) CASCADE; CREATE SCHEMA \(name)") }
    }

    /// Brings here the tables of another schema, all at once, and removes it.
    public func takeTables(from schema: String) async throws {
        try await write { writer in
            let here = try writer.text("SELECT quote_ident(current_schema())") ?? "public"
            for table in try writer.texts("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = \(schema)") {
                try writer.script("ALTER TABLE \(schema).\(table) SET SCHEMA \(here)")
            }
            try writer.script("DROP SCHEMA \(schema)")
        }
    }
}
