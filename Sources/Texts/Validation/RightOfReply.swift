import Database
import Formats
import Platform
import Visits

/// What the host answers to a text, printed with it on every publication. Nobody can take it away.
public struct RightOfReply: Sendable, Codable, Equatable {
    /// Markdown, NFC, LF.
    public var body: String
    public var personId: String
    public var name: String
    public var updatedAt: Instant

    /// The reply to a text; nil when the host has written none.
    public static func of(_ textId: String, _ reader: any Reader) throws -> RightOfReply? {
        try reader.first(
            RightOfReply.self,
            """
            SELECT body, person_id, person.name, updated_at FROM right_of_reply
            JOIN person ON person.id = person_id WHERE text_id = \(textId)
            """)
    }

    /// The people of the host and its signatory have this right, whatever they answered.
    static func belongs(to viewer: Viewer, _ visit: Visit) -> Bool {
        viewer.roles(in: visit.circleId).contains(.host) || (viewer.personId != nil && viewer.personId == visit.signatoryId)
    }

    static func post(_ request: Request, _ open: OpenText) async throws -> Response {
        let form = request.form
        let (text, visit) = (open.text, open.visit)
        guard text.kind.isValidated else { throw NotFound() }
        guard belongs(to: request.viewer, visit) else { throw Forbidden(.answerValidation) }
        return try await request.attempt {
            try await request.site.amend(as: "reply.written", by: request.actor) { change in
                try change.require(.see, on: text.id)
                let body = form.text("reply_body")
                guard !Markdown.isBlank(body) else { throw Refused("texts.refusal.emptyReply", field: "reply_body") }
                guard body.unicodeScalars.count <= Section.limit else {
                    throw Refused("texts.refusal.tooLong", ["n": Section.limit], field: "reply_body")
                }
                try change.run(
                    """
                    INSERT INTO right_of_reply (text_id, body, person_id, updated_at)
                    VALUES (\(text.id), \(body), \(change.viewer.personId ?? ""), \(change.now))
                    ON CONFLICT (text_id) DO UPDATE SET body = excluded.body, person_id = excluded.person_id,
                        updated_at = excluded.updated_at
                    """)
                try change.trace("text", text.id, programme: text.programmeId)
            }
            return .redirect(Done.path(open.validation, .replied))
        } otherwise: {
            try await ValidationPage.page(request, open, values: form, problems: $0)
        }
    }
}
