/// Writes an OpenDocument text: real styles, lists, notes, the language, nothing else.
struct OpenDocumentWriter {
    private let paper: OfficePaper
    private var notes = 0
    /// The styles of runs that were used, by what they hold.
    private var styles: [Prose.Inline.Marks: String] = [:]
    private var bookmarks = 0
    /// The images met, each part once.
    private var images: [OfficeImage] = []
    private var frames = 0

    init(_ paper: OfficePaper) {
        self.paper = paper
    }

    func file(at moment: Instant) throws(ZipProblem) -> [UInt8] {
        var writer = self
        let body = paper.blocks.map { writer.block($0) }.joined()
        var archive = ZipArchive()
        archive.add("mimetype", OfficeFile.Kind.openDocument.type, stored: true)
        archive.add("META-INF/manifest.xml", OpenDocumentParts.manifest(writer.images).html)
        archive.add("content.xml", OpenDocumentParts.content(body, writer.styles).html)
        archive.add("styles.xml", OpenDocumentParts.styles(paper).html)
        archive.add("meta.xml", OpenDocumentParts.meta(paper, moment).html)
        for image in writer.images { archive.add("Pictures/\(image.part)", image.bytes, stored: true) }
        return try archive.bytes(at: moment)
    }

    // MARK: Blocks

    private mutating func block(_ block: Prose.Block) -> Markup {
        switch block {
        case .paragraph(let runs): paragraph(runs, "Text_20_body")
        case .heading(let rank, let runs):
            "<text:h text:style-name=\"Heading_20_\(max(1, min(9, rank)))\" text:outline-level=\"\(max(1, min(9, rank)))\">\(inlines(runs))</text:h>"
        case .line(.title, let runs): paragraph(runs, "Title", before: origin)
        case .line(.subtitle, let runs): paragraph(runs, "Subtitle")
        case .line(.particulars, let runs): paragraph(runs, "Mentions")
        case .list(let list): self.list(list)
        case .quote(let blocks): blocks.enumerated().map { quoted($1, isFirst: $0 == 0) }.joined()
        case .code(let text):
            text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
                paragraph([.text(String(line))], "Preformatted_20_Text", before: index == 0 ? beginning() : .empty)
            }.joined()
        case .table(let table): self.table(table)
        case .rule: "<text:p text:style-name=\"Horizontal_20_Line\"/>"
        case .directive: .empty
        case .quotation(let quotation): self.quotation(quotation)
        }
    }

    private var origin: Markup {
        paper.origin.map { "<text:bookmark text:name=\"\(OfficeAnchor.origin($0))\"/>" } ?? .empty
    }

    private mutating func beginning() -> Markup {
        bookmarks += 1
        return "<text:bookmark text:name=\"\(OfficeAnchor.beginning(bookmarks))\"/>"
    }

    private mutating func quoted(_ block: Prose.Block, isFirst: Bool) -> Markup {
        if case .paragraph(let runs) = block { return paragraph(runs, "Quotations", before: isFirst ? beginning() : .empty) }
        return self.block(block)
    }

    private mutating func paragraph(_ runs: [Prose.Inline], _ style: String, before: Markup = .empty) -> Markup {
        let caption = paper.caption(runs).map { paragraph($0, "Caption") } ?? .empty
        return "<text:p text:style-name=\"\(style)\">\(before)\(inlines(runs))</text:p>\(caption)"
    }

    private mutating func list(_ list: Prose.List) -> Markup {
        var items = Markup.empty
        for (index, item) in list.items.enumerated() {
            var inside = Markup.empty
            for block in item {
                if case .paragraph(let runs) = block { inside += paragraph(runs, "List_20_Contents") } else { inside += self.block(block) }
            }
            let start: Markup = index == 0 ? Markup.attribute("text:start-value", value: list.start.map { String($0) }) : .empty
            items += "<text:list-item\(start)>\(inside)</text:list-item>"
        }
        return "<text:list text:style-name=\"\(list.start == nil ? "List_20_1" : "Numbering_20_1")\" text:continue-numbering=\"false\">\(items)</text:list>"
    }

    private mutating func table(_ table: Prose.Table) -> Markup {
        let width = max(1, table.head.count, table.rows.map(\.count).max() ?? 0)
        func row(_ cells: [[Prose.Inline]], _ style: String, _ writer: inout OpenDocumentWriter) -> Markup {
            var markup = Markup.empty
            for column in 0..<width {
                let side =
                    switch table.sides.indices.contains(column) ? table.sides[column] : .none {
                    case .center: "_center"
                    case .right: "_right"
                    case .left, .none: ""
                    }
                let inside = writer.paragraph(cells.indices.contains(column) ? cells[column] : [], style + side)
                markup += "<table:table-cell table:style-name=\"Cell\" office:value-type=\"string\">\(inside)</table:table-cell>"
            }
            return "<table:table-row>\(markup)</table:table-row>"
        }
        let head = row(table.head, "Table_20_Heading", &self)
        let rows = table.rows.map { row($0, "Table_20_Contents", &self) }.joined()
        return """
            <table:table table:style-name="Table"><table:table-column table:number-columns-repeated="\(width)"/><table:table-header-rows>\(head)</table:table-header-rows>\(rows)</table:table><text:p text:style-name="Table_20_Space"/>
            """
    }

    private mutating func quotation(_ quotation: Prose.Quotation) -> Markup {
        func mark(_ rank: Int) -> Markup {
            quotation.id.isEmpty ? .empty : "<text:bookmark text:name=\"\(OfficeAnchor.bookmark(quotation.id, rank))\"/>"
        }
        var markup = Markup.empty
        for (index, words) in quotation.words.enumerated() {
            markup += paragraph([.text(words)], "Propos_20_recueillis", before: mark(index + 1))
        }
        if !quotation.attribution.isEmpty {
            markup += paragraph(
                quotation.attributionLinked, "Propos_20_recueillis_2c__20_qui",
                before: mark(quotation.words.count + 1))
        }
        return markup
    }

    // MARK: Runs

    private mutating func inlines(_ runs: [Prose.Inline]) -> Markup {
        var markup = Markup.empty
        for run in runs.map(paper.written) {
            let inside = self.run(run)
            markup += run.marks.link.map { "<text:a xlink:type=\"simple\" xlink:href=\"\(MarkdownAddress.encoded($0))\">\(inside)</text:a>" } ?? inside
        }
        return markup
    }

    private mutating func run(_ run: Prose.Inline) -> Markup {
        switch run.content {
        case .lineBreak: return "<text:line-break/>"
        case .note(let blocks): return note(blocks)
        case .image(let image):
            guard let inside = paper.images[image.address] else { return .empty }
            if !images.contains(inside) { images.append(inside) }
            frames += 1
            return OpenDocumentParts.frame(inside, alternative: image.alternative, number: frames)
        case .text(let text):
            var marks = run.marks
            marks.link = nil
            guard marks != Prose.Inline.Marks() else { return Self.spaced(text) }
            let name = styles[marks] ?? "T\(styles.count + 1)"
            styles[marks] = name
            return "<text:span text:style-name=\"\(name)\">\(Self.spaced(text))</text:span>"
        }
    }

    /// Spaces in a row, or at an end, are elements: as characters they would be one, or none.
    private static func spaced(_ text: String) -> Markup {
        var (markup, plain, spaces) = (Markup.empty, "", 0)
        func flush() {
            guard spaces > 0 else { return }
            if plain.isEmpty || spaces > 1 {
                markup += "\(plain)<text:s text:c=\"\(spaces)\"/>"
                plain = ""
            } else {
                plain += " "
            }
            spaces = 0
        }
        for character in text {
            if character == " " || character == "\t" || character == "\n" {
                spaces += 1
            } else {
                flush()
                plain.append(character)
            }
        }
        if spaces > 0 { markup += "\(plain)<text:s text:c=\"\(spaces)\"/>" } else { markup += .text(plain) }
        return markup
    }

    private mutating func note(_ blocks: [Prose.Block]) -> Markup {
        notes += 1
        let number = notes
        var inside = Markup.empty
        for block in blocks {
            if case .paragraph(let runs) = block { inside += paragraph(runs, "Footnote") } else { inside += self.block(block) }
        }
        return "<text:note text:id=\"ftn\(number)\" text:note-class=\"footnote\"><text:note-citation>\(number)</text:note-citation><text:note-body>\(inside)</text:note-body></text:note>"
    }
}
