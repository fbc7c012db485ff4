/// The way of a text to a document and back: headings one level down, directives as the words they show, local addresses
/// with the site they belong to.
public struct ProsePassage: Sendable {
    /// The address of the site: `https://essaim.example`.
    public let site: String
    /// What each directive shows, by its name; one that shows nothing does not leave.
    public let quotations: [String: Prose.Quotation]
    /// The addresses of the images that leave inside the document.
    public let images: Set<String>
    /// What is said instead of an image that is not shown, by its address.
    public let hidden: [String: String]

    public init(
        site: String, quotations: [String: Prose.Quotation] = [:], images: Set<String> = [], hidden: [String: String] = [:]
    ) {
        self.site = site.hasSuffix("/") ? String(site.dropLast()) : site
        self.quotations = quotations
        self.images = images
        self.hidden = hidden
    }

    /// The blocks of a section as they stand in a document, under its own heading.
    public func outgoing(_ blocks: [Prose.Block]) -> [Prose.Block] {
        blocks.mapped { block in
            switch block {
            case .heading(let level, let runs): .heading(level + 1, runs)
            case .directive(let name): quotations[name].map { .quotation($0) }
            default: block
            }
        } runs: { run in
            var run = run
            if let link = run.marks.link { run.marks.link = absolute(link) }
            if case .image(var image) = run.content {
                if let words = hidden[image.address] {
                    run.marks.isEmphasized = true
                    return Prose.Inline(.text(words), run.marks)
                }
                image.address = absolute(image.address)
                run.content = .image(image)
            }
            return run
        }
    }

    /// The same the other way, from the document: what stands under a heading of that level.
    public func incoming(_ blocks: [Prose.Block], under level: Int) -> [Prose.Block] {
        blocks.mapped { block in
            switch block {
            case .heading(let rank, let runs): return .heading(max(1, rank - level), runs)
            case .line(_, let runs): return .paragraph(runs)
            case .quotation(let quotation):
                if let name = quotations.first(where: { quotation.isOf($0.value.id) })?.key { return .directive(name) }
                return .quote(quotation.words.map { .paragraph([.text($0)]) })
            default: return block
            }
        } runs: { run in
            var run = run
            if let link = run.marks.link { run.marks.link = local(link) }
            if case .image(var image) = run.content {
                image.address = local(image.address)
                run.content = .image(image)
            }
            return run
        }
    }

    /// With the site before it, as it stands in a document.
    public func absolute(_ address: String) -> String {
        MarkdownAddress.kind(of: address) == .local && address.hasPrefix("/") ? site + address : address
    }

    private func local(_ address: String) -> String {
        address.hasPrefix(site + "/") ? String(address.dropFirst(site.count)) : address
    }
}

extension [Prose.Block] {
    /// Each block and each run changed, at any depth; what becomes nothing goes.
    func mapped(_ change: (Prose.Block) -> Prose.Block? = { $0 }, runs: (Prose.Inline) -> Prose.Inline?) -> [Prose.Block] {
        func inside(_ all: [Prose.Inline]) -> [Prose.Inline] {
            all.compactMap { run in
                guard case .note(let blocks) = run.content else { return runs(run) }
                return Prose.Inline(.note(blocks.mapped(change, runs: runs)), run.marks)
            }
        }
        return compactMap { block -> Prose.Block? in
            guard let block = change(block) else { return nil }
            switch block {
            case .paragraph(let all): return .paragraph(inside(all))
            case .heading(let level, let all): return .heading(level, inside(all))
            case .line(let line, let all): return .line(line, inside(all))
            case .quote(let all): return .quote(all.mapped(change, runs: runs))
            case .list(var list):
                list.items = list.items.map { $0.mapped(change, runs: runs) }
                return .list(list)
            case .table(var table):
                table.head = table.head.map(inside)
                table.rows = table.rows.map { $0.map(inside) }
                return .table(table)
            case .code, .rule, .directive, .quotation: return block
            }
        }
    }
}
