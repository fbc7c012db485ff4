import Formats

/// A text as the template of papers reads it: values, never a program.
public struct PaperData {
    private let images: [String: OfficeImage]

    /// - Parameters:
    ///   - footer: at the foot of each page.
    ///   - contents: the title of the table of contents; none when the text is short.
    public static func json(_ paper: OfficePaper, footer: String, keywords: [String], contents: String?) -> JSONValue {
        .object([
            "title": .string(paper.title), "authors": .array(paper.authors.map { .string($0) }), "lang": .string(paper.language),
            "description": .string(paper.description), "keywords": .array(keywords.map { .string($0) }),
            "footer": .string(footer), "contents": .string(contents ?? ""), "blocks": .array(PaperData(images: paper.images).blocks(paper.blocks, contents != nil)),
        ])
    }

    private func blocks(_ all: [Prose.Block], _ hasContents: Bool = false) -> [JSONValue] {
        // A level is never skipped: who reads by ear goes from one to the next.
        var level = 0
        var blocks: [JSONValue] = []
        for block in all {
            if case .heading(let wanted, _) = block {
                if level == 0, hasContents { blocks.append(.object(["kind": .string("contents"), "isLong": .bool(true)])) }
                level = min(wanted, level + 1)
            }
            blocks.append(self.block(block, level))
        }
        return blocks
    }

    private func block(_ block: Prose.Block, _ level: Int) -> JSONValue {
        switch block {
        case .paragraph(let runs):
            if let image = runs.figure, let inside = images[image.address] {
                kind("figure", ["image": self.image(inside, image), "legend": .string(image.legend)])
            } else {
                kind("paragraph", ["runs": self.runs(runs)])
            }
        case .heading(_, let runs): kind("heading", ["level": .int(Int64(max(1, min(6, level)))), "runs": self.runs(runs)])
        case .line(.title, _): kind("title", [:])
        case .line(.subtitle, let runs): kind("subtitle", ["runs": self.runs(runs)])
        case .line(.particulars, let runs): kind("particulars", ["runs": self.runs(runs)])
        case .list(let list):
            kind(
                "list",
                [
                    "ordered": .bool(list.start != nil), "start": .int(Int64(list.start ?? 0)),
                    "items": .array(list.items.map { .array(blocks($0)) }),
                ])
        case .quote(let all): kind("quote", ["blocks": .array(blocks(all))])
        case .code(let text): kind("code", ["text": .string(text)])
        case .rule: kind("rule", [:])
        case .directive: kind("nothing", [:])
        case .table(let table): self.table(table)
        case .quotation(let quotation):
            kind(
                "said",
                [
                    "words": .array(quotation.words.map { .string($0) }), "who": runs(quotation.attribution),
                    "mark": .bool(quotation.attribution.isEmpty),
                ])
        }
    }

    private func table(_ table: Prose.Table) -> JSONValue {
        let width = max(1, table.head.count, table.rows.map(\.count).max() ?? 0)
        func row(_ cells: [[Prose.Inline]]) -> JSONValue { .array((0..<width).map { runs(cells.indices.contains($0) ? cells[$0] : []) }) }
        let sides = (0..<width).map { column -> JSONValue in
            switch table.sides.indices.contains(column) ? table.sides[column] : .none {
            case .center: .string("center")
            case .right: .string("right")
            case .left, .none: .string("left")
            }
        }
        return kind("table", ["sides": .array(sides), "head": row(table.head), "rows": .array(table.rows.map(row))])
    }

    private func runs(_ runs: [Prose.Inline]) -> JSONValue {
        .array(
            runs.map { run in
                let text: String
                switch run.content {
                case .lineBreak: return kind("break", [:])
                case .note(let all): return kind("note", ["blocks": .array(blocks(all))])
                case .text(let words): text = words
                case .image(let image):
                    if let inside = images[image.address] { return self.image(inside, image) }
                    text = image.alternative
                }
                let marks = run.marks
                return kind(
                    "text",
                    [
                        "text": .string(text), "strong": .bool(marks.isStrong), "emphasized": .bool(marks.isEmphasized),
                        "struck": .bool(marks.isStruck), "code": .bool(marks.isCode), "link": .string(marks.link ?? ""),
                    ])
            })
    }

    /// An image by the name of its file, with its width on the page, in points.
    private func image(_ inside: OfficeImage, _ image: Prose.Image) -> JSONValue {
        kind(
            "image",
            [
                "file": .string(inside.part), "alternative": .string(image.alternative),
                "width": .int(Int64(inside.size.width * 72 / 2_540)),
            ])
    }

    private func kind(_ name: String, _ more: [String: JSONValue]) -> JSONValue {
        .object(more.merging(["kind": .string(name)]) { first, _ in first })
    }
}
