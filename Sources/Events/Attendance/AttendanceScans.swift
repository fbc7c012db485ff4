import Database
import Formats
import Platform

/// Sheets signed on paper, scanned or photographed: the proof of what they say, kept for those who keep the sheet.
enum AttendanceScans {
    struct Paper: Decodable, Sendable {
        var id: String
        var slotId: String?
        var name: String
        var addedAt: Instant
        var addedBy: String?
        var addedByName: String?
    }

    private struct Content: Decodable {
        var hash: String
        var kind: FileStore.Kind
        var name: String
    }

    static func of(_ eventId: String, _ reader: any Reader) throws -> [Paper] {
        try reader.all(
            Paper.self,
            """
            SELECT attendance_paper.id, slot_id, attendance_paper.name, added_at, added_by, person.name AS added_by_name FROM attendance_paper
            LEFT JOIN person ON person.id = added_by
            WHERE event_id = \(eventId) AND removed_at IS NULL ORDER BY added_at, attendance_paper.id
            """)
    }

    static func add(_ request: Request, _ frame: EventFrame) async throws -> Response {
        guard frame.mayKeep(request) else { throw Forbidden(.keepAttendance) }
        let form = request.form
        return try await request.attempt {
            let received = try await request.site.receive(form.file("file"), nil)
            let people = form.all("people")
            try await request.site.amend(as: "attendance.paperAdded", by: request.actor, isPublic: false) { change in
                let sheet = try frame.attendance(change)
                let slot = try AttendanceActs.slot(form.line("slot"), sheet)
                let paper = change.newId()
                let (content, kind) = received.whole
                let name = received.name.isEmpty ? change.site.words(.french)("events.attendance.paperName") : received.name
                let file = try change.keep(UploadedFile(name: name, bytes: content.bytes), kind, of: paper)
                try change.run(
                    """
                    INSERT INTO attendance_paper (id, event_id, slot_id, file_id, name, added_by, added_at)
                    VALUES (\(paper), \(frame.event.id), \(slot.id), \(file), \(name), \(change.actor.personId), \(change.now))
                    """)
                try change.trace(frame.historyKind, frame.event.id, programme: frame.event.programmeId, ["paper": paper, "slot": slot.id])
                // Who signed on a screen already keeps that signature.
                for person in people where sheet.signature(of: person, in: slot.id) == nil {
                    try AttendanceActs.sign(person, slot, .paper, paper: paper, sheet, frame, in: change)
                }
            }
            return .redirect("\(frame.sheet)?fait=papier")
        } otherwise: {
            try await AttendancePage.page(request, frame, problems: $0)
        }
    }

    static func file(_ request: Request, _ frame: EventFrame) async throws -> Response {
        guard frame.mayKeep(request) else { throw Forbidden(.keepAttendance) }
        let id = request["file"]
        let content = try await request.site.database.read { reader in
            try reader.first(
                Content.self,
                """
                SELECT file.hash, file.kind, file.name FROM attendance_paper JOIN file ON file.id = attendance_paper.file_id
                WHERE attendance_paper.id = \(id) AND event_id = \(frame.event.id) AND removed_at IS NULL
                """)
        }
        guard let content, let bytes = request.site.files.content(content.hash) else { throw NotFound() }
        return .download(bytes, type: content.kind.rawValue, name: content.kind.named(content.name))
    }

    /// Put by mistake: it is not shown any more, and the signatures that it proved are taken back. For whoever put it, or prepares the event.
    static func remove(_ request: Request, _ frame: EventFrame) async throws -> Response {
        guard frame.mayKeep(request) else { throw Forbidden(.keepAttendance) }
        let id = request["file"]
        try await request.site.amend(as: "attendance.paperRemoved", by: request.actor, isPublic: false) { change in
            guard let paper = try of(frame.event.id, change).first(where: { $0.id == id }) else { throw NotFound() }
            guard frame.mayRemove(paper, request) else { throw Forbidden(frame.right) }
            try change.run("UPDATE attendance_paper SET removed_at = \(change.now) WHERE id = \(id)")
            try change.run(
                """
                UPDATE signature SET withdrawn_at = \(change.now), withdrawn_by = \(change.actor.personId)
                WHERE paper_id = \(id) AND withdrawn_at IS NULL
                """)
            try change.trace(frame.historyKind, frame.event.id, programme: frame.event.programmeId, ["paper": id])
        }
        return .redirect("\(frame.sheet)?fait=retire")
    }
}

extension EventFrame {
    /// A paper carries the signatures of others.
    func mayRemove(_ paper: AttendanceScans.Paper, _ request: Request) -> Bool {
        mayManage || (paper.addedBy != nil && paper.addedBy == request.viewer.personId)
    }
}
