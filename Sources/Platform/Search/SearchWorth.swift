import Database
import Foundation

/// How much each form of a query tells: the rarer it is among what this person may see, the more. What may not be seen counts
/// for nothing, or the order of an answer would tell of it.
enum SearchWorth {
    /// Beyond so many documents a word is frequent, however many more have it; twice as many are looked at in all.
    private static let most = 500

    static func of(_ words: WordQuery, _ reader: any Reader, _ request: Request) throws -> [Double] {
        let forms = words.forms
        guard forms.count > 1 else { return [1] }
        let all: SQL = "SELECT number FROM search_document"
        let having = forms.map {
            reader.dialect.matches(WordQuery([[$0]]), in: SearchIndex.name, weights: SearchIndex.weights, worth: [1])
        }
        let visible = request.site.policy.condition(.see, request.viewer)
        let counts = ([all] + having).enumerated().map { count($1, visible, upTo: $0 == 0 ? 2 * most : most, place: $0) }
        let rows = try reader.all(Count.self, "\(counts.joined(" UNION ALL ")) ORDER BY place")
        let total = rows.first?.amount ?? 0
        return rows.dropFirst().map { log(1 + (Double(max(0, total - $0.amount)) + 0.5) / (Double($0.amount) + 0.5)) }
    }

    private static func count(_ numbers: SQL, _ visible: SQL, upTo most: Int, place: Int) -> SQL {
        """
        SELECT \(place) AS place, count(*) AS amount FROM (
            SELECT 1 FROM (\(numbers)) AS matching CROSS JOIN search_document CROSS JOIN access
            WHERE search_document.number = matching.number AND access.object_id = search_document.object_id AND \(visible)
            LIMIT \(most)) AS several
        """
    }

    private struct Count: Decodable {
        var place: Int
        var amount: Int
    }
}
