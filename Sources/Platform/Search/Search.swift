import Database
import Formats

/// Finds what a person may see: every word asked for, in any of its French forms, best answers first.
public enum Search {
    /// What is asked: words, and filters by kind and by facet.
    public struct Wish: Sendable {
        public var typed: String
        public var kinds: [String]
        public var facets: [String: String]
        public var page: Int
        public var perPage: Int

        public init(_ typed: String, kinds: [String] = [], facets: [String: String] = [:], page: Int = 1, perPage: Int = 20) {
            self.typed = typed
            self.kinds = kinds
            self.facets = facets
            self.page = max(1, page)
            self.perPage = perPage
        }
    }

    public struct Answer: Sendable {
        /// How many were found; at `ceiling`, there are more.
        public let total: Int
        public let hits: [Hit]
        /// By facet, the values with their counts, most frequent first; `kind` among them.
        public let facets: [String: [(value: String, count: Int)]]
        /// Nothing had every word: these have some of them.
        public let isPartial: Bool
        public var isCapped: Bool { total >= Search.ceiling }
    }

    public struct Hit: Sendable {
        public let objectId: String
        public let kind: String
        public let path: String
        public let updatedAt: Instant
        public let title: [Extracts.Piece]
        public let extract: [Extracts.Piece]
    }

    /// A word in more documents than this says little: so many of the newest are ranked and counted, no more.
    public static let ceiling = 2_000

    public static func find(_ wish: Wish, _ reader: any Reader, _ request: Request) throws -> Answer {
        let query = SearchQuery(wish.typed)
        guard !query.isEmpty else { return try answer(nil, query, wish, isPartial: false, reader, request) }
        let whole = try answer(query.all, query, wish, isPartial: false, reader, request)
        guard whole.total == 0, query.hasSeveralWords else { return whole }
        return try answer(query.any, query, wish, isPartial: true, reader, request)
    }

    private static func answer(
        _ words: WordQuery?, _ query: SearchQuery, _ wish: Wish, isPartial: Bool, _ reader: any Reader, _ request: Request
    ) throws -> Answer {
        let matches = try words.map { words in
            reader.dialect.matches(
                words, in: SearchIndex.name, weights: SearchIndex.weights, worth: try SearchWorth.of(words, reader, request))
        }
        let found = try overview(candidates(matches, wish, request), wish, reader)
        let total = found.first { $0.part == "total" }?.amount ?? 0
        guard total > 0 else { return Answer(total: 0, hits: [], facets: [:], isPartial: isPartial) }
        let best = found.filter { $0.part == "hit" }.sorted { $0.amount < $1.amount }.map(\.number)
        let rows = try reader.all(
            HitRow.self,
            """
            SELECT number, object_id, kind, path, title, body, updated_at FROM search_document WHERE number IN \(list: best)
            """)
        let byNumber = Dictionary(uniqueKeysWithValues: rows.map { ($0.number, $0) })
        let hits = best.compactMap { byNumber[$0] }.map { row in
            Hit(
                objectId: row.objectId, kind: row.kind, path: row.path, updatedAt: row.updatedAt,
                title: Extracts.make(from: row.title, matching: query.stems, prefix: query.beginning, length: 400),
                extract: Extracts.make(from: row.body, matching: query.stems, prefix: query.beginning))
        }
        return Answer(total: total, hits: hits, facets: facets(found), isPartial: isPartial)
    }

    /// In one go over what was found: how many, the numbers of the page asked for in their order, the facets with counts.
    private static func overview(_ found: SQL, _ wish: Wish, _ reader: any Reader) throws -> [Overview] {
        try reader.all(
            Overview.self,
            """
            WITH found AS MATERIALIZED (\(found))
            SELECT 'total' AS part, '' AS facet, '' AS value, count(*) AS amount, 0 AS number FROM found
            UNION ALL
            SELECT 'hit', '', '', row_number() OVER (ORDER BY score, number DESC), number FROM (
                SELECT number, score FROM found ORDER BY score, number DESC
                LIMIT \(wish.perPage) OFFSET \((wish.page - 1) * wish.perPage)) AS best
            UNION ALL
            SELECT 'facet', facet, value, count(*), 0 FROM search_facet
            WHERE number IN (SELECT number FROM found) GROUP BY facet, value
            UNION ALL
            SELECT 'facet', 'kind', kind, count(*), 0 FROM search_document
            WHERE number IN (SELECT number FROM found) GROUP BY kind
            """)
    }

    /// `number, score` of what matches, that this person may see, within the filters; beyond the ceiling, the newest.
    private static func candidates(_ matches: SQL?, _ wish: Wish, _ request: Request) -> SQL {
        let matches = matches ?? "SELECT number, -updated_at AS score FROM search_document"
        var conditions: [SQL] = [request.site.policy.condition(.see, request.viewer)]
        if !wish.kinds.isEmpty { conditions.append("search_document.kind IN \(list: wish.kinds)") }
        for (facet, value) in wish.facets.sorted(by: { $0.key < $1.key }) {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM search_facet WHERE search_facet.number = search_document.number
                    AND facet = \(facet) AND value = \(value))
                """)
        }
        return """
            SELECT matching.number, matching.score FROM (\(matches)) AS matching
            CROSS JOIN search_document CROSS JOIN access
            WHERE search_document.number = matching.number AND access.object_id = search_document.object_id AND \(conditions.joined(" AND ")) ORDER BY matching.number DESC LIMIT \(ceiling)
            """
    }

    private static func facets(_ found: [Overview]) -> [String: [(value: String, count: Int)]] {
        Dictionary(grouping: found.filter { $0.part == "facet" }, by: \.facet).mapValues { rows in
            rows.sorted { ($1.amount, $0.value) < ($0.amount, $1.value) }.map { ($0.value, $0.amount) }
        }
    }
}

private struct HitRow: Decodable {
    var number: Int64
    var objectId: String
    var kind: String
    var path: String
    var title: String
    var body: String
    var updatedAt: Instant
}

/// A line of the overview: the total, a hit with its rank, or a value of a facet with its count.
private struct Overview: Decodable {
    var part: String
    var facet: String
    var value: String
    var amount: Int
    var number: Int64
}

extension Sequence<Extracts.Piece> {
    /// The pieces with the words found marked.
    public var marked: Markup {
        map { $0.isMatch ? "<mark>\($0.text)</mark>" as Markup : Markup.text($0.text) }.joined(separator: "")
    }
}
