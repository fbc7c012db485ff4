import Database
import Formats
import Platform
import Texts

/// What the library shows on the pages of a text and of a visit.
enum PublicationPanels {
    /// Under a text: where its publication stands, and the way to publish it.
    static let text = Panel(on: "text", rank: 60) { id, request in
        try await request.site.database.read { reader in
            let text = try TextQueries.text(id, reader)
            guard text.kind.isPublishable, let thing = try reader.protection(of: id) else { return .empty }
            let policy = request.site.policy
            let publication = try PublicationQueries.of(id, reader).flatMap { publication -> Publication? in
                guard publication.state != .withdrawn, let thing = try reader.protection(of: publication.id) else { return nil }
                return policy.allows(.see, request.viewer, on: thing) ? publication : nil
            }
            var acts: [Markup] = []
            if policy.allows(.publish, request.viewer, on: thing) || policy.allows(.arbitrate, request.viewer, on: thing) {
                acts.append("<a class=\"button quiet\" href=\"/textes/\(id)/publication\">\(request.words("library.panel.publish"))</a>")
            }
            if text.kind == .synthesis, policy.allows(.writeSynthesis, request.viewer, on: thing) {
                acts.append(try publicVersion(id, reader, request))
            }
            return view(publication, acts, request)
        }
    }

    /// In the place of what a text says comes next: it can be published, or is.
    static let next = Panel(on: "text-next", rank: 10) { id, request in
        try await request.site.database.read { reader in
            guard try TextQueries.text(id, reader).kind.isPublishable, let thing = try reader.protection(of: id) else { return .empty }
            let (words, known) = (request.words, try PublicationCase.load(id, reader))
            func said(_ sentence: String, _ path: String, _ act: String) -> Markup {
                "<div class=\"next\"><p><strong>\(sentence)</strong></p><p class=\"acts\"><a class=\"button\" href=\"\(path)\">\(words(act))</a></p></div>"
            }
            if let publication = known.publication, publication.state == .open, publication.revisionId == known.head.id {
                return said(words("library.next.open"), publication.path, "library.next.see")
            }
            guard known.publication?.state != .scheduled, request.site.policy.allows(.publish, request.viewer, on: thing),
                known.lines(try known.particulars(reader), today: request.now.day()).allSatisfy({ $0.isMet || $0.subject.isTyped })
            else { return .empty }
            return said(words("library.next.ready"), "/textes/\(id)/publication", "library.publish.button")
        }
    }

    private static func publicVersion(_ id: String, _ reader: any Reader, _ request: Request) throws -> Markup {
        if let drawn = try PublicVersions.of(id, reader) {
            return "<a class=\"button quiet\" href=\"/textes/\(drawn)\">\(request.words("library.panel.seeDrawn"))</a>"
        }
        // Nothing is drawn from nothing.
        guard try !TextQueries.head(id, reader).plain.isEmpty else { return .empty }
        return request.act("/textes/\(id)/version-publique", request.words("library.panel.draw"))
    }

    private static func view(_ publication: Publication?, _ acts: [Markup], _ request: Request) -> Markup {
        let words = request.words
        guard publication != nil || !acts.isEmpty else { return .empty }
        let state =
            publication.map { publication -> Markup in
                let label = publication.state == .open ? words("library.panel.open") : words("library.panel.scheduled")
                let mark = publication.state == .open ? "public" : "waiting"
                return "<p><span class=\"state\" data-state=\"\(mark)\">\(label)</span> <a href=\"\(publication.path)\">\(publication.title)</a></p>"
            } ?? "<p>\(words("library.panel.none"))</p>"
        return """
            <section class="no-print" id="publication"><h2>\(words("library.panel.title"))</h2>\(state)\(acts.isEmpty ? .empty : "<div class=\"acts\">\(acts.joined(separator: " "))</div>" as Markup)</section>
            """
    }

    /// On a visit's page: what it gave to everybody.
    static let visit = Panel(on: "visit", rank: 90) { id, request in
        try await request.site.database.read { reader in
            let publications = try PublicationQueries.open(about: id, reader)
            guard !publications.isEmpty else { return .empty }
            let items = publications.map { publication -> Markup in
                """
                <li><h3><a href="\(publication.path)">\(publication.title)</a></h3><p class="meta">\(request.words("library.kind.\(publication.kind)")) · \(request.words.date((publication.openedAt ?? publication.updatedAt).day()))</p></li>
                """
            }
            return "<section id=\"publications\"><h2>\(request.words("library.panel.visit"))</h2><ol class=\"entries\">\(items)</ol></section>"
        }
    }
}
