import Database
import Formats
import Platform
import Visits

/// « Notre fiche est finie »: the host says that its sheet waits for nothing more from it, until it takes that back.
struct SheetFinish: Sendable, Decodable {
    var id: String
    /// As it was then.
    var revisionNumber: Int
    var name: String
    var finishedAt: Instant

    /// What stands; nil while the sheet is being written.
    static func of(_ textId: String, _ reader: any Reader) throws -> SheetFinish? {
        try reader.first(
            SheetFinish.self,
            """
            SELECT sheet_finish.id, revision.number AS revision_number, person.name, finished_at FROM sheet_finish
            JOIN revision ON revision.id = revision_id JOIN person ON person.id = person_id
            WHERE sheet_finish.text_id = \(textId) AND withdrawn_at IS NULL
            """)
    }

    /// The people of the host say it, by their account or behind their private link.
    static func belongs(to viewer: Viewer, _ visit: Visit) -> Bool { viewer.roles(in: visit.circleId).contains(.host) }

    /// As long as the visit is ahead: nobody waits for a sheet after it.
    static func isWaited(_ visit: Visit) -> Bool { !visit.isHeld && !visit.isCancelled }
}

/// The host says that it has finished, or takes it back.
enum SheetFinishActs {
    static func finish(_ request: Request, _ open: OpenText) async throws -> Response {
        try await act(request, open, as: "sheet.finished", .finished) { visit, change in
            guard SheetFinish.isWaited(visit) else { throw Refused("texts.refusal.finishLate") }
            let head = try TextQueries.head(open.text.id, change)
            guard !head.isBlank else { throw Refused("texts.refusal.finishEmpty") }
            guard head.blankSections.isEmpty || request.form["unwritten"] == "1" else { throw Refused("texts.refusal.finishPart", field: "unwritten") }
            guard try SheetFinish.of(open.text.id, change) == nil else { return false }
            // Said again of the same words, it is no news.
            let isNews = try !change.exists("SELECT 1 FROM sheet_finish WHERE revision_id = \(head.id)")
            try change.run(
                """
                INSERT INTO sheet_finish (id, text_id, revision_id, person_id, finished_at)
                VALUES (\(change.newId()), \(open.text.id), \(head.id), \(change.actor.personId), \(change.now))
                """)
            if isNews { try tell(head, visit, in: change) }
            return true
        }
    }

    static func resume(_ request: Request, _ open: OpenText) async throws -> Response {
        try await act(request, open, as: "sheet.resumed", .resumed) { _, change in
            try change.run("UPDATE sheet_finish SET withdrawn_at = \(change.now) WHERE text_id = \(open.text.id) AND withdrawn_at IS NULL") > 0
        }
    }

    private static func tell(_ head: Revision, _ visit: Visit, in change: Change) throws {
        let blank = head.blankSections.map(\.title)
        for officer in try change.people(in: visit.programmeId).filter({ $0.role == .officer }) {
            let words = try change.words(of: officer.personId)
            try change.write(
                to: officer.personId, "texts.mail.sheetFinished",
                [
                    "by": change.viewer.name ?? "", "visit": visit.name, "number": head.number,
                    "blank": blank.isEmpty ? "" : words("texts.mail.sheetFinishedPart", ["sections": words.list(blank.map { words.quoted($0) })]) + "\n\n",
                ], opening: "/textes/\(head.textId)#envoi", about: head.textId)
        }
    }

    /// - Parameter body: answers whether anything changed.
    private static func act(
        _ request: Request, _ open: OpenText, as action: String, _ done: Done, _ body: @escaping @Sendable (Visit, Change) throws -> Bool
    ) async throws -> Response {
        guard open.text.kind == .sheet else { throw NotFound() }
        let visitId = try open.requireVisit().id
        return try await request.attempt {
            try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
                try change.requireWriting(open.text.id)
                let visit = try VisitQueries.load(id: visitId, change)
                guard SheetFinish.belongs(to: change.viewer, visit) else { throw Forbidden(.writeSheet) }
                guard try body(visit, change) else { return change.leaveAsItIs() }
                try change.trace("text", open.text.id, programme: open.text.programmeId)
            }
            return .redirect(Done.path(open.base, done))
        } otherwise: { problems in
            try await TextPage.page(request, open, values: request.form, problems: problems)
        }
    }
}
