import Database
import Formats

/// Finding where others wrote the name. No engine folds accents as French does: rows are looked at here, some at a time.
extension Erasure {
    private static let batch = 500

    /// Takes the name out of a column where people write freely.
    func leave(_ mention: Mention, in change: Change) throws {
        let (table, column, key) = (SQL(text: mention.table), SQL(text: mention.column), SQL(text: mention.key))
        var rest: SQL = "1 = 1"
        while true {
            // By what is written too: a key may have several rows.
            let rows = try change.rows(
                """
                SELECT \(key) AS key, \(column) AS value FROM \(table) WHERE \(column) <> '' AND \(rest)
                ORDER BY \(key), \(column) LIMIT \(Self.batch)
                """)
            for row in rows {
                guard let text = row.text("value") else { continue }
                let bare = without(text)
                guard bare != text else { continue }
                try change.run("UPDATE \(table) SET \(column) = \(bare) WHERE \(key) = \(row["key"]) AND \(column) = \(text)")
            }
            guard rows.count == Self.batch, let last = rows.last else { return }
            rest = "\(key) >= \(last["key"]) AND (\(key) > \(last["key"]) OR \(column) > \(last["value"]))"
        }
    }

    /// What names the person in the search.
    struct Document: Decodable {
        var number: Int
        var objectId: String
        var kind: String
        var path: String
        var title: String
        var body: String
    }

    /// The documents of the search where the name stands.
    func documents(_ reader: any Reader) throws -> [Document] {
        var found: [Document] = []
        var last = 0
        while true {
            let documents = try reader.all(
                Document.self,
                """
                SELECT number, object_id, kind, path, title, body FROM search_document WHERE number > \(last) ORDER BY number
                LIMIT \(Self.batch)
                """)
            found += documents.filter { mayName("\($0.title)\n\($0.body)") }
            guard documents.count == Self.batch, let end = documents.last else { return found.sorted { $0.path < $1.path } }
            last = end.number
        }
    }
}
