import Formats

extension Request {
    /// The line of a page that follows what happens: what was just done by others, and whether it is still told. Empty, and out
    /// of the way, without script.
    ///
    /// - Parameters:
    ///   - path: of the feed.
    ///   - mark: what the page shows now.
    ///   - signs: where to say that one writes, and the fields that are written in, as a selector.
    public func live(_ path: String, since mark: String, signs: (path: String, fields: String)? = nil) -> Markup {
        let keys = ["lost", "closed", "elsewhere", "full"]
        let sentences = words.json(Dictionary(uniqueKeysWithValues: keys.map { ($0, "platform.live.\($0)") }))
        return """
            <p class="meta live no-print" role="status" data-live="\(path)" data-live-since="\(mark)"\(Markup.attribute("data-live-signs", value: signs?.path))\(Markup.attribute("data-live-fields", value: signs?.fields)) data-words="\(sentences)"></p>
            """
    }

    /// Where it is said who else is at a place of the page.
    public func livePlace(_ name: String = "", _ present: [String: String]) -> Markup {
        "<span class=\"meta live-place no-print\" data-live-place=\"\(name)\">\(present[name] ?? "")</span>"
    }
}
