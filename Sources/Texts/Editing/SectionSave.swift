import Database
import Formats
import Platform

/// Saves what was written in a section: as a draft, as a revision, or not at all when somebody else revised it meanwhile.
enum SectionSave {
    enum Outcome: Sendable {
        case drafted, revised, unchanged
        /// Put together with what somebody else saved meanwhile.
        case joined
        /// Kept as a draft, on the way to the form that adds a file.
        case leaving
        case conflict(SectionEdit.Conflict)

        /// What was written is in the text: its section is no longer open.
        var leavesSection: Bool {
            switch self {
            case .revised, .unchanged, .joined: true
            case .drafted, .leaving, .conflict: false
            }
        }
    }

    static func post(_ request: Request, _ open: OpenText) async throws -> Response {
        let form = request.form
        let key = request["section"]
        let act = form["act"] ?? "revision"
        return try await request.attempt {
            let outcome = try await save(request, open)
            let page = "\(open.base)/sections/\(key)/modifier"
            if outcome.leavesSection { await request.takeSignBack(at: LivePlace(open.text.id, key)) }
            switch outcome {
            case .drafted: return .redirect(Done.path(page, .drafted))
            case .leaving: return .redirect("\(open.base)/sections/\(key)/fichiers")
            case .unchanged: return .redirect(Done.path(open.base, .unchanged) + "#\(key)")
            case .joined: return .redirect(Done.path(open.base, .joined) + "#\(key)")
            case .revised: return .redirect(Done.path(open.base, act == "merge" ? .merged : .revised) + "#\(key)")
            case .conflict(let conflict): return .page(try await ConflictPage.page(request, open, conflict), status: 409)
            }
        } otherwise: { problems in
            try await SectionPage.page(request, open, typed: form, problems: problems)
        }
    }

    private static func save(_ request: Request, _ open: OpenText) async throws -> Outcome {
        let form = request.form
        let (id, key) = (open.text.id, request["section"])
        let body = form.text("body")
        let (personId, words) = (request.viewer.personId ?? "", request.words)
        if form["act"] == "draft" || form["act"] == "file" {
            let conflict = try await DraftPost.keep(body, base: form.line("base"), request, open)
            return conflict.map { .conflict($0) } ?? (form["act"] == "file" ? .leaving : .drafted)
        }
        return try await request.site.amend(as: "text.revised", by: request.actor) { change in
            let text = try change.requireWriting(id)
            let head = try TextQueries.head(id, change)
            let base = try TextQueries.revision(form.line("base"), of: id, change)
            guard head.section(key) != nil else { throw NotFound() }
            guard body.unicodeScalars.count <= Section.limit else {
                throw Refused("texts.refusal.tooLong", ["n": Section.limit], field: "body")
            }
            let edit = SectionEdit.decide(body, section: key, base: base, head: head)
            switch edit {
            case .nothing:
                try DraftQueries.forget(id, key, of: personId, in: change)
                try change.trace("draft", DraftQueries.key(id, key, personId), programme: text.programmeId, as: "draft.forgotten")
                return .unchanged
            case .conflict(let conflict):
                try DraftQueries.keep(body, id, key, of: personId, base: base.id, in: change)
                try change.trace("draft", DraftQueries.key(id, key, personId), programme: text.programmeId, as: "draft.kept")
                return .conflict(conflict)
            case .save, .join:
                let isJoined = edit != .save
                let saved = if case .join(let both) = edit { both } else { body }
                if Markdown.isBlank(saved), form["empty"] != "1" { throw Refused("texts.refusal.empty", field: "body") }
                let sections = head.sections.map {
                    $0.key == key ? Section(key: key, title: $0.title, body: saved) : $0
                }
                let summary = form.line("summary")
                try Texts.revise(
                    id, title: head.title, sections: sections,
                    summary: summary.isEmpty && isJoined ? words("texts.join.summary", ["number": head.number]) : summary,
                    isFormOnly: form["form_only"] == "1", in: change)
                try DraftQueries.forget(id, key, of: personId, in: change)
                return isJoined ? .joined : .revised
            }
        }
    }
}
