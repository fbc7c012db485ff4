/// Writes a Word document: real styles, lists, notes, the language, nothing else.
struct WordWriter {
    private let paper: OfficePaper
    private var links: [String] = []
    /// The images met, each part once.
    private var images: [OfficeImage] = []
    private var drawings = 0
    private var notes: [Markup] = []
    /// The first number and the level of each list.
    private var lists: [(start: Int?, level: Int)] = []
    private var bookmarks = 0

    init(_ paper: OfficePaper) {
        self.paper = paper
    }

    func file(at moment: Instant) throws(ZipProblem) -> [UInt8] {
        var writer = self
        let body = paper.blocks.map { writer.block($0) }.joined()
        var archive = ZipArchive()
        archive.add("[Content_Types].xml", WordParts.types.html)
        archive.add("_rels/.rels", WordParts.relations.html)
        archive.add("docProps/core.xml", WordParts.core(paper, moment).html)
        archive.add("word/document.xml", WordParts.document(body).html)
        archive.add("word/styles.xml", WordParts.styles(paper).html)
        archive.add("word/numbering.xml", WordParts.numbering(writer.lists).html)
        archive.add("word/footnotes.xml", WordParts.footnotes(writer.notes).html)
        archive.add("word/settings.xml", WordParts.settings(paper).html)
        archive.add("word/_rels/document.xml.rels", WordParts.links(writer.links, writer.images).html)
        archive.add("word/_rels/footnotes.xml.rels", WordParts.links(writer.links, writer.images).html)
        for image in writer.images { archive.add("word/media/\(image.part)", image.bytes, stored: true) }
        return try archive.bytes(at: moment)
    }

    // MARK: Blocks

    private mutating func block(_ block: Prose.Block, level: Int? = nil) -> Markup {
        switch block {
        case .paragraph(let runs): paragraph(runs, level.map { "Listecontinue\($0 == 0 ? "" : String($0 + 1))" })
        case .heading(let rank, let runs): paragraph(runs, "Titre\(max(1, min(9, rank)))")
        case .line(.title, let runs): paragraph(runs, "Titre", before: origin())
        case .line(.subtitle, let runs): paragraph(runs, "Sous-titre")
        case .line(.particulars, let runs): paragraph(runs, "Mentions")
        case .list(let list): self.list(list, level: level.map { $0 + 1 } ?? 0)
        case .quote(let blocks): blocks.enumerated().map { quoted($1, isFirst: $0 == 0) }.joined()
        case .code(let text):
            text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
                paragraph([.text(String(line))], "Code", before: index == 0 ? beginning() : .empty)
            }.joined()
        case .table(let table): self.table(table)
        case .rule: "<w:p><w:pPr><w:pStyle w:val=\"Filet\"/></w:pPr></w:p>"
        case .directive: .empty
        case .quotation(let quotation): self.quotation(quotation)
        }
    }

    private mutating func origin() -> Markup {
        guard let id = paper.origin else { return .empty }
        bookmarks += 1
        return "<w:bookmarkStart w:id=\"\(bookmarks)\" w:name=\"\(OfficeAnchor.origin(id))\"/><w:bookmarkEnd w:id=\"\(bookmarks)\"/>"
    }

    private mutating func beginning() -> Markup {
        bookmarks += 1
        return "<w:bookmarkStart w:id=\"\(bookmarks)\" w:name=\"\(OfficeAnchor.beginning(bookmarks))\"/><w:bookmarkEnd w:id=\"\(bookmarks)\"/>"
    }

    private mutating func quoted(_ block: Prose.Block, isFirst: Bool) -> Markup {
        if case .paragraph(let runs) = block { return paragraph(runs, "Citation", before: isFirst ? beginning() : .empty) }
        return self.block(block)
    }

    private mutating func paragraph(_ runs: [Prose.Inline], _ style: String? = nil, _ more: Markup = .empty, before: Markup = .empty) -> Markup {
        let named: Markup = style.map { "<w:pStyle w:val=\"\($0)\"/>" } ?? .empty
        let properties: Markup = named.isEmpty && more.isEmpty ? .empty : "<w:pPr>\(named)\(more)</w:pPr>"
        let caption = paper.caption(runs).map { paragraph($0, "Lgende") } ?? .empty
        return "<w:p>\(properties)\(before)\(inlines(runs))</w:p>\(caption)"
    }

    private mutating func list(_ list: Prose.List, level: Int) -> Markup {
        lists.append((list.start, min(8, level)))
        let number: Markup = "<w:numPr><w:ilvl w:val=\"\(min(8, level))\"/><w:numId w:val=\"\(lists.count)\"/></w:numPr>"
        var markup = Markup.empty
        for item in list.items {
            var rest = item[...]
            if case .paragraph(let runs)? = rest.first {
                markup += paragraph(runs, "Paragraphedeliste", number)
                rest = rest.dropFirst()
            } else {
                markup += paragraph([], "Paragraphedeliste", number)
            }
            for block in rest { markup += self.block(block, level: level) }
        }
        return markup
    }

    private mutating func table(_ table: Prose.Table) -> Markup {
        let width = max(1, table.head.count, table.rows.map(\.count).max() ?? 0)
        var rows: [Markup] = []
        for (index, row) in ([table.head] + table.rows).enumerated() {
            var cells = Markup.empty
            for column in 0..<width {
                let side: Markup =
                    switch table.sides.indices.contains(column) ? table.sides[column] : .none {
                    case .center: "<w:jc w:val=\"center\"/>"
                    case .right: "<w:jc w:val=\"right\"/>"
                    case .left, .none: .empty
                    }
                let inside = paragraph(row.indices.contains(column) ? row[column] : [], index == 0 ? "Tableauentte" : "Tableautexte", side)
                cells += "<w:tc><w:tcPr><w:tcW w:w=\"\(9070 / width)\" w:type=\"dxa\"/></w:tcPr>\(inside)</w:tc>"
            }
            rows.append("<w:tr>\(index == 0 ? "<w:trPr><w:tblHeader/></w:trPr>" as Markup : .empty)\(cells)</w:tr>")
        }
        let columns = (0..<width).map { _ in "<w:gridCol w:w=\"\(9070 / width)\"/>" as Markup }.joined()
        return """
            <w:tbl><w:tblPr><w:tblStyle w:val="Grilledutableau"/><w:tblW w:w="9070" w:type="dxa"/><w:tblLook w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>\(columns)</w:tblGrid>\(rows.joined())</w:tbl><w:p><w:pPr><w:pStyle w:val="Espace"/></w:pPr></w:p>
            """
    }

    private mutating func quotation(_ quotation: Prose.Quotation) -> Markup {
        var markup = Markup.empty
        var rank = 0
        func mark(_ writer: inout WordWriter) -> Markup {
            guard !quotation.id.isEmpty else { return .empty }
            rank += 1
            writer.bookmarks += 1
            return "<w:bookmarkStart w:id=\"\(writer.bookmarks)\" w:name=\"\(OfficeAnchor.bookmark(quotation.id, rank))\"/><w:bookmarkEnd w:id=\"\(writer.bookmarks)\"/>"
        }
        for words in quotation.words { markup += paragraph([.text(words)], "Proposrecueillis", before: mark(&self)) }
        if !quotation.attribution.isEmpty {
            markup += paragraph(quotation.attributionLinked, "Proposqui", before: mark(&self))
        }
        return markup
    }

    // MARK: Runs

    private mutating func inlines(_ runs: [Prose.Inline]) -> Markup {
        var markup = Markup.empty
        var index = 0
        while index < runs.count {
            guard let address = paper.written(runs[index]).marks.link else {
                markup += run(runs[index])
                index += 1
                continue
            }
            let end = runs[index...].firstIndex { paper.written($0).marks.link != address } ?? runs.count
            links.append(address)
            markup += "<w:hyperlink r:id=\"l\(links.count)\">\(runs[index..<end].map { run($0) }.joined())</w:hyperlink>"
            index = end
        }
        return markup
    }

    private mutating func run(_ run: Prose.Inline) -> Markup {
        let run = paper.written(run)
        let style: Markup = run.marks.isCode ? "<w:rStyle w:val=\"Codecar\"/>" : run.marks.link != nil ? "<w:rStyle w:val=\"Lienhypertexte\"/>" : .empty
        let marks: Markup =
            "\(style)\(run.marks.isStrong ? "<w:b/>" as Markup : .empty)\(run.marks.isEmphasized ? "<w:i/>" as Markup : .empty)\(run.marks.isStruck ? "<w:strike/>" as Markup : .empty)"
        let properties: Markup = marks.isEmpty ? .empty : "<w:rPr>\(marks)</w:rPr>"
        switch run.content {
        case .text(let text): return "<w:r>\(properties)<w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
        case .lineBreak: return "<w:r><w:br/></w:r>"
        case .note(let blocks):
            notes.append(.empty)
            let number = notes.count
            notes[number - 1] = note(blocks)
            return "<w:r><w:rPr><w:rStyle w:val=\"Appelnotedebasdep\"/></w:rPr><w:footnoteReference w:id=\"\(number)\"/></w:r>"
        case .image(let image):
            guard let inside = paper.images[image.address] else { return .empty }
            if !images.contains(inside) { images.append(inside) }
            drawings += 1
            let place = images.firstIndex(of: inside).map { $0 + 1 } ?? 0
            return WordParts.drawing(inside, alternative: image.alternative, number: drawings, place: place)
        }
    }

    private mutating func note(_ blocks: [Prose.Block]) -> Markup {
        let mark: Markup = "<w:r><w:rPr><w:rStyle w:val=\"Appelnotedebasdep\"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space=\"preserve\"> </w:t></w:r>"
        var markup = Markup.empty
        for (index, block) in blocks.enumerated() {
            if case .paragraph(let runs) = block {
                markup += paragraph(runs, "Notedebasdepage", before: index == 0 ? mark : .empty)
            } else {
                markup += (index == 0 ? "<w:p><w:pPr><w:pStyle w:val=\"Notedebasdepage\"/></w:pPr>\(mark)</w:p>" : .empty) + self.block(block)
            }
        }
        return markup
    }
}

extension Prose.Quotation {
    /// Who said it, leading to where it is on the site.
    var attributionLinked: [Prose.Inline] {
        attribution.map { run in
            var run = run
            if case .text = run.content, run.marks.link == nil { run.marks.link = address.isEmpty ? nil : address }
            return run
        }
    }
}
