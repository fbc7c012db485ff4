import Database

/// Brings a database to the schema this Essaim knows, or says why it may not.
public struct Migrator: Sendable {
    public let migrations: [Migration]

    public init(_ migrations: [Migration]) {
        self.migrations = migrations.sorted()
    }

    /// Checks that nothing is missing, without writing anything.
    /// - Throws: `SchemaProblem`
    public func requireCurrent(_ database: any Database) async throws {
        try await database.read { [migrations] reader in
            guard try reader.texts(reader.dialect.tables).contains("schema_step") else { throw SchemaProblem.foreign }
            let missing = try Self.missing(of: migrations, in: reader)
            guard missing.isEmpty else { throw SchemaProblem.older(missing: missing.map(\.name)) }
        }
    }

    /// Runs what is missing, all in one transaction, and answers the names of the steps run.
    /// - Throws: `SchemaProblem`
    @discardableResult public func migrate(_ database: any Database, at milliseconds: Int64) async throws -> [String] {
        try await database.write { [migrations] writer in
            let tables = try writer.texts(writer.dialect.tables)
            guard tables.isEmpty || tables.contains("schema_step") else { throw SchemaProblem.foreign }
            try writer.script(
                """
                CREATE TABLE IF NOT EXISTS schema_step (
                    name TEXT NOT NULL PRIMARY KEY, fingerprint TEXT NOT NULL, run_at INTEGER NOT NULL)
                """)
            let missing = try Self.missing(of: migrations, in: writer)
            for migration in missing {
                try writer.script(migration.statements(for: writer.dialect))
                try writer.run(
                    """
                    INSERT INTO schema_step (name, fingerprint, run_at)
                    VALUES (\(migration.name), \(migration.fingerprint), \(milliseconds))
                    """)
            }
            return missing.map(\.name)
        }
    }

    private static func missing(of migrations: [Migration], in reader: any Reader) throws -> [Migration] {
        struct Step: Decodable {
            var name: String
            var fingerprint: String
        }
        let steps = try reader.all(Step.self, "SELECT name, fingerprint FROM schema_step ORDER BY name")
        let known = Dictionary(uniqueKeysWithValues: migrations.map { ($0.name, $0) })
        let unknown = steps.map(\.name).filter { known[$0] == nil }
        guard unknown.isEmpty else { throw SchemaProblem.newer(unknown: unknown) }
        for step in steps where known[step.name]?.fingerprint != step.fingerprint {
            throw SchemaProblem.edited(step.name)
        }
        let done = Set(steps.map(\.name))
        return migrations.filter { !done.contains($0.name) }
    }
}

extension Migration {
    /// FNV-1a over the statements: enough to notice an edit, not a proof.
    var fingerprint: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in statements.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}

extension Migration {
    /// The statements in the words of an engine: a line `-- word index NAME (COLUMN, …)` makes an index of words there.
    func statements(for dialect: any Dialect) -> String {
        statements.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard line.hasPrefix("-- word index "), let open = line.firstIndex(of: "("), let close = line.lastIndex(of: ")")
            else { return String(line) }
            let name = line.dropFirst("-- word index ".count).prefix { $0 != " " }
            let columns = line[line.index(after: open)..<close].split(separator: ",").map { $0.filter { $0 != " " } }
            return dialect.createWordIndex(String(name), columns: columns) + ";"
        }.joined(separator: "\n")
    }
}
