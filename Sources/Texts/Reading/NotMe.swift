import Database
import Formats
import Platform
import Visits

/// « Je ne suis pas cette personne », of a link to a text: it closes, and the project officers are told.
enum NotMe {
    static func ask(_ request: Request, _ open: OpenText) async throws -> Response { DisownedLink.ask(open.base, request) }

    static func say(_ request: Request, _ open: OpenText) async throws -> Response {
        let (text, title) = (open.text, open.head.title)
        let page = open.visit.map { "\($0.path)/groupe" } ?? open.subject.path
        let personId = request.viewer.personId ?? ""
        let name = request.viewer.name ?? ""
        try await request.site.amend(as: "link.disowned", by: request.actor, isPublic: false) { change in
            try change.disownLinks(to: text.id, for: personId)
            try change.trace("text", text.id, programme: text.programmeId)
            let officers = try change.people(in: text.programmeId).filter { $0.role == .officer }
            for officer in officers {
                try change.write(
                    to: officer.personId, "texts.mail.notMe", ["person": name, "text": title], opening: page,
                    about: text.id)
            }
        }
        return DisownedLink.thanks(request)
    }

    /// The links waited for: to write a sheet, to answer a validation that runs.
    static func todos(_ reader: any Reader, _ request: Request) throws -> [Todo] {
        let sheets = try DisownedLink.waiting(
            OpenText.Purpose.sheet.rawValue, .sendSheet,
            concerned: """
                EXISTS (SELECT 1 FROM text JOIN visit ON visit.id = text.subject_id JOIN membership ON membership.scope_id = visit.circle_id
                    WHERE text.id = private_link.object_id AND membership.person_id = private_link.person_id AND role = 'host' AND until IS NULL)
                """, reader, request)
        let answers = try DisownedLink.waiting(
            OpenText.Purpose.validation.rawValue, .askValidation,
            concerned: """
                EXISTS (SELECT 1 FROM validation_request JOIN validator ON validator.request_id = validation_request.id
                    WHERE validation_request.text_id = private_link.object_id AND validation_request.closed_at IS NULL
                        AND validator.person_id = private_link.person_id
                        AND NOT EXISTS (SELECT 1 FROM endorsement WHERE endorsement.request_id = validator.request_id
                            AND endorsement.person_id = validator.person_id AND replaced_at IS NULL))
                """, reader, request)
        func todo(_ link: DisownedLink, _ end: String) throws -> Todo {
            link.todo(about: try TextQueries.head(link.objectId, reader).title, at: "/textes/\(link.objectId)\(end)", request.words)
        }
        return try sheets.map { try todo($0, "") } + answers.map { try todo($0, "/validation") }
    }
}
