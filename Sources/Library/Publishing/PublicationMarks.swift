import Database
import Formats
import Platform

/// The last of the nine stages of a visit: is something of it in the commons, as far as this person may know?
enum PublicationMarks {
    static func marks(_ visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [String: [StageMark]] {
        let rows = try reader.all(
            PublicationMark.self,
            """
            SELECT text.subject_id AS visit_id, publication.slug, publication.opened_at, publication.not_before
            FROM publication JOIN text ON text.id = publication.text_id JOIN access ON access.object_id = publication.id
            WHERE \(request.site.policy.condition(.see, request.viewer)) AND text.subject_id IN \(list: visitIds) AND publication.unpublished_at IS NULL ORDER BY publication.published_at
            """)
        let byVisit = Dictionary(grouping: rows, by: \.visitId)
        return Dictionary(uniqueKeysWithValues: visitIds.map { ($0, [mark(byVisit[$0] ?? [], request.words)]) })
    }

    private static func mark(_ rows: [PublicationMark], _ words: Words) -> StageMark {
        let label = words("library.mark.label")
        if let row = rows.first(where: { $0.openedAt != nil }), let opened = row.openedAt {
            return StageMark(rank: 9, label: label, state: .done, detail: words.date(opened.day()), path: "/ressources/\(row.slug)")
        }
        if let row = rows.first {
            return StageMark(
                rank: 9, label: label, state: .now,
                detail: row.notBefore.map { words("library.mark.scheduled", ["day": words.date($0)]) } ?? words("library.mark.waiting"),
                path: "/ressources/\(row.slug)")
        }
        return StageMark(rank: 9, label: label, state: .todo, detail: words("library.mark.none"))
    }
}

private struct PublicationMark: Decodable {
    var visitId: String
    var slug: String
    var openedAt: Instant?
    var notBefore: Day?
}
