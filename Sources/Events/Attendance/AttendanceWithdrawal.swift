import Database
import Formats
import Platform

/// A signature taken back, the line stays: one's own at once; somebody else's by whoever entered it or prepares the event, with a reason, and
/// the person is told.
enum AttendanceWithdrawal {
    private static let limit = 300

    static func show(_ request: Request, _ frame: EventFrame) async throws -> Response { .page(try await page(request, frame)) }

    static func post(_ request: Request, _ frame: EventFrame) async throws -> Response {
        request["person"] == request.viewer.personId ? try await takeOwn(request, frame) : try await takeOther(request, frame)
    }

    private static func takeOwn(_ request: Request, _ frame: EventFrame) async throws -> Response {
        let day = try await request.site.amend(as: "attendance.withdrawn", by: request.actor, isPublic: false) { change in
            let found = try find(request, frame, change)
            try withdraw(found.signature, in: change)
            try change.trace(
                frame.historyKind, frame.event.id, programme: frame.event.programmeId, ["person": found.person.personId, "slot": found.slot.id])
            return found.slot.day
        }
        return done(request, frame, day)
    }

    private static func takeOther(_ request: Request, _ frame: EventFrame) async throws -> Response {
        let reason = request.form.line("reason")
        return try await request.attempt {
            let day = try await request.site.amend(as: "attendance.takenBack", by: request.actor, isPublic: false) { change in
                let found = try find(request, frame, change)
                guard !reason.isEmpty else { throw Refused("events.refusal.takeBackReason", field: "reason") }
                guard reason.count <= limit else { throw Refused("platform.reset.longReason", field: "reason") }
                try withdraw(found.signature, in: change)
                try change.trace(
                    frame.historyKind, frame.event.id, programme: frame.event.programmeId,
                    ["person": found.person.personId, "slot": found.slot.id, "reason": reason])
                if found.person.hasAccount {
                    let half = found.slot.said(in: try change.words(of: found.person.personId))
                    try change.write(
                        to: found.person.personId, "events.mail.takenBack",
                        ["event": frame.event.title, "slot": half, "by": change.viewer.name ?? "", "reason": reason],
                        opening: "\(frame.sheet)?jour=\(found.slot.day.iso)", about: frame.event.id)
                }
                return found.slot.day
            }
            return done(request, frame, day)
        } otherwise: {
            try await page(request, frame, problems: $0)
        }
    }

    private static func withdraw(_ signature: Signature, in change: Change) throws {
        try change.run("UPDATE signature SET withdrawn_at = \(change.now), withdrawn_by = \(change.actor.personId) WHERE id = \(signature.id)")
    }

    private static func done(_ request: Request, _ frame: EventFrame, _ day: Day) -> Response {
        .redirect("\(frame.sheet)?fait=retire&jour=\(day.iso)#\(request["slot"])")
    }

    /// The signature of the address, for who may take it back.
    private static func find(
        _ request: Request, _ frame: EventFrame, _ reader: any Reader
    ) throws -> (signature: Signature, slot: Slot, person: Attendee) {
        guard request["person"] == request.viewer.personId || frame.mayKeep(request) else { throw Forbidden(.keepAttendance) }
        let sheet = try frame.attendance(reader)
        let slot = try AttendanceActs.slot(request["slot"], sheet)
        guard let person = sheet.people.first(where: { $0.personId == request["person"] }),
            let signature = sheet.signature(of: person.personId, in: slot.id)
        else { throw NotFound() }
        guard frame.mayTakeBack(signature, request) else { throw Forbidden(frame.right) }
        return (signature, slot, person)
    }

    /// Whose signature, for which half-day, and why.
    private static func page(_ request: Request, _ frame: EventFrame, problems: [Problem] = []) async throws -> Page {
        let found = try await request.site.database.read { try find(request, frame, $0) }
        let (words, name) = (request.words, found.person.name)
        let form = FormView(request, values: request.method == .post ? request.form : Fields(), problems: problems)
        let title = words("events.attendance.takeBackTitle", ["name": name])
        let said = words(
            "events.attendance.means.\(found.signature.means.rawValue)",
            ["moment": words.moment(found.signature.signedAt, zone: frame.event.zone), "name": found.signature.authorName ?? "—"])
        let isOwn = found.person.personId == request.viewer.personId
        let told = isOwn ? "own" : found.person.hasAccount && found.person.email != nil ? "told" : "untold"
        let reason: Markup =
            isOwn
            ? .empty : form.input("reason", words("events.attendance.takeBackReason"), hint: words("events.attendance.takeBackReasonHint"), isRequired: true)
        return frame.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(frame.event.title), \(found.slot.said(in: words))</p>
            <p>\(words("events.attendance.signed")) <span class="meta">\(said)</span></p><p>\(words("events.attendance.takeBackText.\(told)", ["name": name]))</p>
            \(form.form(
                to: "\(frame.sheet)/\(found.slot.id)/\(found.person.personId)/retrait", button: words("events.attendance.takeBackButton"),
                style: "button danger", cancel: "\(frame.sheet)?jour=\(found.slot.day.iso)", reason))
            """)
    }
}

extension EventFrame {
    /// One's own signature; somebody else's when one entered it or prepares the event.
    func mayTakeBack(_ signature: Signature, _ request: Request) -> Bool {
        guard let viewer = request.viewer.personId else { return false }
        return mayManage || signature.personId == viewer || signature.authorId == viewer
    }
}
