/// Reads an OpenDocument text (ISO/IEC 26300): its body in order, with the notes where they are called.
struct OpenDocumentReader {
    private let styles: OpenDocumentStyles
    private var asides = AsideCounter()
    private var isInNote = false
    private var boxes: [OfficePiece] = []
    private var lists = 0
    private var origin: String?
    private let parts: ReceivedArchive
    private var pictures: [OfficePicture] = []

    static func read(_ file: OfficeFile) throws(OfficeFile.Problem) -> OfficeText {
        guard let content = try file.tree("content.xml"), let body = content.first("office:body", "office:text") else { throw .damaged }
        try OfficeText.check(body)
        let common = try file.tree("styles.xml")
        var reader = OpenDocumentReader(styles: OpenDocumentStyles([common, content]), parts: file.parts)
        var text = OfficeText()
        text.blocks = OfficePiece.blocks(reader.pieces(body))
        let headers = ["style:header", "style:footer"].flatMap { common?.first("office:master-styles")?.all($0) ?? [] }
        reader.asides.headers = headers.count { $0.text.contains(where: \.isLetter) }
        text.title = try file.tree("meta.xml")?.first("office:meta")?.first("dc:title")?.text ?? ""
        text.asides = reader.asides.all
        text.origin = reader.origin
        text.pictures = reader.pictures
        return text
    }

    private init(styles: OpenDocumentStyles, parts: ReceivedArchive) {
        (self.styles, self.parts) = (styles, parts)
    }

    // MARK: Blocks

    private mutating func pieces(_ parent: XMLTree) -> [OfficePiece] {
        var pieces: [OfficePiece] = []
        for element in parent.elements { pieces += self.piece(element) }
        return pieces
    }

    private mutating func piece(_ element: XMLTree) -> [OfficePiece] {
        switch element.name {
        case "text:p", "text:h": return paragraph(element)
        case "text:list":
            return list(element, name: element["text:style-name"], level: 0)
        case "table:table": return table(element)
        case "text:section", "text:index-title": return pieces(element)
        case "text:table-of-content":
            asides.hasContents = true
            return []
        case "text:tracked-changes":
            for region in element.elements {
                if region.first("text:deletion") != nil { asides.deletions += 1 }
                if region.first("text:insertion") != nil { asides.insertions += 1 }
            }
            return []
        case "draw:frame":
            var line = OfficeLine()
            line.runs = frame(element)
            defer { boxes = [] }
            return (line.runs.isEmpty ? [] : [.line(line)]) + boxes
        default: return []
        }
    }

    private mutating func paragraph(_ element: XMLTree) -> [OfficePiece] {
        var line = OfficeLine()
        line.role = styles.role(element["text:style-name"])
        if element.name == "text:h" { line.role = .heading(element["text:outline-level"].flatMap { Int($0) } ?? 1) }
        if case .rest = line.role { line.role = .paragraph }
        line.runs = inlines(element, &line, Prose.Inline.Marks())
        if case .heading = line.role { line.runs = line.runs.plainStrong }
        if line.role == .contents { asides.hasContents = true }
        defer { boxes = [] }
        return (line.role == .contents ? [] : [.line(line)]) + boxes
    }

    private mutating func list(_ element: XMLTree, name: String?, level: Int) -> [OfficePiece] {
        guard level < 9 else { return [] }
        lists += 1
        let id = String(lists)
        var pieces: [OfficePiece] = []
        for item in element.elements where item.name == "text:list-item" || item.name == "text:list-header" {
            var isRest = item.name == "text:list-header"
            if item.elements.first?.name == "text:list" {
                pieces.append(.line(mark(OfficeLine(), OfficeLine.Item(list: id, level: level, start: styles.start(ofList: name, level: level)))))
                isRest = true
            }
            for child in item.elements {
                if child.name == "text:list" {
                    pieces += list(child, name: child["text:style-name"] ?? name, level: level + 1)
                    continue
                }
                for piece in self.piece(child) {
                    guard case .line(let line) = piece else {
                        pieces.append(piece)
                        continue
                    }
                    let start = item["text:start-value"].flatMap { Int($0) } ?? styles.start(ofList: name, level: level)
                    pieces.append(.line(mark(line, OfficeLine.Item(list: id, level: level, start: start, isRest: isRest))))
                    isRest = true
                }
            }
        }
        return pieces
    }

    private func mark(_ line: OfficeLine, _ item: OfficeLine.Item) -> OfficeLine {
        var line = line
        if line.anchors.isEmpty { line.item = item }
        return line
    }

    private mutating func table(_ element: XMLTree) -> [OfficePiece] {
        var rows: [[[Prose.Inline]]] = []
        var sides: [Prose.Table.Side] = []
        let all = Self.rows(element)
        for row in all {
            var cells: [[Prose.Inline]] = []
            let own = row.elements.filter { $0.name == "table:table-cell" || $0.name == "table:covered-table-cell" }
            for cell in own {
                let inside = pieces(cell)
                if all.count == 1, own.count == 1 { return inside }
                let times = min(64, cell["table:number-columns-repeated"].flatMap { Int($0) } ?? 1)
                cells += Array(repeating: cell.name == "table:table-cell" ? inside.cell : [], count: times)
                while sides.count < cells.count { sides.append(.none) }
                let side = cell.first("text:p").map { styles.side($0["text:style-name"]) } ?? .none
                if side != .none, !cells.isEmpty { sides[cells.count - 1] = side }
            }
            rows.append(cells)
        }
        guard let head = rows.first, !head.isEmpty else { return [] }
        return [.table(Prose.Table(sides: sides, head: head, rows: Array(rows.dropFirst())))]
    }

    private static func rows(_ element: XMLTree) -> [XMLTree] {
        element.elements.flatMap { child -> [XMLTree] in
            switch child.name {
            case "table:table-row": [child]
            case "table:table-header-rows", "table:table-rows", "table:table-row-group": rows(child)
            default: []
            }
        }
    }

    // MARK: Runs

    private mutating func inlines(_ parent: XMLTree, _ line: inout OfficeLine, _ marks: Prose.Inline.Marks, isRaised: Bool = false) -> [Prose.Inline] {
        var runs: [Prose.Inline] = []
        for child in parent.children {
            switch child {
            case .text(let text):
                // Several spaces in a row are one: the others are written as elements.
                let words = text.split(omittingEmptySubsequences: false) { $0 == " " || $0 == "\n" || $0 == "\t" || $0 == "\r\n" || $0 == "\r" }
                let joined = words.enumerated().filter { $0 == 0 || $0 == words.count - 1 || !$1.isEmpty }.map { String($1) }.joined(separator: " ")
                runs.append(Prose.Inline(.text(isRaised ? joined.raised : joined), marks))
            case .element(let element): runs += inline(element, &line, marks)
            }
        }
        return runs
    }

    private mutating func inline(_ element: XMLTree, _ line: inout OfficeLine, _ marks: Prose.Inline.Marks) -> [Prose.Inline] {
        switch element.name {
        case "text:span":
            let (marks, isRaised, isHidden) = styles.marks(element["text:style-name"], marks)
            return isHidden ? [] : inlines(element, &line, marks, isRaised: isRaised)
        case "text:a":
            let address = element["xlink:href"] ?? ""
            if let key = OfficeAnchor.key(ofAddress: address) { line.anchors.insert(key) }
            var linked = marks
            linked.link = address.hasPrefix("#") || MarkdownAddress.kind(of: address) == nil ? marks.link : address
            return inlines(element, &line, linked)
        case "text:s": return [Prose.Inline(.text(String(repeating: " ", count: min(200, element["text:c"].flatMap { Int($0) } ?? 1))), marks)]
        case "text:tab": return [Prose.Inline(.text(" "), marks)]
        case "text:line-break": return [Prose.Inline(.lineBreak)]
        case "text:note": return note(element)
        case "text:bookmark", "text:bookmark-start":
            let name = element["text:name"] ?? ""
            if let key = OfficeAnchor.key(ofBookmark: name) { line.anchors.insert(key) }
            if OfficeAnchor.isBeginning(name) { line.isBeginning = true }
            origin = origin ?? OfficeAnchor.origin(ofBookmark: name)
            return []
        case "office:annotation":
            let text = element.elements.filter { $0.name == "text:p" || $0.name == "text:list" }.map(\.text).joined(separator: " ")
            asides.comments.append(.comment(author: CleanText.line(element.first("dc:creator")?.text ?? ""), text: CleanText.line(text)))
            return []
        case "draw:frame", "draw:g", "draw:custom-shape", "draw:rect":
            return frame(element)
        case "office:annotation-end", "text:bookmark-end", "text:change", "text:change-start", "text:change-end", "text:soft-page-break",
            "text:hidden-text", "text:hidden-paragraph", "text:ruby-text", "text:alphabetical-index-mark", "text:toc-mark":
            return []
        default: return inlines(element, &line, marks)
        }
    }

    private mutating func note(_ element: XMLTree) -> [Prose.Inline] {
        guard !isInNote, let body = element.first("text:note-body") else { return [] }
        isInNote = true
        defer { isInNote = false }
        let blocks = OfficePiece.blocks(pieces(body))
        return blocks.isEmpty ? [] : [Prose.Inline(.note(blocks))]
    }

    private mutating func frame(_ element: XMLTree) -> [Prose.Inline] {
        if let box = element.all("draw:text-box").first {
            boxes += pieces(box)
        } else if !element.all("draw:object").isEmpty || !element.all("draw:object-ole").isEmpty {
            asides.objects += 1
        } else if !element.all("draw:image").isEmpty {
            let frames = element.name == "draw:frame" ? [element] : element.all("draw:frame")
            return frames.map { image($0) }
        } else {
            boxes += pieces(element)
        }
        return []
    }

    private mutating func image(_ frame: XMLTree) -> Prose.Inline {
        let paths = frame.all("draw:image").compactMap { $0["xlink:href"] }.map { $0.hasPrefix("./") ? String($0.dropFirst(2)) : $0 }
        // A drawing has beside it what is shown by who cannot draw it.
        let path = paths.first { parts[$0] != nil && !$0.lowercased().hasSuffix(".svg") } ?? paths.first ?? ""
        let said = [frame.first("svg:desc"), frame.first("svg:title")].compactMap { $0?.text }.first { !$0.isEmpty } ?? ""
        let name = (frame["draw:name"] ?? "").prefix { $0 != "#" }
        let picture = OfficePicture(
            file: path.split(separator: "/").last.map(String.init) ?? "", alternative: CleanText.line(said), bytes: parts[path],
            origin: OfficeImage.address(ofName: String(name)))
        pictures.append(picture)
        return OfficePicture.run(pictures.count - 1, picture.alternative)
    }
}
