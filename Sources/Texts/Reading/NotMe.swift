import Community
import Formats
import Platform
import Visits

/// « Je ne suis pas cette personne »: the private link went to somebody else. It closes, and the project officers are told.
enum NotMe {
    static func button(_ open: OpenText, _ request: Request) -> Markup {
        let words = request.words
        return """
            <section class="no-print"><h2>\(words("texts.notMe.title", ["name": request.viewer.name ?? ""]))</h2><p>\(words("texts.notMe.text"))</p>
            \(request.act("\(open.base)/pas-moi", words("texts.notMe.button"), style: "button quiet"))</section>
            """
    }

    static func say(_ request: Request, _ open: OpenText) async throws -> Response {
        let (text, title) = (open.text, open.head.title)
        let page = open.visit.map { "\($0.path)/groupe" } ?? open.subject.path
        let personId = request.viewer.personId ?? ""
        let name = request.viewer.name ?? ""
        try await request.site.amend(as: "link.disowned", by: request.actor, isPublic: false) { change in
            try change.revokeLinks(to: text.id, for: personId)
            try change.trace("text", text.id, programme: text.programmeId)
            let officers = try change.people(in: text.programmeId).filter { $0.role == .officer }
            for officer in officers {
                try change.write(
                    to: officer.personId, "texts.mail.notMe", ["person": name, "text": title], opening: page,
                    about: text.id)
            }
        }
        let words = request.words
        return .page(
            Page(
                words("texts.notMe.done"), shape: .narrow,
                "<h1>\(words("texts.notMe.done"))</h1><p class=\"lede\">\(words("texts.notMe.thanks"))</p>"))
    }
}
