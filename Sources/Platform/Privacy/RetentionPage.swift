import Formats

/// What is kept how long, with what would be taken today; for whoever administers the site.
enum RetentionPage {
    static let path = "/administration/conservation"

    static let routes: [Route] = [
        .get(path, asks: .site(.administerSite), for: "administrators") { .page(try await page($0)) },
        .get("\(path)/export", asks: .site(.administerSite), for: "administrators") { request in
            let words = request.words
            let header = ["what", "why", "howLong", "then", "due"].map { words("platform.retention.\($0)") }
            let rows = try await RetentionTable.dryRun(request.site).map { line in
                [words("\(line.key).what"), words("\(line.key).why"), long(line.days, words), words("\(line.key).then"), "\(line.count)"]
            }
            return try .table(header: header, rows: rows, named: "durees-de-conservation", request)
        },
    ]

    private static func page(_ request: Request) async throws -> Page {
        let words = request.words
        let lines = try await RetentionTable.dryRun(request.site)
        let clock = try await Upkeep.clock(request.site)
        return .ofAccount(
            words("platform.retention.title"), request, lede: words("platform.retention.lede"),
            """
            \(warning(clock, words))\(request.exports("\(path)/export"))\(list(lines.map { ($0.key, $0.days, $0.count) }, heading: 2, words))
            <p>\(words("platform.retention.others"))</p>
            """)
    }

    private static func warning(_ clock: Upkeep.Clock, _ words: Words) -> Markup {
        switch clock {
        case .believed, .new: .empty
        case .ahead(let days), .behind(let days): "<p class=\"notice warning\">\(words("platform.retention.clock", ["n": days]))</p>"
        }
    }

    /// The table, one entry a line; with what is due when it is known.
    static func list(_ lines: [(key: String, days: Int, count: Int?)], heading: Int, _ words: Words) -> Markup {
        let items = lines.map { line -> Markup in
            let due = line.count.map { "<p class=\"meta\">\(words("platform.retention.count", ["n": $0]))</p>" as Markup }
            return """
                <li><h\(heading)>\(words("\(line.key).what"))</h\(heading)><p>\(words("\(line.key).why")) <strong>\(long(line.days, words))</strong> \(words("\(line.key).then"))</p>\(due)</li>
                """
        }
        return "<ul class=\"entries\">\(items)</ul>"
    }

    static func long(_ days: Int, _ words: Words) -> String {
        days >= 365 && days % 365 == 0 ? words("platform.retention.years", ["n": days / 365]) : words("platform.retention.days", ["n": days])
    }
}
