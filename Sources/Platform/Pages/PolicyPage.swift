import Formats

/// « Qui voit quoi ? »: the policy table itself, in words.
enum PolicyPage {
    static let routes: [Route] = [
        .get("/qui-voit-quoi", asks: .anyone, for: "everybody") { .sharedPage(page($0)) },
        .get("/a-propos", asks: .anyone, for: "everybody") { .sharedPage(try await AboutPage.page($0)) },
    ]

    private static func page(_ request: Request) -> Page {
        let words = request.words
        let title = words("platform.policy.title")
        let rows = request.site.policy.lines.map { line -> Markup in
            let isAnybody = line.holders.contains(.anybody)
            let names = (isAnybody ? [.anybody] : line.holders).map { words.name("platform.holder", of: $0) }
            return """
                <tr><th scope="row">\(words.name("platform.action", of: line.action))\(audience(line, words))</th><td>\(words.list(names))</td></tr>
                """
        }
        let circles = Audience.allCases.map { audience -> Markup in
            """
            <div><dt>\(words.name("platform.audience", of: audience))</dt><dd>\(words.name("platform.policy.audience", of: audience))</dd></div>
            """
        }
        return Page(
            title, crumbs: [Crumb(words("platform.shell.home"), "/"), Crumb(title)],
            """
            <h1>\(title)</h1><p class="lede">\(words("platform.policy.lede"))</p>
            <section><h2>\(words("platform.policy.audiences"))</h2><dl class="facts">\(circles)</dl></section>
            <section><h2>\(words("platform.policy.rights"))</h2><p>\(words("platform.policy.reading"))</p>
            <div class="scroll" role="region" aria-label="\(words("platform.policy.rights"))" tabindex="0"><table class="table" aria-label="\(words("platform.policy.rights"))"><thead><tr><th scope="col">\(words("platform.policy.act"))</th><th scope="col">\(words("platform.policy.who"))</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
            """)
    }

    private static func audience(_ line: Policy.Line, _ words: Words) -> Markup {
        guard let audience = Audience(rawValue: line.audience) else { return .empty }
        return " <small>\(words("platform.policy.openTo", ["audience": words.name("platform.audience", of: audience)]))</small>"
    }
}
