import Database
import Platform
import TestSupport

extension TestSite {
    func count(_ statement: SQL) async throws -> Int { try await site.database.read { try $0.count(statement) } }
    func text(_ statement: SQL) async throws -> String? { try await site.database.read { try $0.text(statement) } }
    func texts(_ statement: SQL) async throws -> [String] { try await site.database.read { try $0.texts(statement) } }
}
