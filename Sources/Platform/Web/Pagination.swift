import Formats

extension Request {
    /// « Précédente · Page 2 sur 7 · Suivante », with the filters of this address; nothing when there is one page.
    /// - Parameters:
    ///   - page: from 1, in the parameter `page` of the address.
    ///   - count: how many pages there are.
    public func pages(_ page: Int, of count: Int) -> Markup {
        guard count > 1 else { return .empty }
        let filters = query.without("page").pairs
        func link(_ number: Int, _ rel: String, _ label: String) -> Markup {
            guard (1...count).contains(number) else { return .empty }
            let address = "?\(URLForm.encode(filters + [("page", String(number))]))"
            return "<a rel=\"\(rel)\" href=\"\(address)\">\(label)</a> "
        }
        return """
            <nav class="pages" aria-label="\(words("platform.pages.label"))">\(link(page - 1, "prev", words("platform.pages.previous")))<span>\(words("platform.pages.here", ["page": page, "count": count]))</span> \(link(page + 1, "next", words("platform.pages.next")))</nav>
            """
    }
}
