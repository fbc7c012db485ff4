import Community
import Database
import Platform

/// The structures that receive a visit with its host.
enum CoHosts {
    static func of(_ visitId: String, _ reader: any Reader) throws -> [Organization] {
        let ids = try reader.texts("SELECT organization_id FROM visit_co_host WHERE visit_id = \(visitId) ORDER BY position")
        let known = try Organization.named(ids, reader)
        return ids.compactMap { known[$0] }
    }

    /// Their names by visit: what the list of visits searches in.
    static func names(_ visitIds: [String], _ reader: any Reader) throws -> [String: [String]] {
        let rows = try reader.all(
            CoHostName.self,
            """
            SELECT visit_id, organization.name FROM visit_co_host JOIN organization ON organization.id = organization_id
            WHERE visit_id IN \(list: visitIds) ORDER BY visit_id, position
            """)
        return Dictionary(grouping: rows, by: \.visitId).mapValues { $0.map(\.name) }
    }

    /// Writes them in place of those there were, without the host itself.
    static func set(_ ids: [String], of visitId: String, host: String?, in change: Change) throws {
        try change.run("DELETE FROM visit_co_host WHERE visit_id = \(visitId)")
        var seen: Set<String> = []
        for id in ids where id != host && seen.insert(id).inserted {
            try change.run(
                "INSERT INTO visit_co_host (visit_id, organization_id, position) VALUES (\(visitId), \(id), \(seen.count))")
        }
    }
}

private struct CoHostName: Decodable {
    var visitId: String
    var name: String
}
