import Database
import Formats
import Platform

/// Keeps what somebody is writing, a moment after they stop: overwritten each time, read by nobody else.
enum DraftPost {
    /// Answers the script of the editor: 200, or 409 when somebody else revised the section; the draft is kept in both cases.
    static func autosave(_ request: Request, _ open: OpenText) async throws -> Response {
        let base = request.form.line("base")
        let conflict = try await keep(request.form.text("body"), base: base, request, open)
        return .json(.object(["base": .string(base)]), status: conflict == nil ? 200 : 409)
    }

    /// - Returns: the conflict there would be if this were made a revision now.
    static func keep(_ body: String, base: String, _ request: Request, _ open: OpenText) async throws -> SectionEdit.Conflict? {
        let (id, key) = (open.text.id, request["section"])
        let personId = request.viewer.personId ?? ""
        return try await request.site.amend(as: "draft.kept", by: request.actor, isPublic: false) { change in
            let text = try change.requireWriting(id)
            let head = try TextQueries.head(id, change)
            let base = try TextQueries.revision(base, of: id, change)
            guard head.section(key) != nil else { throw NotFound() }
            guard body.unicodeScalars.count <= Section.limit else {
                throw Refused("texts.refusal.tooLong", ["n": Section.limit], field: "body")
            }
            try DraftQueries.keep(body, id, key, of: personId, base: base.id, in: change)
            try change.trace("draft", DraftQueries.key(id, key, personId), programme: text.programmeId)
            guard case .conflict(let conflict) = SectionEdit.decide(body, section: key, base: base, head: head) else { return nil }
            return conflict
        }
    }

    /// Goes back to the latest revision: one's draft is dropped.
    static func forget(_ request: Request, _ open: OpenText) async throws -> Response {
        let (id, key) = (open.text.id, request["section"])
        let personId = request.viewer.personId ?? ""
        try await request.site.amend(as: "draft.forgotten", by: request.actor, isPublic: false) { change in
            let text = try change.requireWriting(id)
            try DraftQueries.forget(id, key, of: personId, in: change)
            try change.trace("draft", DraftQueries.key(id, key, personId), programme: text.programmeId)
        }
        return .redirect(Done.path("\(open.base)/sections/\(key)/modifier", .forgotten))
    }
}
