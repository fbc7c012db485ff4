import Community
import Database
import Events
import Formats
import Platform

/// How the visits of a programme use their half-days: the first one, those between, the last. The dossier's (§3.2.1) until the
/// programme writes its own.
struct VisitPattern: Sendable, Equatable, Decodable {
    /// Partners and ecosystem.
    var opening: String
    /// The stakeholders of the flagship initiative.
    var middle: String
    /// The collective review.
    var closing: String

    static func of(_ programmeId: String, _ reader: any Reader, _ words: Words) throws -> VisitPattern {
        try reader.first(VisitPattern.self, "SELECT opening, middle, closing FROM visit_pattern WHERE programme_id = \(programmeId)")
            ?? VisitPattern(
                opening: words("visits.pattern.opening"), middle: words("visits.pattern.middle"), closing: words("visits.pattern.closing"))
    }

    /// What a half-day is for, by its place among those of a visit.
    func theme(_ index: Int, of count: Int) -> String {
        if index == 0 { return opening }
        return index == count - 1 ? closing : middle
    }

    func save(of programmeId: String, in change: Change) throws {
        try change.run(
            """
            INSERT INTO visit_pattern (programme_id, opening, middle, closing) VALUES (\(programmeId), \(opening), \(middle), \(closing))
            ON CONFLICT (programme_id) DO UPDATE SET opening = excluded.opening, middle = excluded.middle, closing = excluded.closing
            """)
    }
}

/// The page of the programme where its pattern is changed, and the act that gives it to a visit.
enum PatternPage {
    static func show(_ request: Request) async throws -> Response {
        let (programme, pattern) = try await open(request)
        return .page(page(request, programme, values: Fields([("opening", pattern.opening), ("middle", pattern.middle), ("closing", pattern.closing)])))
    }

    static func save(_ request: Request) async throws -> Response {
        let (programme, _) = try await open(request)
        let form = request.form
        return try await request.attempt {
            let pattern = VisitPattern(opening: form.line("opening"), middle: form.line("middle"), closing: form.line("closing"))
            let blank = [("opening", pattern.opening), ("middle", pattern.middle), ("closing", pattern.closing)].filter { $0.1.isEmpty }
            guard blank.isEmpty else { throw Refusals(blank.map { Refused("visits.refusal.themeMissing", field: $0.0) }) }
            try await request.site.amend(as: "programme.patternChanged", by: request.actor, isPublic: false) { change in
                try change.require(.manageProgramme, on: programme.id)
                try pattern.save(of: programme.id, in: change)
                try change.trace("programme", programme.id, programme: programme.id)
            }
            return .redirect("\(programme.path)/trame-de-visite?fait=trame")
        } otherwise: {
            page(request, programme, values: form, problems: $0)
        }
    }

    /// Gives the half-days of a visit that have no use yet the one of the pattern.
    static func take(_ request: Request, _ open: OpenVisit) async throws -> Response {
        try await request.site.amend(as: "visit.patterned", by: request.actor, isPublic: false) { change in
            try change.require(.manageVisit, on: open.visit.id)
            let slots = try Slots.of(open.visit.id, change)
            let programme = try Programme.load(id: open.visit.programmeId, change)
            let pattern = try VisitPattern.of(programme.id, change, change.site.words(programme.language))
            for (index, slot) in slots.enumerated() where slot.theme.isEmpty {
                var slot = slot
                slot.theme = pattern.theme(index, of: slots.count)
                // The last one is that of the collective review: nobody else is met.
                slot.isFree = slot.isFree || (index > 0 && index == slots.count - 1)
                try Slots.save(slot, in: change)
            }
            try change.trace("visit", open.visit.id, programme: open.visit.programmeId)
        }
        return .redirect(Done.path("\(open.visit.path)/rencontres", .pattern))
    }

    private static func open(_ request: Request) async throws -> (Programme, VisitPattern) {
        try await request.site.database.read { reader in
            let programme = try ProgrammeFrame.load(request["programme"], reader, request)
            guard request.site.policy.allows(.manageProgramme, request.viewer, on: programme.community) else { throw Forbidden(.manageProgramme) }
            return (programme, try VisitPattern.of(programme.id, reader, request.site.words(programme.language)))
        }
    }

    private static func page(_ request: Request, _ programme: Programme, values: Fields, problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let title = words("visits.pattern.title")
        let fields = ["opening", "middle", "closing"].map { form.input($0, words("visits.pattern.field.\($0)"), isRequired: true) }
        return programme.page(
            title, at: "/visites", crumbs: [Crumb(words("visits.crumb.visits"), "\(programme.path)/visites")], request,
            """
            <h1>\(title)</h1><p class="lede">\(words("visits.pattern.lede"))</p>
            \(form.form(to: "\(programme.path)/trame-de-visite", button: words("visits.pattern.save"), cancel: "\(programme.path)/visites", fields.joined()))
            """
        ).with { if request.query["fait"] == "trame" { $0.notice = "<p class=\"notice success\" role=\"status\">\(words("visits.pattern.done"))</p>" } }
    }
}

/// What one half-day is for, and its hours.
enum HalfDayPage {
    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let slot = try await one(request, open)
        let known = Fields([
            ("theme", slot.theme), ("starts_at", Hour.said(slot.hours.start, in: request.words)), ("ends_at", Hour.said(slot.hours.end, in: request.words)),
            ("is_free", slot.isFree ? "1" : ""),
        ])
        return .page(page(request, open.visit, slot, values: known))
    }

    static func save(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let known = try await one(request, open)
        let form = request.form
        return try await request.attempt {
            var slot = known
            var refusals: [any Refusal] = []
            slot.theme = form.line("theme")
            slot.isFree = form["is_free"] == "1"
            slot.startsAt = HourEntry.read(form, "starts_at", &refusals)
            slot.endsAt = HourEntry.read(form, "ends_at", &refusals)
            if refusals.isEmpty, slot.hours.end <= slot.hours.start { refusals.append(Refused("visits.refusal.endsBefore", field: "ends_at")) }
            guard refusals.isEmpty else { throw Refusals(refusals) }
            try await request.site.amend(as: "visit.halfDayChanged", by: request.actor, isPublic: false) { [slot] change in
                try change.require(.manageVisit, on: open.visit.id)
                try Slots.save(slot, in: change)
                try change.trace("visit", open.visit.id, programme: open.visit.programmeId, ["slot": slot.id, "label": slot.halfDay.value])
            }
            return .redirect(Done.path("\(open.visit.path)/rencontres", .halfDay))
        } otherwise: {
            page(request, open.visit, known, values: form, problems: $0)
        }
    }

    private static func one(_ request: Request, _ open: OpenVisit) async throws -> Slot {
        let slots = try await request.site.database.read { try Slots.of(open.visit.id, $0) }
        guard let slot = slots.first(where: { $0.id == request["slot"] }) else { throw NotFound() }
        return slot
    }

    private static func page(_ request: Request, _ visit: Visit, _ slot: Slot, values: Fields, problems: [Problem] = []) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        let title = words("visits.halfDay.change", ["halfDay": slot.said(in: words)])
        let fields: [Markup] = [
            form.input("theme", words("visits.halfDay.theme"), hint: words("visits.halfDay.themeHint")),
            form.input("starts_at", words("visits.halfDay.start"), hint: words("visits.halfDay.hourHint", ["zone": EventZone.said(visit.zone, in: words)]), width: "short"),
            form.input("ends_at", words("visits.halfDay.end"), width: "short"),
            form.check("is_free", words("visits.halfDay.isFree")),
        ]
        return visit.page(
            title, request,
            """
            <h1>\(title)</h1>
            \(form.form(to: "\(visit.path)/demi-journees/\(slot.id)", button: words("visits.halfDay.save"), cancel: "\(visit.path)/rencontres", fields.joined()))
            """)
    }
}

extension Slot {
    /// « 9 h – 12 h 30 ».
    func times(_ words: Words) -> String { "\(Hour.said(hours.start, in: words)) – \(Hour.said(hours.end, in: words))" }
}
