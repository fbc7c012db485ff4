import Database
import Formats
import Platform

/// What excerpts ask of people, and what `essaim check` looks at.
enum EvidenceMarks {
    /// For who records consents: the answers still to be asked, one line for each visit.
    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let pending = try unasked(reader, request).merging(answered(reader, request)) { $0 + $1 }
        guard !pending.isEmpty else { return [] }
        let visits = try reader.all(
            VisitName.self,
            """
            SELECT visit.id, visit.name, programme.slug AS programme FROM visit
            JOIN programme ON programme.id = visit.programme_id
            WHERE visit.id IN \(list: pending.keys.sorted()) ORDER BY programme.slug, visit.position, visit.id
            """)
        return visits.map { visit in
            Todo(
                title: request.words("evidence.todo.consents", ["n": pending[visit.id] ?? 0, "visit": visit.name]),
                path: "/programmes/\(visit.programme)/extraits?state=pending&visit=\(visit.id)")
        }
    }

    /// How many excerpts of each visit nobody was ever asked about: counted where they are, there may be thousands.
    private static func unasked(_ reader: any Reader, _ request: Request) throws -> [String: Int] {
        let rows = try reader.all(
            Waiting.self,
            """
            SELECT excerpt.visit_id, count(*) AS count FROM \(recordable(request))
                AND NOT EXISTS (SELECT 1 FROM consent WHERE consent.excerpt_id = excerpt.id)
            GROUP BY excerpt.visit_id
            """)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.visitId, $0.count) })
    }

    /// How many were answered about, but not with these words or this attribution.
    private static func answered(_ reader: any Reader, _ request: Request) throws -> [String: Int] {
        let excerpts = try reader.all(
            Excerpt.self,
            "SELECT excerpt.* FROM \(recordable(request)) AND EXISTS (SELECT 1 FROM consent WHERE consent.excerpt_id = excerpt.id)")
        let allowances = try ExcerptQueries.allowances(of: excerpts, reader)
        return excerpts.filter { allowances[$0.id] == .pending }.reduce(into: [:]) { $0[$1.visitId, default: 0] += 1 }
    }

    /// The excerpts about which this person may record an answer.
    private static func recordable(_ request: Request) -> SQL {
        """
        excerpt CROSS JOIN access
        WHERE excerpt.programme_id IN \(list: request.viewer.roles.keys.sorted()) AND access.object_id = excerpt.id
            AND excerpt.withdrawn_at IS NULL AND \(request.site.policy.condition(.recordConsent, request.viewer))
        """
    }

    /// The words of an excerpt are still those of its version, its commitment is theirs, and it has its line in the policy.
    static func problems(_ reader: any Reader) throws -> [String] {
        try reader.all(Excerpt.self, "SELECT * FROM excerpt ORDER BY id").flatMap { excerpt -> [String] in
            var problems: [String] = []
            if excerpt.erasedAt != nil { return problems }
            if Excerpt.commitment(salt: excerpt.salt, words: excerpt.words) != excerpt.commitment {
                problems.append("excerpt \(excerpt.id): its commitment is not that of its words")
            }
            let source = try CitableText.of(excerpt, reader)
            if source == nil {
                problems.append("excerpt \(excerpt.id): orphan, its \(excerpt.source.rawValue) \(excerpt.sourceId) is not there")
            } else if try !isErased(excerpt, reader), source.flatMap({ CodePoints.slice($0.text, from: excerpt.startPoint, to: excerpt.endPoint) }) != excerpt.words {
                problems.append("excerpt \(excerpt.id): its words are not those of its version")
            }
            if try reader.protection(of: excerpt.id) == nil { problems.append("excerpt \(excerpt.id): no access row") }
            return problems
        }
    }
}

extension EvidenceMarks {
    /// Whether the note or the impression that the words come from was erased since, whole or in part.
    private static func isErased(_ excerpt: Excerpt, _ reader: any Reader) throws -> Bool {
        try reader.exists(
            """
            SELECT 1 FROM note_version WHERE block_id = \(excerpt.sourceId) AND version = \(excerpt.sourceVersion) AND erased_at IS NOT NULL
            UNION ALL SELECT 1 FROM revision_section JOIN section_content ON section_content.hash = content_hash
            WHERE revision_id = \(excerpt.sourceId) AND erased_at IS NOT NULL
            """)
    }
}

private struct Waiting: Decodable {
    var visitId: String
    var count: Int
}

private struct VisitName: Decodable {
    var id: String
    var name: String
    var programme: String
}
