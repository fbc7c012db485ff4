import Database
import Formats
import Platform
import Visits

/// What the host answers to a text, printed with it on every publication. Nobody can take it away; each version is kept.
public struct RightOfReply: Sendable, Codable, Equatable {
    /// 1 for the first.
    public var number: Int
    /// Markdown, NFC, LF.
    public var body: String
    public var personId: String
    public var name: String
    public var writtenAt: Instant
    /// When it came by mail, phone or paper, and the officer entered it.
    public var receivedBy: Answer.Channel?
    public var enteredBy: String?
    public var proof: String

    /// The reply to a text; nil when the host has written none.
    public static func of(_ textId: String, _ reader: any Reader) throws -> RightOfReply? {
        try versions(of: textId, reader).first
    }

    /// Everything the host wrote, newest first.
    static func versions(of textId: String, _ reader: any Reader) throws -> [RightOfReply] {
        try reader.all(
            RightOfReply.self,
            """
            SELECT number, body, person_id, person.name, written_at, received_by,
                (SELECT officer.name FROM person AS officer WHERE officer.id = entered_by) AS entered_by, proof
            FROM reply_version JOIN person ON person.id = person_id WHERE text_id = \(textId) ORDER BY number DESC
            """)
    }

    /// The people of the host and its signatory have this right, whatever they answered.
    static func belongs(to viewer: Viewer, _ visit: Visit) -> Bool {
        viewer.roles(in: visit.circleId).contains(.host) || (viewer.personId != nil && viewer.personId == visit.signatoryId)
    }

    /// Checks what was typed.
    static func read(_ form: Fields) throws -> String {
        let body = form.text("reply_body")
        guard !Markdown.isBlank(body) else { throw Refused("texts.refusal.emptyReply", field: "reply_body") }
        try Answer.admit(body, field: "reply_body")
        return body
    }

    /// Adds a version after the one there is.
    static func write(
        _ body: String, of personId: String, to textId: String, receipt: ValidationWrites.Receipt? = nil, at moment: Instant,
        in change: Change
    ) throws {
        let number = try change.count("SELECT coalesce(max(number), 0) FROM reply_version WHERE text_id = \(textId)") + 1
        try change.run(
            """
            INSERT INTO reply_version (text_id, number, body, person_id, written_at, received_by, entered_by, proof)
            VALUES (\(textId), \(number), \(body), \(personId), \(moment), \(receipt?.channel),
                \(receipt.map { _ in change.actor.personId } ?? nil), \(receipt?.proof ?? ""))
            """)
    }
}

/// The host writes its reply: over nothing that it had not read.
enum ReplyPost {
    static func post(_ request: Request, _ open: OpenText) async throws -> Response {
        let form = request.form
        let (text, visit) = (open.text, try open.requireVisit())
        guard text.kind.isPublishable else { throw NotFound() }
        guard RightOfReply.belongs(to: request.viewer, visit) else { throw Forbidden(.answerValidation) }
        return try await request.attempt {
            let theirs = try await request.site.amend(as: "reply.written", by: request.actor) { change -> RightOfReply? in
                try change.require(.see, on: text.id)
                let body = try RightOfReply.read(form)
                let known = try RightOfReply.of(text.id, change)
                if let known, known.body == body {
                    change.leaveAsItIs()
                    return nil
                }
                if let known, form.integer("reply_base") ?? 0 != known.number {
                    change.leaveAsItIs()
                    return known
                }
                try RightOfReply.write(body, of: change.viewer.personId ?? "", to: text.id, at: change.now, in: change)
                try change.trace("text", text.id, programme: text.programmeId)
                return nil
            }
            guard let theirs else { return .redirect(Done.path(open.validation, .replied)) }
            return .page(ReplyViews.conflict(form.text("reply_body"), theirs, request, open), status: 409)
        } otherwise: {
            try await ReplyPage.page(request, open, values: form, problems: $0)
        }
    }
}
