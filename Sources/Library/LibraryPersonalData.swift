import Database
import Platform

/// What the library holds about people: under which names texts are published, who published them, who decided.
enum LibraryPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.parts = [
            PersonalPart("library.data.publications", ["publication": ["published_by", "authors"], "publication_arbitration": ["decided_by"]]) {
                """
                SELECT 'published' AS kind, title, slug, license, published_at AS at, unpublished_reason AS reason FROM publication
                WHERE published_by = \($0)
                UNION ALL SELECT 'arbitrated', revision.title, '', '', decided_at, reason FROM publication_arbitration
                JOIN validation_request ON validation_request.id = request_id JOIN revision ON revision.id = validation_request.revision_id
                WHERE decided_by = \($0) ORDER BY 5
                """
            }
        ]
        data.apart = ["publication_old_slug": "former addresses of pages", "publication_dimension": "what a publication covers"]
        data.mentions = [
            Mention("publication", "authors", isAuthorship: true), Mention("publication", "lede"),
            Mention("publication", "unpublished_reason"), Mention("publication_arbitration", "reason", key: "request_id"),
        ]
        data.erase = { erasure, change in
            // The papers already made may name the person: they are made again.
            guard erasure.isComplete else { return }
            for id in try change.texts("SELECT id FROM publication") { PaperShelf(change.site).clear(id) }
        }
        return data
    }()
}
