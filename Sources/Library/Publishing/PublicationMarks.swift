import Database
import Formats
import Platform

/// The last of the nine stages of a visit: is something of it in the commons, as far as this person may know?
enum PublicationMarks {
    static func marks(_ visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [String: [StageMark]] {
        let rows = try reader.all(
            PublicationMark.self,
            """
            SELECT visit.id AS visit_id, publication.slug, publication.opened_at, publication.not_before
            FROM visit JOIN publication ON publication.id = COALESCE(
                \(first("publication.opened_at IS NOT NULL", request)), \(first("publication.opened_at IS NULL", request)))
            WHERE visit.id IN \(list: visitIds)
            """)
        let byVisit = Dictionary(uniqueKeysWithValues: rows.map { ($0.visitId, $0) })
        return Dictionary(uniqueKeysWithValues: visitIds.map { ($0, [mark(byVisit[$0], request.words)]) })
    }

    /// The first publication of a visit that is so and that this person may see: a visit may have many.
    private static func first(_ isSo: SQL, _ request: Request) -> SQL {
        """
        (SELECT publication.id FROM publication JOIN access ON access.object_id = publication.id
            WHERE publication.subject_id = visit.id AND \(isSo) AND publication.unpublished_at IS NULL
                AND \(request.site.policy.condition(.see, request.viewer))
            ORDER BY publication.published_at, publication.id LIMIT 1)
        """
    }

    private static func mark(_ row: PublicationMark?, _ words: Words) -> StageMark {
        let label = words("library.mark.label")
        if let row, let opened = row.openedAt {
            return StageMark(.publication, label: label, state: .done, detail: words.date(opened.day()), path: "/ressources/\(row.slug)")
        }
        if let row {
            return StageMark(
                .publication, label: label, state: .now,
                detail: row.notBefore.map { words("library.mark.scheduled", ["day": words.date($0)]) } ?? words("library.mark.waiting"),
                path: "/ressources/\(row.slug)")
        }
        return StageMark(.publication, label: label, state: .todo, detail: words("library.mark.none"))
    }
}

private struct PublicationMark: Decodable {
    var visitId: String
    var slug: String
    var openedAt: Instant?
    var notBefore: Day?
}
