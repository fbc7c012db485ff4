/// Reads a Word document (ISO/IEC 29500): its body in order, with the notes where they are called.
struct WordReader {
    private let styles: WordStyles
    private var links: [String: String]
    /// The links and the images of footnotes and endnotes are their own.
    private let noteLinks: [String: [String: String]]
    private let parts: ReceivedArchive
    private let folder: String
    private var pictures: [OfficePicture] = []
    private let notes: [String: XMLTree]
    private let comments: [String: XMLTree]
    private var asides = AsideCounter()
    private var origin: String?
    /// Fields that are open in the run of the text: what they are, whether their result is being read.
    private var fields: [(instruction: String, isResult: Bool)] = []
    private var isInNote = false
    /// Text boxes met in a paragraph: they come after it.
    private var boxes: [OfficePiece] = []

    static func read(_ file: OfficeFile) throws(OfficeFile.Problem) -> OfficeText {
        let path = file.parts["word/document.xml"] != nil ? "word/document.xml" : file.parts.paths.first { $0.hasSuffix("/document.xml") || $0.hasSuffix("/document2.xml") }
        guard let path, let document = try file.tree(path), let body = document.first("w:body") else { throw .damaged }
        try OfficeText.check(body)
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        var reader = try WordReader(file, folder: folder)
        var text = OfficeText()
        let pieces = reader.pieces(body)
        try reader.countHeaders(file, folder)
        text.blocks = OfficePiece.blocks(pieces)
        text.title = try file.tree("docProps/core.xml")?.first("dc:title")?.text ?? ""
        text.asides = reader.asides.all
        text.pictures = reader.pictures
        text.origin = reader.origin
        return text
    }

    private init(_ file: OfficeFile, folder: String) throws(OfficeFile.Problem) {
        styles = WordStyles(styles: try file.tree("\(folder)/styles.xml"), numbering: try file.tree("\(folder)/numbering.xml"))
        (parts, self.folder) = (file.parts, folder)
        func relations(_ part: String) throws(OfficeFile.Problem) -> [String: String]? {
            let all = try file.tree("\(folder)/_rels/\(part).xml.rels")?.elements
            return all.map { Dictionary($0.map { ($0["Id"] ?? "", $0["Target"] ?? "") }) { first, _ in first } }
        }
        links = try relations("document") ?? [:]
        var (notes, noteLinks) = ([String: XMLTree](), [String: [String: String]]())
        for (kind, name) in [("w:footnote", "footnotes"), ("w:endnote", "endnotes")] {
            noteLinks[kind] = try relations(name)
            for note in try file.tree("\(folder)/\(name).xml")?.elements ?? [] where note.name == kind && note["w:type"] == nil {
                notes["\(kind)\(note["w:id"] ?? "")"] = note
            }
        }
        (self.notes, self.noteLinks) = (notes, noteLinks)
        let comments = try file.tree("\(folder)/comments.xml")?.elements ?? []
        self.comments = Dictionary(comments.map { ($0["w:id"] ?? "", $0) }) { first, _ in first }
    }

    private mutating func countHeaders(_ file: OfficeFile, _ folder: String) throws(OfficeFile.Problem) {
        for path in file.parts.paths where path.hasPrefix("\(folder)/header") || path.hasPrefix("\(folder)/footer") {
            guard let words = try file.tree(path)?.all("w:t").map(\.text).joined() else { continue }
            if words.contains(where: \.isLetter) { asides.headers += 1 }
        }
    }

    // MARK: Blocks

    private mutating func pieces(_ parent: XMLTree) -> [OfficePiece] {
        var pieces: [OfficePiece] = []
        var carried: [Prose.Inline] = []
        for element in parent.elements {
            switch element.name {
            case "w:p":
                let properties = element.first("w:pPr")
                var line = paragraph(element, properties)
                line.runs = carried + line.runs
                carried = []
                // Its end is a proposed deletion: it goes on with the next one.
                if properties?.first("w:rPr", "w:del") != nil {
                    carried = line.runs
                    continue
                }
                if line.role == .contents { asides.hasContents = true } else { pieces.append(.line(line)) }
                pieces += boxes
                boxes = []
            case "w:tbl": pieces += table(element)
            case "w:sdt":
                if element.first("w:sdtPr", "w:docPartObj")?.first("w:docPartGallery")?["w:val"] == "Table of Contents" {
                    asides.hasContents = true
                } else if let content = element.first("w:sdtContent") {
                    pieces += self.pieces(content)
                }
            case "w:ins", "w:moveTo", "w:customXml", "w:smartTag": pieces += self.pieces(element)
            case "w:altChunk": asides.objects += 1
            default: break
            }
        }
        if !carried.isEmpty {
            var line = OfficeLine()
            line.runs = carried
            pieces.append(.line(line))
        }
        return pieces
    }

    private mutating func paragraph(_ element: XMLTree, _ properties: XMLTree?) -> OfficeLine {
        var line = OfficeLine()
        line.role = styles.role(properties)
        line.item = styles.item(properties)
        if case .rest(let level) = line.role, line.item == nil {
            line.item = OfficeLine.Item(list: "", level: level, isRest: true)
        }
        line.runs = inlines(element, &line, Prose.Inline.Marks())
        if line.runs.settled.isEmpty, properties?.first("w:pBdr", "w:bottom") != nil { line.role = .rule }
        if case .heading = line.role { line.runs = line.runs.plainStrong }
        return line
    }

    private mutating func table(_ element: XMLTree) -> [OfficePiece] {
        var rows: [[[Prose.Inline]]] = []
        var sides: [Prose.Table.Side] = []
        for row in element.rows where row.first("w:trPr", "w:del") == nil {
            var cells: [[Prose.Inline]] = []
            for cell in row.cells {
                let properties = cell.first("w:tcPr")
                let inside = pieces(cell)
                if element.rows.count == 1, row.cells.count == 1 { return inside }
                let merge = properties?.first("w:vMerge")
                cells.append(merge != nil && merge?["w:val"] != "restart" ? [] : inside.cell)
                if sides.count < cells.count { sides.append(.none) }
                if let side = cell.all("w:jc").first?["w:val"].flatMap({ ["center": .center, "right": .right, "end": .right][$0] as Prose.Table.Side? }) { sides[cells.count - 1] = side }
                let span = min(64, properties?.first("w:gridSpan")?["w:val"].flatMap { Int($0) } ?? 1)
                cells += Array(repeating: [], count: max(0, span - 1))
            }
            rows.append(cells)
        }
        guard let head = rows.first, !head.isEmpty else { return [] }
        return [.table(Prose.Table(sides: sides, head: head, rows: Array(rows.dropFirst())))]
    }

    // MARK: Runs

    private mutating func inlines(_ parent: XMLTree, _ line: inout OfficeLine, _ marks: Prose.Inline.Marks) -> [Prose.Inline] {
        var runs: [Prose.Inline] = []
        for element in parent.elements {
            switch element.name {
            case "w:r": runs += run(element, &line, marks)
            case "w:hyperlink":
                var linked = marks
                linked.link = link(to: element["r:id"].flatMap { links[$0] }, part: element["w:anchor"], &line) ?? marks.link
                runs += inlines(element, &line, linked)
            case "w:fldSimple":
                var linked = marks
                linked.link = link(ofField: element["w:instr"] ?? "", &line) ?? marks.link
                runs += inlines(element, &line, linked)
            case "w:ins", "w:moveTo":
                if element.name == "w:ins" { asides.insertions += 1 }
                runs += inlines(element, &line, marks)
            case "w:del", "w:moveFrom": if element.name == "w:del" { asides.deletions += 1 }
            case "w:smartTag", "w:customXml", "w:sdtContent", "w:dir", "w:bdo": runs += inlines(element, &line, marks)
            case "w:sdt": if let content = element.first("w:sdtContent") { runs += inlines(content, &line, marks) }
            case "w:bookmarkStart":
                let name = element["w:name"] ?? ""
                if let key = OfficeAnchor.key(ofBookmark: name) { line.anchors.insert(key) }
                if OfficeAnchor.isBeginning(name) { line.isBeginning = true }
                origin = origin ?? OfficeAnchor.origin(ofBookmark: name)
            case "m:oMath", "m:oMathPara": runs.append(.text(element.all("m:t").map(\.text).joined()))
            default: break
            }
        }
        return runs
    }

    private mutating func run(_ element: XMLTree, _ line: inout OfficeLine, _ marks: Prose.Inline.Marks) -> [Prose.Inline] {
        let (own, isHidden, isRaised) = styles.marks(element.first("w:rPr"))
        guard !isHidden else { return [] }
        var marks = marks
        (marks.isStrong, marks.isEmphasized) = (marks.isStrong || own.isStrong, marks.isEmphasized || own.isEmphasized)
        (marks.isStruck, marks.isCode) = (marks.isStruck || own.isStruck, marks.isCode || own.isCode)
        var runs: [Prose.Inline] = []
        for child in element.elements {
            if let field = fields.last, !field.isResult, child.name != "w:fldChar", child.name != "w:instrText" { continue }
            let instruction = fields.last { $0.instruction.contains("HYPERLINK") }?.instruction
            if let instruction { marks.link = link(ofField: instruction, &line) ?? marks.link }
            switch child.name {
            case "w:t": runs.append(Prose.Inline(.text(isRaised ? child.text.raised : child.text), marks))
            case "w:tab", "w:ptab": runs.append(Prose.Inline(.text(" "), marks))
            case "w:br" where child["w:type"] == nil || child["w:type"] == "textWrapping", "w:cr": runs.append(Prose.Inline(.lineBreak))
            case "w:noBreakHyphen": runs.append(Prose.Inline(.text("\u{2011}"), marks))
            case "w:sym": if let symbol = child.symbol { runs.append(Prose.Inline(.text(symbol), marks)) }
            case "w:footnoteReference": runs += note("w:footnote", child["w:id"])
            case "w:endnoteReference": runs += note("w:endnote", child["w:id"])
            case "w:commentReference": comment(child["w:id"] ?? "")
            case "w:fldChar": field(child["w:fldCharType"] ?? "")
            case "w:instrText": if !fields.isEmpty { fields[fields.count - 1].instruction += child.text }
            case "w:drawing", "w:pict", "w:object": runs += drawing(child, &line)
            case "mc:AlternateContent": if let chosen = child.first("mc:Choice") { for inside in chosen.elements { runs += drawing(inside, &line) } }
            default: break
            }
        }
        return runs
    }

    private mutating func field(_ kind: String) {
        switch kind {
        case "begin": if fields.count < 20 { fields.append(("", false)) }
        case "separate": if !fields.isEmpty { fields[fields.count - 1].isResult = true }
        case "end": _ = fields.popLast()
        default: break
        }
    }

    private mutating func note(_ kind: String, _ id: String?) -> [Prose.Inline] {
        guard !isInNote, let note = notes[kind + (id ?? "")] else { return [] }
        let outer = (fields, links)
        (isInNote, fields, links) = (true, [], noteLinks[kind] ?? links)
        let blocks = OfficePiece.blocks(pieces(note))
        isInNote = false
        (fields, links) = outer
        return blocks.isEmpty ? [] : [Prose.Inline(.note(blocks))]
    }

    private mutating func comment(_ id: String) {
        guard let comment = comments[id] else { return }
        let text = comment.all("w:p").map { $0.all("w:t").map(\.text).joined() }.joined(separator: " ")
        asides.comments.append(.comment(author: CleanText.line(comment["w:author"] ?? ""), text: CleanText.line(text)))
    }

    private mutating func drawing(_ element: XMLTree, _ line: inout OfficeLine) -> [Prose.Inline] {
        if element.name == "w:object" || !element.all("c:chart").isEmpty || !element.all("dgm:relIds").isEmpty {
            asides.objects += 1
        } else if let box = element.all("w:txbxContent").first {
            boxes += pieces(box)
        } else if !element.all("pic:pic").isEmpty || !element.all("v:imagedata").isEmpty {
            return images(element)
        } else if element.all("v:rect").contains(where: { $0["o:hr"] == "t" }) {
            line.role = .rule
        }
        return []
    }

    private mutating func images(_ element: XMLTree) -> [Prose.Inline] {
        let frame = element.all("wp:docPr").first
        let drawn = element.all("pic:pic").map { picture -> (part: String?, said: XMLTree?) in
            let blip = picture.all("a:blip").first
            return (blip?["r:embed"], frame ?? picture.all("pic:cNvPr").first)
        }
        let old = element.all("v:shape").flatMap { shape in shape.all("v:imagedata").map { (part: $0["r:id"], said: shape as XMLTree?) } }
        return (drawn + old).map { part, said in
            let path = part.flatMap { links[$0] }.map { $0.hasPrefix("/") ? String($0.dropFirst()) : "\(folder)/\($0)" } ?? ""
            let alternative = CleanText.line(said?["descr"] ?? said?["alt"] ?? "")
            let picture = OfficePicture(
                file: path.split(separator: "/").last.map(String.init) ?? "", alternative: alternative, bytes: parts[path],
                origin: OfficeImage.address(ofName: said?["name"] ?? ""))
            pictures.append(picture)
            return OfficePicture.run(pictures.count - 1, alternative)
        }
    }

    // MARK: Links

    private func link(to target: String?, part: String?, _ line: inout OfficeLine) -> String? {
        guard let target else { return nil }
        let address = part.map { "\(target)#\($0)" } ?? target
        if let key = OfficeAnchor.key(ofAddress: address) { line.anchors.insert(key) }
        return MarkdownAddress.kind(of: address) == nil ? nil : address
    }

    /// `HYPERLINK "https://…" \l "part"`.
    private func link(ofField instruction: String, _ line: inout OfficeLine) -> String? {
        guard instruction.contains("HYPERLINK") else { return nil }
        let parts = instruction.split(separator: "\"", omittingEmptySubsequences: false)
        guard parts.count >= 3, !parts[0].contains("\\l") else { return nil }
        return link(to: String(parts[1]), part: parts.count >= 5 && parts[2].contains("\\l") ? String(parts[3]) : nil, &line)
    }
}

extension XMLTree {
    fileprivate var rows: [XMLTree] { inside("w:tr") }
    fileprivate var cells: [XMLTree] { inside("w:tc") }

    /// The rows, or cells, inside whatever wraps them.
    private func inside(_ name: String) -> [XMLTree] {
        elements.flatMap { element -> [XMLTree] in
            if element.name == name { return [element] }
            return ["w:sdt", "w:sdtContent", "w:ins", "w:customXml"].contains(element.name) ? element.inside(name) : []
        }
    }

    /// A character by its number; those of the private fonts of pictures are bullets at best.
    fileprivate var symbol: String? {
        guard let value = self["w:char"].flatMap({ UInt32($0, radix: 16) }), let scalar = Unicode.Scalar(value) else { return nil }
        return (0xE000...0xF8FF).contains(value) ? "•" : String(Character(scalar))
    }
}
