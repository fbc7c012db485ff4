/// A paragraph of a word processor, once its style is understood; and what paragraphs make together.
struct OfficeLine {
    enum Role: Hashable {
        case paragraph, title, subtitle, quote, code, rule, contents, caption
        case heading(Int)
        /// The rest of the item above, at a depth.
        case rest(Int)
    }

    struct Item: Hashable {
        var list: String
        /// 0 is the outermost.
        var level: Int
        /// Nil for bullets.
        var start: Int?
        /// A further paragraph of the item above.
        var isRest = false
    }

    var role = Role.paragraph
    var item: Item?
    var runs: [Prose.Inline] = []
    /// The quotations that it belongs to, as the document names them.
    var anchors: Set<String> = []
    /// It does not go on with the quotation, or the code, just before.
    var isBeginning = false

    /// What a style is, by its name in English or in French, as word processors write it.
    static func role(named name: String) -> Role? {
        let name = French.fold(name.replacing("_20_", with: " ").replacing("_", with: " "))
        for prefix in ["heading ", "titre ", "title "] where name.hasPrefix(prefix) {
            if let level = Int(name.dropFirst(prefix.count)), (1...9).contains(level) { return .heading(level) }
        }
        for prefix in ["list continue", "liste continue", "suite de liste"] where name.hasPrefix(prefix) {
            return .rest(max(0, (Int(name.dropFirst(prefix.count).trimmed) ?? 1) - 1))
        }
        if ["toc ", "tm ", "contents ", "table des matieres", "toc heading"].contains(where: name.hasPrefix) { return .contents }
        switch name {
        case "title", "titre", "titre principal": return .title
        case "subtitle", "sous-titre": return .subtitle
        case "quote", "intense quote", "citation", "citation intense", "block text", "normal centre", "quotations", "citations": return .quote
        case "source code", "code", "html preformatted", "prefomate html", "preformatted text", "texte preformate": return .code
        case "horizontal line", "ligne horizontale": return .rule
        case "caption", "legende", "illustration", "figure", "image caption": return .caption
        default: return nil
        }
    }

    /// Whether a character style is that of code.
    static func isCode(named name: String) -> Bool {
        ["verbatim char", "code", "source text", "html code", "texte source", "code html"].contains(
            French.fold(name.replacing("_20_", with: " ")))
    }
}

extension StringProtocol {
    fileprivate var trimmed: String { String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
}

/// Paragraphs and tables one after the other, on their way to blocks.
enum OfficePiece {
    case line(OfficeLine)
    case table(Prose.Table)

    /// The blocks that they make: lists nested by their levels, quotations and code gathered.
    static func blocks(_ pieces: [OfficePiece]) -> [Prose.Block] {
        var blocks: [Prose.Block] = []
        var index = 0
        while index < pieces.count {
            guard case .line(let line) = pieces[index] else {
                if case .table(let table) = pieces[index] { blocks.append(.table(table)) }
                index += 1
                continue
            }
            if line.item != nil, !isHeading(line) {
                let end = pieces[index...].firstIndex { !isItem($0) } ?? pieces.count
                let lines = pieces[index..<end].compactMap { if case .line(let line) = $0 { line } else { nil } }
                blocks += lists(lines[...], level: lines.compactMap { $0.item?.level }.min() ?? 0)
                index = end
                continue
            }
            add(line, to: &blocks)
            index += 1
        }
        return blocks
    }

    private static func isHeading(_ line: OfficeLine) -> Bool {
        if case .heading = line.role { true } else { false }
    }

    private static func isItem(_ piece: OfficePiece) -> Bool {
        if case .line(let line) = piece { line.item != nil && !isHeading(line) && line.anchors.isEmpty } else { false }
    }

    private static func add(_ line: OfficeLine, to blocks: inout [Prose.Block]) {
        let runs = line.runs.settled
        if let anchor = line.anchors.sorted().first {
            // The words and who said them are two paragraphs of one quotation.
            if case .quotation(var last)? = blocks.last, last.id == anchor {
                last.words.append(runs.words)
                blocks[blocks.count - 1] = .quotation(last)
            } else {
                blocks.append(.quotation(Prose.Quotation(id: anchor, words: [runs.words], attribution: [], address: "")))
            }
            return
        }
        if line.role == .rule {
            blocks.append(.rule)
            if !runs.isEmpty { blocks.append(.paragraph(runs)) }
            return
        }
        if line.role == .code {
            let text = line.runs.map { $0.content == .lineBreak ? "\n" : $0.text ?? "" }.joined()
            if !line.isBeginning, case .code(let before)? = blocks.last {
                blocks[blocks.count - 1] = .code(before + "\n" + text)
            } else {
                blocks.append(.code(text))
            }
            return
        }
        guard !runs.isEmpty else { return }
        switch line.role {
        case .heading(let level): blocks.append(.heading(level, runs))
        case .title: blocks.append(.line(.title, runs))
        case .subtitle: blocks.append(.line(.subtitle, runs))
        case .quote:
            if !line.isBeginning, case .quote(let before)? = blocks.last {
                blocks[blocks.count - 1] = .quote(before + [.paragraph(runs)])
            } else {
                blocks.append(.quote([.paragraph(runs)]))
            }
        case .contents: break
        case .caption:
            // Under an image, it is what is said of it.
            if case .paragraph(let before)? = blocks.last, var image = before.figure, image.legend.isEmpty, runs.figure == nil {
                image.legend = CleanText.line(runs.words)
                blocks[blocks.count - 1] = .paragraph([Prose.Inline(.image(image), before[0].marks)])
            } else {
                blocks.append(.paragraph(runs))
            }
        case .paragraph, .rest, .code, .rule: blocks.append(.paragraph(runs))
        }
    }

    /// The lists of a level, one after the other: another list, or another kind, begins a new one.
    private static func lists(_ lines: ArraySlice<OfficeLine>, level: Int) -> [Prose.Block] {
        var blocks: [Prose.Block] = []
        var (list, name) = (Prose.List(items: []), "")
        func close() {
            if !list.items.isEmpty { blocks.append(.list(list)) }
        }
        var index = lines.startIndex
        while index < lines.endIndex {
            guard let item = lines[index].item else { break }
            if item.level > level {
                let end = lines[index...].firstIndex { ($0.item?.level ?? 0) <= level } ?? lines.endIndex
                let inner = lines[index..<end]
                let nested = lists(inner, level: inner.compactMap { $0.item?.level }.min() ?? level + 1)
                if list.items.isEmpty { list.items.append([]) }
                list.items[list.items.count - 1] += nested
                index = end
                continue
            }
            var inside: [Prose.Block] = []
            var plain = lines[index]
            plain.item = nil
            add(plain, to: &inside)
            if item.isRest, !list.items.isEmpty {
                list.items[list.items.count - 1] += inside
            } else {
                if item.list != name || (item.start == nil) != (list.start == nil) {
                    close()
                    (list, name) = (Prose.List(start: item.start, items: []), item.list)
                }
                list.items.append(inside)
            }
            index += 1
        }
        close()
        return blocks.map { block in
            if case .list(var list) = block {
                list.items = list.items.map { $0.isEmpty ? [.paragraph([])] : $0 }
                return .list(list)
            }
            return block
        }
    }
}
