import Formats

/// The part of a list that one page shows.
public struct Paged<Item: Sendable>: Sendable {
    public let items: [Item]
    /// From 1.
    public let page: Int
    public let pages: Int
    /// How many there are in all.
    public let count: Int

    /// The page asked for in the address, or the nearest there is.
    public init(_ all: [Item], by size: Int, _ request: Request, in parameter: String = "page") {
        count = all.count
        pages = max(1, (all.count + size - 1) / size)
        page = min(max(1, request.query.integer(parameter) ?? 1), pages)
        items = Array(all.dropFirst((page - 1) * size).prefix(size))
    }

    /// A page that was read alone, among as many as there are: `offset` says from where.
    public init(
        of count: Int, by size: Int, _ request: Request, in parameter: String = "page", read: (_ limit: Int, _ offset: Int) throws -> [Item]
    ) rethrows {
        self.count = count
        pages = max(1, (count + size - 1) / size)
        page = min(max(1, request.query.integer(parameter) ?? 1), pages)
        items = try read(size, (page - 1) * size)
    }

    private init(_ items: [Item], like other: Paged<Item>) {
        self.items = items
        (page, pages, count) = (other.page, other.pages, other.count)
    }

    /// The same page with its items completed.
    public func with(_ items: [Item]) -> Paged<Item> { Paged(items, like: self) }
}

extension Request {
    /// « Précédente · Page 2 sur 7 · Suivante » under a list.
    public func pages<Item>(of list: Paged<Item>) -> Markup { pages(list.page, of: list.pages) }

    /// « Précédente · Page 2 sur 7 · Suivante », with the filters of this address; nothing when there is one page.
    /// - Parameters:
    ///   - page: from 1.
    ///   - count: how many pages there are.
    ///   - parameter: where the address says the page: two lists of a page have each its own, and a label of its own.
    public func pages(_ page: Int, of count: Int, in parameter: String = "page", label: String? = nil) -> Markup {
        guard count > 1 else { return .empty }
        let filters = query.without(parameter).pairs
        func link(_ number: Int, _ rel: String, _ label: String) -> Markup {
            guard (1...count).contains(number) else { return .empty }
            let address = "?\(URLForm.encode(filters + [(parameter, String(number))]))"
            return "<a rel=\"\(rel)\" href=\"\(address)\">\(label)</a> "
        }
        return """
            <nav class="pages" aria-label="\(label ?? words("platform.pages.label"))">\(link(page - 1, "prev", words("platform.pages.previous")))<span>\(words("platform.pages.here", ["page": page, "count": count]))</span> \(link(page + 1, "next", words("platform.pages.next")))</nav>
            """
    }
}
