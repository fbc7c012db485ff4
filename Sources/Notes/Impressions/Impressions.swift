import Database
import Formats
import Platform
import Texts
import Visits

/// Impression notes (dossier §3.2.1): free, of half a page to two pages, private until their author shares them.
enum Impressions {
    static let routes: [Route] = [
        .post("/programmes/{programme}/visites/{visit}/impressions", asks: .thing(.writeNote), for: "visiting group", begin),
        .post("/programmes/{programme}/visites/{visit}/impressions/partage", asks: .thing(.shareNote), for: "visiting group", share),
        .post("/programmes/{programme}/visites/{visit}/impressions/reprise", asks: .thing(.shareNote), for: "author", takeBack),
    ]

    /// One's own impression note of a visit, if it was begun.
    static func own(_ visitId: String, of personId: String?, _ reader: any Reader) throws -> String? {
        try reader.text(
            "SELECT id FROM text WHERE kind = 'impression' AND subject_id = \(visitId) AND author_id = \(personId) ORDER BY created_at LIMIT 1")
    }

    private static func begin(_ request: Request) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        let words = request.words
        let id = try await request.site.amend(as: "impression.begun", by: request.actor, isPublic: false) { change in
            guard let author = change.actor.personId, change.viewer.isMember(of: open.visit.delegationId) else { throw NotFound() }
            if let known = try own(open.visit.id, of: author, change) {
                change.leaveAsItIs()
                return known
            }
            return try Texts.create(
                .impression, about: open.visit.id, programme: open.visit.programmeId,
                title: words("notes.impression.textTitle", ["visit": open.visit.name]),
                sections: [Section(key: "impression", title: words("notes.impression.section"), body: "")], author: author,
                audience: .author, scope: open.visit.delegationId, in: change)
        }
        return .redirect("/textes/\(id)/sections/impression/modifier")
    }

    private static func share(_ request: Request) async throws -> Response {
        try await act(request, as: "impression.shared", done: "impression-partagee") { id, visit, change in
            let body = try TextQueries.head(id, change).sections.map(\.body).joined()
            guard !Markdown.isBlank(body) else { throw Refused("notes.refusal.emptyImpression") }
            try TextOpening.open(id, to: visit.delegationId, in: change)
        }
    }

    /// Closes one's impression note again, for oneself.
    private static func takeBack(_ request: Request) async throws -> Response {
        try await act(request, as: "impression.takenBack", done: "impression-reprise") { id, _, change in
            try NoteCitations.takeBack(id, in: change)
            try TextOpening.close(id, in: change)
        }
    }

    private static func act(
        _ request: Request, as action: String, done: String, _ body: @Sendable @escaping (_ id: String, Visit, Change) throws -> Void
    ) async throws -> Response {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        return try await request.attempt {
            try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
                guard let id = try own(open.visit.id, of: change.actor.personId, change) else { throw NotFound() }
                try change.require(.shareNote, on: id)
                try body(id, open.visit, change)
                try change.trace("text", id, programme: open.visit.programmeId)
            }
            return .redirect("\(open.visit.path)?fait=\(done)#impressions")
        } otherwise: { problems in
            open.visit.page(
                request.words("notes.impression.title"), request,
                "<h1>\(request.words("notes.impression.title"))</h1><p><a href=\"\(open.visit.path)\">\(open.visit.name)</a></p>")
        }
    }
}
