import Database
import Formats
import Platform
import Texts
import Visits

/// What the visit's page says of notes and impressions, to the visiting group only.
enum NotesPanel {
    private struct Impression: Decodable, Sendable {
        var id: String
        var author: String
        var authorId: String
        var audience: Audience
    }

    static let onVisit = Panel(on: "visit", rank: 40) { visitId, request in
        guard
            let (open, blocks, impressions) = try await request.site.database.read({ reader -> (OpenNotebook, Int, [Impression])? in
                let visit = try VisitQueries.load(id: visitId, reader)
                guard let open = try? OpenNotebook.of(visit, request, reader) else { return nil }
                let visible = request.site.policy.condition(.see, request.viewer)
                return (
                    open,
                    try reader.count(
                        """
                        SELECT count(*) FROM note_block JOIN access ON access.object_id = note_block.id
                        WHERE visit_id = \(visitId) AND \(BegunNote.excluded) AND \(visible)
                        """),
                    try reader.all(
                        Impression.self,
                        """
                        SELECT text.id, person.name AS author, text.author_id, access.audience FROM text
                        JOIN access ON access.object_id = text.id JOIN person ON person.id = text.author_id
                        WHERE text.kind = 'impression' AND subject_id = \(visitId) AND \(visible) ORDER BY person.sort_key
                        """)
                )
            })
        else { return .empty }
        let words = request.words
        let own = impressions.first { $0.authorId == request.viewer.personId }
        let list = impressions.filter { $0.audience > .author }.map { "<li><a href=\"/textes/\($0.id)\">\($0.author)</a></li>" as Markup }
        let shared: Markup = list.isEmpty ? "<p>\(words("notes.impression.none"))</p>" : "<ul>\(list)</ul>"
        return """
            <section id="notes"><h2>\(words("notes.panel.title"))</h2><p>\(words("notes.panel.count", ["n": blocks]))</p>
            <p class="acts"><a class="button quiet icon" data-icon="pencil" href="\(open.path)">\(words("notes.panel.open"))</a></p></section>
            <section id="impressions"><h2>\(words("notes.impression.title"))</h2>\(done(request))<p>\(words("notes.impression.guide"))</p>\(shared)\(mine(own, open, request))\(ByMailPanels.ofVisit(open.visit, isMember: open.isMember, request))</section>
            """
    }

    /// Said once, after sharing or taking back.
    private static func done(_ request: Request) -> Markup {
        switch request.query["fait"] {
        case "impression-partagee": "<p class=\"notice success\" role=\"status\">\(request.words("notes.done.impressionShared"))</p>"
        case "impression-reprise": "<p class=\"notice success\" role=\"status\">\(request.words("notes.done.impressionTakenBack"))</p>"
        case "impression-adresse": "<p class=\"notice success\" role=\"status\">\(request.words("notes.byMail.sent"))</p>"
        case "impression-adresses": "<p class=\"notice success\" role=\"status\">\(request.words("notes.byMail.sentAll"))</p>"
        default: .empty
        }
    }

    private static func mine(_ own: Impression?, _ open: OpenNotebook, _ request: Request) -> Markup {
        let words = request.words
        guard let own else {
            guard open.isMember else { return .empty }
            return "<div class=\"acts\">\(request.act("\(open.visit.path)/impressions", words("notes.impression.begin")))</div>"
        }
        let share =
            own.audience > .author
            ? request.act("\(open.visit.path)/impressions/reprise", words("notes.share.takeBack"), style: "link")
            : request.act("\(open.visit.path)/impressions/partage", words("notes.impression.share"))
        return """
            <p class="meta">\(words(own.audience > .author ? "notes.impression.shared" : "notes.impression.private"))</p>
            <div class="acts"><a class="button quiet" href="/textes/\(own.id)/sections/impression/modifier">\(words("notes.impression.continue"))</a> \(share)</div>
            """
    }
}
