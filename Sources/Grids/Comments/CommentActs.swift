import Community
import Database
import Formats
import Platform

/// Members comment on a question; each takes their own words away; the researcher answers.
enum CommentActs {
    static func add(_ request: Request, _ open: OpenGrid) async throws -> Response {
        let (form, subject, programmeId) = (request.form, request["question"], open.programme.id)
        guard let gridId = open.core?.id else { throw NotFound() }
        let page = "\(open.path)/questions/\(subject)"
        return try await request.attempt {
            try await request.site.amend(as: "grid.commented", by: request.actor, isPublic: false) { change in
                try change.require(.commentGrid, on: programmeId)
                guard let author = change.actor.personId, try Grids.knows(subject, gridId, change) else { throw NotFound() }
                let body = try GridComment.read(form, field: "body")
                try change.run(
                    """
                    INSERT INTO grid_comment (id, grid_id, subject_id, author_id, body, written_at)
                    VALUES (\(change.newId()), \(gridId), \(subject), \(author), \(body), \(change.now))
                    """)
                try change.trace("grid", gridId, programme: programmeId)
            }
            return .redirect(Done.path(page, .commented) + "#commentaires")
        } otherwise: {
            try await QuestionPage.page(request, open, values: form, problems: $0)
        }
    }

    /// One takes one's own comment away.
    static func remove(_ request: Request, _ open: OpenGrid) async throws -> Response {
        let subject = try await act(request, open, as: "grid.commentRemoved", right: .commentGrid) { comment, change in
            guard comment.authorId == change.actor.personId else { throw Forbidden(.commentGrid) }
            try change.run("UPDATE grid_comment SET body = '', removed_at = \(change.now) WHERE id = \(comment.id)")
        }
        return .redirect(Done.path("\(open.path)/questions/\(subject)", .commentRemoved) + "#commentaires")
    }

    /// The researcher took it into account, or says why not.
    static func settle(_ request: Request, _ open: OpenGrid) async throws -> Response {
        let form = request.form
        return try await request.attempt {
            let subject = try await act(request, open, as: "grid.commentSettled", right: .writeGrid) { comment, change in
                let reply = try GridComment.read(form, field: "reply", mayBeEmpty: true)
                try change.run(
                    """
                    UPDATE grid_comment SET reply = \(reply), settled_by = \(change.actor.personId), settled_at = \(change.now)
                    WHERE id = \(comment.id)
                    """)
            }
            return .redirect(Done.path("\(open.path)/questions/\(subject)", .settled) + "#commentaires")
        } otherwise: { problems in
            try await DraftPage.page(request, open, problems: problems)
        }
    }

    private static func act(
        _ request: Request, _ open: OpenGrid, as action: String, right: Action, _ body: @escaping @Sendable (Found, Change) throws -> Void
    ) async throws -> String {
        let (id, programmeId) = (request["comment"], open.programme.id)
        return try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
            try change.require(right, on: programmeId)
            let found = try change.first(
                Found.self,
                """
                SELECT grid_comment.id, subject_id, author_id, grid_id FROM grid_comment JOIN grid ON grid.id = grid_id
                WHERE grid_comment.id = \(id) AND programme_id = \(programmeId) AND removed_at IS NULL
                """)
            guard let found else { throw NotFound() }
            try body(found, change)
            try change.trace("grid", found.gridId, programme: programmeId)
            return found.subjectId
        }
    }

    private struct Found: Decodable {
        var id: String
        var subjectId: String
        var authorId: String
        var gridId: String
    }
}

extension Grids {
    /// Whether a grid has, drafts, froze or retired a question or a dimension of this identifier.
    static func knows(_ id: String, _ gridId: String, _ reader: any Reader) throws -> Bool {
        let known = try known(gridId, reader)
        if known.questions.contains(where: { $0.id == id }) || known.dimensions.contains(where: { $0.id == id }) { return true }
        return try versions(gridId, reader).contains { $0.content.question(id) != nil }
    }
}
