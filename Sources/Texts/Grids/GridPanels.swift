import Community
import Database
import Formats
import Grids
import Platform

/// What texts show on the pages of a grid: its versions and where their validation stands; under a draft, the way to freeze it.
enum GridPanels {
    private struct Shown: Sendable {
        let inUse: Int
        let versions: [GridVersion]
        let state: TextState?
        /// The revisions before, by version: what a comparison starts from.
        let earlier: [Int: String]
    }

    /// Under the grid, for those who may read its text.
    static let versions = Panel(on: "grid", rank: 10) { gridId, request in
        let shown = try await request.site.database.read { reader -> Shown? in
            guard let textId = try Grids.text(of: gridId, reader), let thing = try reader.protection(of: textId),
                request.site.policy.allows(.seeHistory, request.viewer, on: thing)
            else { return nil }
            let (text, head) = (try TextQueries.text(textId, reader), try TextQueries.head(textId, reader))
            let versions = try Grids.versions(gridId, reader)
            let pairs = zip(versions, versions.dropFirst()).compactMap { later, before in before.revisionId.map { (later.number, $0) } }
            return Shown(
                inUse: try reader.count("SELECT version FROM grid WHERE id = \(gridId)"), versions: versions,
                state: try TextState.of(text, head, thing, reader), earlier: Dictionary(uniqueKeysWithValues: pairs))
        }
        guard let shown, !shown.versions.isEmpty else { return .empty }
        let words = request.words
        let items = shown.versions.enumerated().map { place, version -> Markup in line(version, isLatest: place == 0, shown, words) }
        return """
            <section class="no-print" id="versions"><h2>\(words("texts.grid.versions"))</h2><ul class="rows">\(items)</ul></section>
            """
    }

    private static func line(_ version: GridVersion, isLatest: Bool, _ shown: Shown, _ words: Words) -> Markup {
        let base = "/textes/\(version.textId ?? "")"
        let title: Markup = "<a href=\"\(base)/revisions/\(version.revisionId ?? "")\">\(words("texts.grid.version", ["n": version.number]))</a>"
        let use: Markup = version.number == shown.inUse ? " <span class=\"state\" data-state=\"validated\">\(words("texts.grid.inUse"))</span>" : .empty
        let state: Markup = isLatest && version.number != shown.inUse ? " \(shown.state.map { $0.shown(words) } ?? .empty)" : .empty
        let compare: Markup =
            shown.earlier[version.number] == nil ? .empty : " · <a href=\"\(base)/revisions/\(version.revisionId ?? "")/comparer\">\(words("texts.grid.compare"))</a>"
        let validation: Markup = isLatest ? " · <a href=\"\(base)/validation\">\(words("texts.act.validation"))</a>" : .empty
        return """
            <li>\(title)\(use)\(state) <span class="meta">\(words.element(version.frozenAt)) \(version.summary)</span>\(compare)\(validation)</li>
            """
    }

    /// Under a draft, for the researcher.
    static let freezing = Panel(on: "grid-draft", rank: 10) { gridId, request in
        let (programme, hasQuestions) = try await request.site.database.read { reader -> (Programme?, Bool) in
            let programme = try Grids.programme(of: gridId, reader).map { try Programme.load(id: $0, reader) }
            return (programme, try Grids.draft(gridId, reader)?.content.hasQuestions == true)
        }
        guard let programme, hasQuestions, request.site.policy.allows(.writeGrid, request.viewer, on: programme.community) else { return .empty }
        let words = request.words
        let form = FormView(request)
        return """
            <section class="no-print" id="figer"><h2>\(words("texts.grid.freeze"))</h2><p>\(words("texts.grid.freezeText"))</p>
            \(form.form(to: "\(programme.path)/grille/versions", button: words("texts.grid.freezeButton"), form.input("summary", words("texts.grid.summary"), hint: words("texts.grid.summaryHint"))))</section>
            """
    }
}
