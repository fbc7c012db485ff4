import Database
import Formats
import Platform

/// Adding, rewriting, taking away lines of a review: each its own row, so that people who write at once lose nothing.
enum LineActs {
    static func add(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        let form = request.form
        return try await request.attempt {
            guard let part = form["part"].flatMap(Review.Part.init) else { throw NotFound() }
            let line = NewLine(part: part, aboutId: part == .learning ? form.optional("about") : nil, text: form.text(part.field))
            try await request.site.amend(as: "review.lineAdded", by: request.actor, isPublic: false) { change in
                try change.require(.writeNote, on: review.id)
                let (now, author) = (try ReviewQueries.load(review.id, change), try person(change))
                let people = try ReviewQueries.people(review.id, change)
                try now.admit(
                    line, by: people.first { $0.id == author }?.side, among: people, count: ReviewQueries.count(review.id, change), field: part.field)
                _ = try ReviewQueries.add(line, to: review.id, by: author, in: change)
                try change.trace("review", review.id, programme: review.programmeId, ["part": part.rawValue])
            }
            return .redirect("\(open.base)?fait=\(Done.added.rawValue)&partie=\(part.rawValue)#\(part.rawValue)")
        } otherwise: { problems in
            try await ReviewPage.page(request, open, typed: form, problems: problems)
        }
    }

    /// A line, to write it anew.
    static func edit(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        let line = try await own(request, review)
        return .page(page(request, open, line, Fields([(line.part.field, line.text)]), []))
    }

    /// Written anew, the line before stays, replaced; when somebody else replaced it meanwhile, both are kept.
    static func save(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        let line = try await own(request, review)
        let form = request.form
        return try await request.attempt {
            let new = NewLine(part: line.part, aboutId: line.aboutId, text: form.text(line.part.field))
            let isAlone = try await request.site.amend(as: "review.lineChanged", by: request.actor, isPublic: false) { change in
                try change.require(.writeNote, on: review.id)
                let (now, author) = (try ReviewQueries.load(review.id, change), try person(change))
                let known = try ReviewQueries.line(line.id, of: review.id, change)
                let people = try ReviewQueries.people(review.id, change)
                guard known.isOwn(of: author) else { throw Forbidden(.writeNote) }
                try now.admit(
                    new, by: people.first { $0.id == author }?.side, among: people, count: ReviewQueries.count(review.id, change), field: line.part.field)
                guard known.text != new.text || known.replacedAt != nil || known.removedAt != nil else {
                    change.leaveAsItIs()
                    return true
                }
                _ = try ReviewQueries.add(new, at: known.position, to: review.id, by: author, in: change)
                let replaced = try change.run(
                    "UPDATE review_line SET replaced_at = \(change.now) WHERE id = \(line.id) AND replaced_at IS NULL AND removed_at IS NULL")
                try change.trace("review", review.id, programme: review.programmeId, ["part": line.part.rawValue])
                return replaced > 0
            }
            return .redirect(Done.path(open.base, isAlone ? .changed : .keptBoth, at: line.part.rawValue))
        } otherwise: { problems in
            page(request, open, line, form, problems)
        }
    }

    static func remove(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        try await act(request, open, review, as: "review.lineRemoved", .removed) { line, change in
            try change.run("UPDATE review_line SET removed_at = \(change.now) WHERE id = \(line.id) AND removed_at IS NULL")
        }
    }

    static func restore(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        try await act(request, open, review, as: "review.lineRestored", .restored) { line, change in
            try change.run("UPDATE review_line SET removed_at = NULL WHERE id = \(line.id)")
        }
    }

    private static func act(
        _ request: Request, _ open: OpenReview, _ review: Review, as action: String, _ done: Done,
        _ body: @Sendable @escaping (ReviewLine, Change) throws -> Void
    ) async throws -> Response {
        let line = try await own(request, review)
        return try await request.attempt {
            try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
                try change.require(.writeNote, on: review.id)
                guard try !ReviewQueries.load(review.id, change).isClosed else { throw Refused("reviews.refusal.closed") }
                try body(line, change)
                try change.trace("review", review.id, programme: review.programmeId, ["part": line.part.rawValue])
            }
            return .redirect(Done.path(open.base, done, at: line.part.rawValue))
        } otherwise: { problems in
            try await ReviewPage.page(request, open, problems: problems)
        }
    }

    /// The line of the path, for whoever wrote it or is spoken of.
    private static func own(_ request: Request, _ review: Review) async throws -> ReviewLine {
        let line = try await request.site.database.read { try ReviewQueries.line(request["line"], of: review.id, $0) }
        guard line.isOwn(of: request.viewer.personId) else { throw Forbidden(.writeNote) }
        return line
    }

    private static func person(_ change: Change) throws -> String {
        guard let id = change.actor.personId else { throw NotFound() }
        return id
    }

    private static func page(_ request: Request, _ open: OpenReview, _ line: ReviewLine, _ values: Fields, _ problems: [Problem]) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let title = words("reviews.edit.title")
        let label = line.about.map { words("reviews.learning.of", ["name": $0]) } ?? words.name("reviews.part", of: line.part)
        return open.page(
            title, request,
            """
            <h1>\(title)</h1>
            \(form.form(to: "\(open.base)/lignes/\(line.id)", button: words("reviews.edit.button"), cancel: "\(open.base)#\(line.part.rawValue)", form.area(line.part.field, label, rows: 4, isRequired: true)))
            """)
    }
}

extension Review.Part {
    /// The field where a line of it is typed: each form of the page has its own.
    var field: String { "text_\(rawValue)" }
}
