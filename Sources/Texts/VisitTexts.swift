import Database
import Formats
import Platform
import Visits

/// The sheet and the synthesis on the page of their visit: where they stand, and the button that opens them.
enum VisitTexts {
    static let panel = Panel(on: "visit", rank: 30) { visitId, request in try await show(visitId, request) }

    struct Shown: Sendable {
        let text: Text
        let head: Revision
        let state: TextState
    }

    private static func show(_ visitId: String, _ request: Request) async throws -> Markup {
        let (visit, thing, sheet, minutes, synthesis) = try await request.site.database.read { reader in
            (
                try VisitQueries.load(id: visitId, reader), try reader.protection(of: visitId),
                try load(.sheet, visitId, reader, request), try load(.minutes, visitId, reader, request), try load(.synthesis, visitId, reader, request)
            )
        }
        let words = request.words
        let parts = [(TextKind.sheet, sheet), (.minutes, minutes), (.synthesis, synthesis)].map { kind, known -> Markup in
            // Nothing is to be reported before the visit.
            guard kind != .minutes || known != nil || visit.isHeld else { return .empty }
            let mayWrite = kind.mayBegin(for: visit, thing, request.viewer, request.site.policy)
            return part(kind, known, visit, mayWrite: mayWrite, request)
        }
        return "<section id=\"textes\"><h2>\(words("texts.panel.title"))</h2><ul class=\"entries\">\(parts)</ul></section>"
    }

    /// The text of a kind that this person may read; whether there is one at all is not told to others.
    static func load(_ kind: TextKind, _ visitId: String, _ reader: any Reader, _ request: Request) throws -> Shown? {
        guard let text = try TextQueries.texts(about: visitId, kind: kind, reader).first,
            let thing = try reader.protection(of: text.id), request.site.policy.allows(.seeHistory, request.viewer, on: thing)
        else { return nil }
        let head = try TextQueries.head(text.id, reader)
        return Shown(text: text, head: head, state: try TextState.of(text, head, thing, reader))
    }

    private static func part(_ kind: TextKind, _ known: Shown?, _ visit: Visit, mayWrite: Bool, _ request: Request) -> Markup {
        let words = request.words
        let name = words.name("texts.kind", of: kind)
        guard let known else {
            let isInside = request.viewer.isMember(of: kind == .synthesis ? visit.delegationId : visit.circleId)
            // Outside its circle a text may be there and not be seen: joining the team opens it.
            let act: Markup =
                mayWrite && !isInside
                ? "<p class=\"meta\">\(words("texts.panel.outside"))</p>"
                : mayWrite
                    ? request.act("\(visit.path)/textes", words("texts.panel.open.\(kind.rawValue)"), hidden: ["kind": kind.rawValue])
                    : "<p class=\"meta\">\(words("texts.panel.none.\(kind.rawValue)"))</p>"
            return "<li><h3>\(name)</h3><p>\(words("texts.panel.what.\(kind.rawValue)"))</p>\(act)</li>"
        }
        return line(known, words)
    }

    /// A text with where it stands.
    static func line(_ known: Shown, _ words: Words) -> Markup {
        """
        <li><h3><a href="/textes/\(known.text.id)">\(known.head.title)</a></h3><p class="meta">\(known.state.shown(words)) · \(words("texts.revision.number", ["n": known.head.number])), \(words.element(known.head.createdAt))</p></li>
        """
    }
}
