import Formats

/// Which part of a document goes to which section of a text: by its headings, whatever their level and their exact words.
struct DocumentSorting {
    let sections: [Section]
    let passage: ProsePassage

    private struct Run {
        var title: String
        var level: Int
        var key: String?
        var isMatched = false
        var blocks: [Prose.Block] = []
    }

    /// The parts in the order of the document; the title of the document is none.
    func parts(_ blocks: [Prose.Block]) -> [BroughtDocument.Part] {
        var blocks = blocks[...]
        while case .line(.title, _)? = blocks.first { blocks = blocks.dropFirst() }
        let places = places(blocks)
        let levels = blocks.compactMap(Self.level)
        let top = blocks.indices.filter { places[$0] != nil }.compactMap { Self.level(blocks[$0]) }.min() ?? (sections.count == 1 ? 0 : levels.min() ?? 1)
        var runs = [Run(title: "", level: max(0, (levels.min() ?? 1) - 1))]
        for index in blocks.indices {
            guard case .heading(let level, let words) = blocks[index], level <= top || places[index] != nil else {
                runs[runs.count - 1].blocks.append(blocks[index])
                continue
            }
            let key = places[index] ?? nil
            runs.append(Run(title: words.words, level: level, key: key, isMatched: key != nil))
        }
        // A single section takes all that is not named otherwise.
        if sections.count == 1, !runs.contains(where: \.isMatched) {
            for index in runs.indices { runs[index].key = sections[0].key }
        }
        return runs.filter { $0.isMatched || !$0.blocks.isEmpty || !$0.title.isEmpty }.map { run in
            let body = ProseWriter.markdown(passage.incoming(run.blocks, under: run.level))
            return BroughtDocument.Part(title: CleanText.line(run.title), body: CleanText.normalize(body), place: run.key, isMatched: run.isMatched)
        }
    }

    private static func level(_ block: Prose.Block) -> Int? {
        if case .heading(let level, _) = block { level } else { nil }
    }

    /// By its place, the section that a heading names; each section once, by the heading that is most like its title.
    private func places(_ blocks: ArraySlice<Prose.Block>) -> [Int: String] {
        var found: [(index: Int, key: String, likeness: Double)] = []
        for index in blocks.indices {
            guard case .heading(_, let words) = blocks[index] else { continue }
            for section in sections {
                let likeness = Self.likeness(words.words, section.title)
                if likeness >= 0.6 { found.append((index, section.key, likeness)) }
            }
        }
        var places: [Int: String] = [:]
        for match in found.sorted(by: { ($0.likeness, -$0.index) > ($1.likeness, -$1.index) }) where places[match.index] == nil && !places.values.contains(match.key) {
            places[match.index] = match.key
        }
        return places
    }

    /// The share of words in common (Dice), small words and numbers aside.
    static func likeness(_ left: String, _ right: String) -> Double {
        let (left, right) = (words(left), words(right))
        guard !left.isEmpty, !right.isEmpty else { return 0 }
        return 2 * Double(left.intersection(right).count) / Double(left.count + right.count)
    }

    private static func words(_ text: String) -> Set<String> {
        Set(French.tokens(text).map(\.word).filter { !French.stopwords.contains($0) && !$0.allSatisfy(\.isNumber) }.map(French.stem))
    }
}
