import Formats
import Platform

extension GridSheet {
    /// For a word processor: each question with its probes, then lines to write on.
    package var paper: OfficePaper {
        var blocks: [Prose.Block] = [
            .line(.title, [.text(title)]), .line(.subtitle, [.text(subtitle)]), .line(.particulars, [.text(words("grids.paper.who"))]),
        ]
        for (number, part) in parts.enumerated() {
            blocks.append(.heading(1, [.text("\(number + 1). \(part.name)")]))
            if !part.description.isEmpty { blocks.append(.paragraph([.text(part.description)])) }
            for (place, item) in part.items.enumerated() {
                blocks.append(.heading(2, [.text("\(number + 1).\(place + 1) \(item.text)")]))
                if !item.remark.isEmpty { blocks.append(.line(.particulars, [.text(item.remark)])) }
                if !item.probes.isEmpty { blocks.append(.list(Prose.List(items: item.probes.map { [.paragraph([.text($0)])] }))) }
                blocks += Array(repeating: .rule, count: Self.lines)
            }
        }
        return OfficePaper(title: title, language: language.rawValue, description: subtitle, blocks: blocks)
    }

    /// For the template of papers: values, never a program.
    package var data: JSONValue {
        var blocks: [JSONValue] = [
            block("title"), block("subtitle", ["runs": runs(subtitle)]), block("particulars", ["runs": runs(words("grids.paper.who"))]),
        ]
        for (number, part) in parts.enumerated() {
            blocks.append(block("heading", ["level": .int(1), "runs": runs("\(number + 1). \(part.name)")]))
            if !part.description.isEmpty { blocks.append(block("paragraph", ["runs": runs(part.description)])) }
            for (place, item) in part.items.enumerated() {
                blocks.append(
                    block(
                        "asked",
                        [
                            "runs": runs("\(number + 1).\(place + 1) \(item.text)", strong: true), "remark": .string(item.remark),
                            "probes": .array(item.probes.map { .string($0) }), "lines": .int(Int64(Self.lines)),
                        ]))
            }
        }
        return .object([
            "title": .string(title), "authors": .array([]), "lang": .string(language.rawValue), "description": .string(subtitle),
            "keywords": .array([]), "footer": .string(subtitle), "contents": .string(""), "blocks": .array(blocks),
        ])
    }

    private func block(_ kind: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        .object(more.merging(["kind": .string(kind)]) { first, _ in first })
    }

    private func runs(_ text: String, strong: Bool = false) -> JSONValue {
        .array([
            block(
                "text",
                [
                    "text": .string(text), "strong": .bool(strong), "emphasized": .bool(false), "struck": .bool(false), "code": .bool(false),
                    "link": .string(""),
                ])
        ])
    }
}
