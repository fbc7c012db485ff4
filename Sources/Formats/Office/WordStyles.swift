/// What the styles and the lists of a Word document mean.
struct WordStyles {
    private struct Style {
        var name = ""
        var parent: String?
        var level: Int?
        var list: (id: String?, level: Int?)?
        var marks: XMLTree?
    }

    private var styles: [String: Style] = [:]
    private var kinds: [String: [Int: (isOrdered: Bool, start: Int)]] = [:]

    init(styles: XMLTree?, numbering: XMLTree?) {
        for style in styles?.elements ?? [] where style.name == "w:style" {
            let own = style.first("w:pPr")
            self.styles[style["w:styleId"] ?? ""] = Style(
                name: style.first("w:name")?["w:val"] ?? "", parent: style.first("w:basedOn")?["w:val"],
                level: own?.first("w:outlineLvl")?["w:val"].flatMap { Int($0) }, list: own?.first("w:numPr").map(Self.list), marks: style.first("w:rPr"))
        }
        read(numbering)
    }

    private mutating func read(_ numbering: XMLTree?) {
        var abstract: [String: [Int: (Bool, Int)]] = [:]
        for list in numbering?.elements ?? [] where list.name == "w:abstractNum" {
            abstract[list["w:abstractNumId"] ?? ""] = levels(list.elements.filter { $0.name == "w:lvl" })
        }
        for number in numbering?.elements ?? [] where number.name == "w:num" {
            var levels = abstract[number.first("w:abstractNumId")?["w:val"] ?? ""] ?? [:]
            for override in number.elements where override.name == "w:lvlOverride" {
                guard let level = override["w:ilvl"].flatMap({ Int($0) }) else { continue }
                levels.merge(self.levels(override.elements.filter { $0.name == "w:lvl" })) { $1 }
                if let start = override.first("w:startOverride")?["w:val"].flatMap({ Int($0) }) { levels[level]?.1 = start }
            }
            kinds[number["w:numId"] ?? ""] = levels.mapValues { ($0.0, $0.1) }
        }
    }

    private func levels(_ levels: [XMLTree]) -> [Int: (Bool, Int)] {
        Dictionary(
            levels.map { level in
                let format = level.first("w:numFmt")?["w:val"] ?? "decimal"
                let start = level.first("w:start")?["w:val"].flatMap { Int($0) } ?? 1
                return (level["w:ilvl"].flatMap { Int($0) } ?? 0, (format != "bullet" && format != "none", start))
            }
        ) { first, _ in first }
    }

    private static func list(_ numbering: XMLTree) -> (id: String?, level: Int?) {
        (numbering.first("w:numId")?["w:val"], numbering.first("w:ilvl")?["w:val"].flatMap { Int($0) })
    }

    /// The role of a paragraph, by its own level, then by its style and those it is based on.
    func role(_ properties: XMLTree?) -> OfficeLine.Role {
        let named = chain(properties?.first("w:pStyle")?["w:val"])
        for style in named { if let role = OfficeLine.role(named: style.name) { return role } }
        if let role = properties?.first("w:pStyle")?["w:val"].flatMap(OfficeLine.role), styles.isEmpty { return role }
        let level = properties?.first("w:outlineLvl")?["w:val"].flatMap { Int($0) } ?? named.compactMap(\.level).first
        return level.map { $0 < 9 ? .heading($0 + 1) : .paragraph } ?? .paragraph
    }

    /// The list that a paragraph is an item of.
    func item(_ properties: XMLTree?) -> OfficeLine.Item? {
        let own = properties?.first("w:numPr").map(Self.list)
        let inherited = chain(properties?.first("w:pStyle")?["w:val"]).compactMap(\.list).first
        guard let id = own?.id ?? inherited?.id, id != "0" else { return nil }
        let level = min(8, max(0, own?.level ?? inherited?.level ?? 0))
        let kind = kinds[id]?[level]
        return OfficeLine.Item(list: id, level: level, start: kind.map { $0.isOrdered ? $0.start : nil } ?? nil)
    }

    /// The marks of a run: those of its style, then its own.
    func marks(_ properties: XMLTree?) -> (marks: Prose.Inline.Marks, isHidden: Bool, isRaised: Bool) {
        var marks = Prose.Inline.Marks()
        var (isHidden, isRaised) = (false, false)
        let named = chain(properties?.first("w:rStyle")?["w:val"])
        for source in named.reversed().compactMap(\.marks) + [properties].compactMap({ $0 }) {
            for property in source.elements {
                let isOn = !["0", "false", "off", "none"].contains(property["w:val"] ?? "1")
                switch property.name {
                case "w:b": marks.isStrong = isOn
                case "w:i": marks.isEmphasized = isOn
                case "w:strike", "w:dstrike": marks.isStruck = isOn
                case "w:vanish": isHidden = isOn
                case "w:vertAlign": isRaised = property["w:val"] == "superscript"
                default: break
                }
            }
        }
        if named.contains(where: { OfficeLine.isCode(named: $0.name) }) { marks.isCode = true }
        return (marks, isHidden, isRaised)
    }

    /// A style and those it is based on; a loop ends.
    private func chain(_ id: String?) -> [Style] {
        var (chain, seen, next) = ([Style](), Set<String>(), id)
        while let id = next, seen.insert(id).inserted, let style = styles[id] {
            chain.append(style)
            next = style.parent
        }
        return chain
    }
}
