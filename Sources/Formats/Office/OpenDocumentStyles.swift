/// What the styles of an OpenDocument text mean: those of its author, and those made for a single paragraph.
struct OpenDocumentStyles {
    private struct Style {
        var name = ""
        var parent: String?
        var level: Int?
        var text: XMLTree?
        var paragraph: XMLTree?
    }

    private var styles: [String: Style] = [:]
    private var lists: [String: [Int: Int?]] = [:]

    init(_ documents: [XMLTree?]) {
        for document in documents.compactMap({ $0 }) {
            for group in document.elements where ["office:styles", "office:automatic-styles"].contains(group.name) {
                for style in group.elements { add(style) }
            }
        }
    }

    private mutating func add(_ style: XMLTree) {
        let name = style["style:name"] ?? ""
        switch style.name {
        case "style:style":
            styles["\(style["style:family"] ?? "")/\(name)"] = Style(
                name: style["style:display-name"] ?? name, parent: style["style:parent-style-name"],
                level: style["style:default-outline-level"].flatMap { Int($0) }, text: style.first("style:text-properties"),
                paragraph: style.first("style:paragraph-properties"))
        case "text:list-style":
            lists[name] = Dictionary(
                style.elements.compactMap { level in
                    guard let number = level["text:level"].flatMap({ Int($0) }) else { return nil }
                    let isOrdered = level.name == "text:list-level-style-number" && level["style:num-format"] != ""
                    return (number - 1, isOrdered ? level["text:start-value"].flatMap { Int($0) } ?? 1 : nil)
                }
            ) { first, _ in first }
        default: break
        }
    }

    func role(_ name: String?) -> OfficeLine.Role {
        let chain = chain(name, "paragraph")
        for style in chain { if let role = OfficeLine.role(named: style.name) { return role } }
        if chain.isEmpty, let name, let role = OfficeLine.role(named: name) { return role }
        return .paragraph
    }

    /// The first number of a list at a level; nil for bullets.
    /// A level that the style says nothing of is as the one above.
    func start(ofList name: String?, level: Int) -> Int? {
        guard let levels = name.flatMap({ lists[$0] }) else { return nil }
        return (0...level).reversed().lazy.compactMap { levels[$0] }.first ?? nil
    }

    func side(_ name: String?) -> Prose.Table.Side {
        for style in chain(name, "paragraph") {
            switch style.paragraph?["fo:text-align"] {
            case "center": return .center
            case "end", "right": return .right
            case nil: continue
            default: return .none
            }
        }
        return .none
    }

    func marks(_ name: String?, _ marks: Prose.Inline.Marks) -> (Prose.Inline.Marks, isRaised: Bool, isHidden: Bool) {
        var (marks, isRaised, isHidden) = (marks, false, false)
        let chain = chain(name, "text")
        for text in chain.reversed().compactMap(\.text) {
            if let weight = text["fo:font-weight"] { marks.isStrong = weight == "bold" || (Int(weight) ?? 0) >= 600 }
            if let style = text["fo:font-style"] { marks.isEmphasized = style != "normal" }
            if let line = text["style:text-line-through-style"] ?? text["style:text-line-through-type"] { marks.isStruck = line != "none" }
            if let position = text["style:text-position"] { isRaised = position.hasPrefix("super") }
            if text["text:display"] == "none" { isHidden = true }
        }
        let names = chain.map(\.name) + (chain.isEmpty ? [name ?? ""] : [])
        for name in names.map({ $0.replacing("_20_", with: " ") }) {
            if OfficeLine.isCode(named: name) { marks.isCode = true }
            if name == "Strong Emphasis" { marks.isStrong = true }
            if name == "Emphasis" { marks.isEmphasized = true }
        }
        return (marks, isRaised, isHidden)
    }

    private func chain(_ name: String?, _ family: String) -> [Style] {
        var (chain, seen, next) = ([Style](), Set<String>(), name)
        while let name = next, seen.insert(name).inserted, let style = styles["\(family)/\(name)"] {
            chain.append(style)
            next = style.parent
        }
        return chain
    }
}
