import Database
import Formats
import Platform

/// What people answered of themselves to the request under way that calls for a reading: reservations, « non » to the publication, the host's reply.
/// A revision or a publication made since takes it into account, so does a grid put in use; or whoever carries the text says that they read it.
struct UnreadAnswers: Sendable, Decodable {
    var reservations: Int
    var refusals: Int
    var replies: Int

    var isEmpty: Bool { reservations + refusals + replies == 0 }

    /// For a query that reads `validation_request` and `text`. What the officer entered was read; objections have their own line, and remarks on minutes.
    static let columns: SQL = """
        (SELECT count(*) FROM endorsement WHERE \(isStanding) AND answer = 'endorse_with_reservation') AS reservations,
        (SELECT count(*) FROM endorsement WHERE \(isStanding) AND answer = 'endorse' AND is_publishable = 0) AS refusals,
        (SELECT count(*) FROM reply_version WHERE reply_version.text_id = text.id AND received_by IS NULL AND \(isNew("written_at"))) AS replies
        """

    private static let isStanding: SQL = """
        endorsement.request_id = validation_request.id AND replaced_at IS NULL AND received_by IS NULL AND text.kind <> 'minutes' AND \(isNew("answered_at"))
        """

    private static func isNew(_ moment: SQL) -> SQL {
        """
        \(moment) >= (SELECT created_at FROM revision AS head WHERE head.id = text.head_id)
            AND NOT EXISTS (SELECT 1 FROM audit WHERE audit.object_id = text.id
                AND audit.action IN ('validation.read', 'text.published', 'publication.opened') AND audit.at >= \(moment))
            AND NOT EXISTS (SELECT 1 FROM grid_version WHERE grid_version.text_id = text.id AND adopted_at >= \(moment))
        """
    }

    /// Of the request under way on a text; nil without one.
    static func of(_ textId: String, _ reader: any Reader) throws -> UnreadAnswers? {
        try reader.first(
            UnreadAnswers.self,
            """
            SELECT \(columns) FROM validation_request JOIN text ON text.id = validation_request.text_id
            WHERE text.id = \(textId) AND closed_at IS NULL ORDER BY asked_at DESC, validation_request.id DESC LIMIT 1
            """)
    }

    /// « 1 réserve et le droit de réponse de la structure ».
    func said(_ words: Words) -> String {
        words.list(
            (reservations > 0 ? [words("texts.unread.reservations", ["n": reservations])] : [])
                + (refusals > 0 ? [words("texts.unread.refusals", ["n": refusals])] : [])
                + (replies > 0 ? [words("texts.unread.reply")] : []))
    }

    /// On the page of the validation, for whoever carries it.
    func notice(_ open: OpenText, _ request: Request) -> Markup {
        guard !isEmpty else { return .empty }
        let words = request.words
        return """
            <div class="notice no-print"><p>\(words("texts.unread.notice", ["what": said(words)]))</p>\(request.act("\(open.validation)/lecture", words("texts.act.readAnswers")))</div>
            """
    }

    /// Somebody who carries the text says that they read the answers: they are in « À faire » of nobody any more.
    static func read(_ request: Request, _ open: OpenText) async throws -> Response {
        let text = open.text
        try await request.site.amend(as: "validation.read", by: request.actor, isPublic: false) { change in
            try change.require(.askValidation, on: text.id)
            guard let unread = try of(text.id, change), !unread.isEmpty else { return change.leaveAsItIs() }
            try change.trace("text", text.id, programme: text.programmeId)
        }
        return .redirect(Done.path(open.validation, .answersRead))
    }
}
