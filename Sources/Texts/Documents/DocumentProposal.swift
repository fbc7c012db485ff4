import Formats

/// What a document would make of each section of a text, compared with what the text has become meanwhile.
struct DocumentProposal: Sendable {
    enum Outcome: Sendable, Equatable {
        /// The document has nothing for this section.
        case absent
        /// The section is there with nothing under it.
        case emptied
        case same
        case changed(String)
        /// Somebody changed it too since the document left: both put together, to read over.
        case both(String, isClean: Bool)
    }

    struct Line: Sendable {
        let section: Section
        let outcome: Outcome

        /// What it would become.
        var body: String? {
            switch outcome {
            case .changed(let body), .both(let body, _): body
            case .absent, .emptied, .same: nil
            }
        }
    }

    let lines: [Line]
    /// The quotations that the document has no more.
    let lost: [String]

    /// - Parameter dropped: quotations that are let go.
    init(_ document: BroughtDocument, base: Revision, head: Revision, passage: ProsePassage, dropped: Set<String>) {
        let placed = document.content.parts.filter { $0.place != nil }
        let directives = Set(placed.flatMap { Markdown.directives(in: $0.body) })
        let touched = Set(placed.compactMap(\.place))
        let way = ProseReturn(passage, kind: document.kind)
        lines = head.sections.map { section in
            let parts = placed.filter { $0.place == section.key }
            guard !parts.isEmpty else { return Line(section: section, outcome: .absent) }
            let before = base.section(section.key)?.body ?? ""
            let bodies = parts.map { $0.isMatched || $0.title.isEmpty || head.sections.count == 1 && parts.count == 1 ? $0.body : "# \(Self.heading($0.title))\n\n\($0.body)" }
            let new = bodies.filter { !Markdown.isBlank($0) }.joined(separator: "\n\n")
            guard !Markdown.isBlank(new) else {
                return Line(section: section, outcome: Markdown.isBlank(section.body) ? .same : .emptied)
            }
            let mine = way.body(
                before, becoming: new, directives: Set(directives.map { "citation:\($0)" }), dropped: Set(dropped.map { "citation:\($0)" }))
            return Line(section: section, outcome: Self.outcome(CleanText.normalize(mine), before: before, now: section.body))
        }
        var seen = directives
        lost = base.sections.filter { touched.contains($0.key) }.flatMap(\.citations).filter { seen.insert($0).inserted }
    }

    private static func outcome(_ mine: String, before: String, now: String) -> Outcome {
        if mine == before || mine == now { return .same }
        if now == before { return .changed(mine) }
        let merge = ParagraphMerge(base: before, mine: mine, theirs: now)
        return merge.text == now ? .same : .both(merge.text, isClean: merge.contested.isEmpty)
    }

    private static func heading(_ title: String) -> String { ProseWriter.markdown([.paragraph([.text(title)])]) }

    var changes: [Line] { lines.filter { $0.body != nil } }
}
