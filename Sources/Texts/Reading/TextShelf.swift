import Community
import Database
import Formats
import Platform

/// The texts of a programme that one person may read, as they were filtered and sorted.
struct TextShelf: Sendable {
    enum Order: String, Sendable, CaseIterable {
        case latest, oldest, title
    }

    /// A text as the list finds it, before what only the page shows is read.
    struct Line: Sendable, Decodable {
        var id: String
        var title: String
        var visit: String?
    }

    /// A text with its state and its author.
    struct Entry: Sendable {
        let line: Line
        let text: Text
        let head: Revision
        let state: TextState
        let author: String?
    }

    let programme: Programme
    let kind: TextKind?
    let order: Order
    /// The words that the title or the visit must hold.
    let words: String
    let lines: [Line]
    /// Whether there are older ones than those looked at.
    let isCapped: Bool

    /// So many of the latest are looked at for a page; the file has them all.
    static let ceiling = 1_500
    /// So many that somebody may read are sorted without going through the others.
    private static let few = 6_000

    /// Filters of the address: `genre`, `titre`, `tri`.
    /// - Parameter whole: everything, for a file.
    /// - Throws: `NotFound`
    static func load(_ request: Request, whole: Bool = false, _ reader: any Reader) throws -> TextShelf {
        let programme = try ProgrammeFrame.load(request["programme"], reader, request)
        let kind = request.query.optional("genre").flatMap(TextKind.init)
        let order = request.query.optional("tri").flatMap(Order.init) ?? .latest
        let words = request.query.line("titre")
        let only: SQL = kind.map { "AND text.kind = \($0)" } ?? ""
        let open: SQL = "access.programme_id = \(programme.id) AND access.kind = 'text' AND \(request.site.policy.condition(.seeHistory, request.viewer))"
        // Where little of a programme may be read, that is read; else the latest texts are gone through until there are enough.
        let count = try reader.count("SELECT count(*) FROM (SELECT 1 FROM access WHERE \(open) LIMIT \(few + 1)) AS readable")
        let tables: SQL = count <= few ? "access CROSS JOIN text CROSS JOIN revision" : "revision CROSS JOIN text CROSS JOIN access"
        let found = try reader.all(
            Line.self,
            """
            SELECT text.id, revision.title, coalesce(visit.name, event.title) AS visit FROM \(tables)
                LEFT JOIN visit ON visit.id = text.subject_id LEFT JOIN event ON event.id = text.subject_id
            WHERE access.object_id = text.id AND text.head_id = revision.id AND text.programme_id = \(programme.id) AND \(open) \(only)
            ORDER BY revision.created_at DESC, revision.id DESC LIMIT \(whole ? 100_000 : ceiling + 1)
            """)
        let asked = French.fold(words)
        let kept = found.prefix(whole ? .max : ceiling).filter { line in
            asked.isEmpty || French.fold("\(line.title) \(line.visit ?? "")").contains(asked)
        }
        return TextShelf(
            programme: programme, kind: kind, order: order, words: words, lines: sorted(kept, order), isCapped: !whole && found.count > ceiling)
    }

    /// Lines come latest first.
    private static func sorted(_ lines: [Line], _ order: Order) -> [Line] {
        switch order {
        case .latest: return lines
        case .oldest: return lines.reversed()
        case .title:
            let keyed: [(key: String, line: Line)] = lines.map { (French.sortKey($0.title), $0) }
            return keyed.sorted { ($0.key, $0.line.id) < ($1.key, $1.line.id) }.map(\.line)
        }
    }

    /// What a page, or a file, shows of these lines.
    static func entries(_ lines: some Sequence<Line>, _ reader: any Reader) throws -> [Entry] {
        try lines.map { line in
            let text = try TextQueries.text(line.id, reader)
            let head = try TextQueries.head(line.id, reader)
            guard let thing = try reader.protection(of: line.id) else { throw NotFound() }
            return Entry(
                line: line, text: text, head: head, state: try TextState.of(text, head, thing, reader),
                author: try Authors.names([head], reader).values.first)
        }
    }
}
