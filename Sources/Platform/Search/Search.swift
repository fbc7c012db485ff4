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

    /// A word in more documents than this says little: so many are ranked, no more.
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
        let found = candidates(words, wish, reader, request)
        let total = try reader.count("SELECT count(*) FROM (\(found)) AS found")
        guard total > 0 else { return Answer(total: 0, hits: [], facets: [:], isPartial: isPartial) }
        let rows = try reader.all(
            HitRow.self,
            """
            SELECT object_id, kind, path, title, body, updated_at FROM (
                SELECT number, score FROM (\(found)) AS found ORDER BY score, number DESC
                LIMIT \(wish.perPage) OFFSET \((wish.page - 1) * wish.perPage)
            ) AS best JOIN search_document ON search_document.number = best.number
            ORDER BY best.score, best.number DESC
            """)
        let hits = rows.map { row in
            Hit(
                objectId: row.objectId, kind: row.kind, path: row.path, updatedAt: row.updatedAt,
                title: Extracts.make(from: row.title, matching: query.stems, prefix: query.beginning, length: 400),
                extract: Extracts.make(from: row.body, matching: query.stems, prefix: query.beginning))
        }
        return Answer(total: total, hits: hits, facets: try facets(of: found, reader), isPartial: isPartial)
    }

    /// `number, score` of what matches, that this person may see, within the filters.
    private static func candidates(_ words: WordQuery?, _ wish: Wish, _ reader: any Reader, _ request: Request) -> SQL {
        let matches: SQL =
            words.map { reader.dialect.matches($0, in: SearchIndex.name, weights: SearchIndex.weights) }
            ?? "SELECT number, -updated_at AS score FROM search_document"
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
            JOIN search_document ON search_document.number = matching.number
            JOIN access ON access.object_id = search_document.object_id
            WHERE \(conditions.joined(" AND ")) LIMIT \(ceiling)
            """
    }

    private static func facets(of found: SQL, _ reader: any Reader) throws -> [String: [(value: String, count: Int)]] {
        let counts = try reader.all(
            FacetRow.self,
            """
            SELECT facet, value, count(*) AS count FROM search_facet
            WHERE number IN (SELECT number FROM (\(found)) AS found) GROUP BY facet, value
            UNION ALL
            SELECT 'kind', kind, count(*) FROM search_document
            WHERE number IN (SELECT number FROM (\(found)) AS found) GROUP BY kind
            """)
        return Dictionary(grouping: counts, by: \.facet).mapValues { rows in
            rows.sorted { ($1.count, $0.value) < ($0.count, $1.value) }.map { ($0.value, $0.count) }
        }
    }
}

private struct HitRow: Decodable {
    var objectId: String
    var kind: String
    var path: String
    var title: String
    var body: String
    var updatedAt: Instant
}

private struct FacetRow: Decodable {
    var facet: String
    var value: String
    var count: Int
}

extension Sequence<Extracts.Piece> {
    /// The pieces with the words found marked.
    public var marked: Markup {
        map { $0.isMatch ? "<mark>\($0.text)</mark>" as Markup : Markup.text($0.text) }.joined(separator: "")
    }
}
