import Database
import Formats
import Platform

/// The attendance sheet on a screen, a day at a time: half-day after half-day, one button a person.
enum AttendancePage {
    static func show(_ request: Request, _ frame: EventFrame) async throws -> Response { .page(try await page(request, frame)) }

    static func page(_ request: Request, _ frame: EventFrame, problems: [Problem] = []) async throws -> Page {
        let (sheet, papers, reachable) = try await request.site.database.read { reader in
            let sheet = try frame.attendance(reader)
            let known = Set(sheet.people.map(\.personId))
            let others = try frame.event.kind == .visit ? [] : Attendees.reachable(frame.event, frame.thing, reader)
            return (sheet, try AttendanceScans.of(frame.event.id, reader), others.filter { !known.contains($0.personId) })
        }
        let views = AttendanceViews(request: request, frame: frame, sheet: sheet, problems: problems)
        return frame.page(request.words("events.attendance.title"), request, views.content(papers, reachable)).with {
            if let done = request.query["fait"], ["signe", "retire", "personne", "papier"].contains(done) {
                $0.notice = "<p class=\"notice success\" role=\"status\">\(request.words("events.attendance.done.\(done)"))</p>"
            }
        }
    }

    static func beside(_ request: Request, _ frame: EventFrame) async throws -> Response { .page(try await besidePage(request, frame)) }

    /// The page to hand over: who signs, for which half-day, and the name that they type.
    static func besidePage(_ request: Request, _ frame: EventFrame, problems: [Problem] = []) async throws -> Page {
        guard frame.mayKeep(request) else { throw Forbidden(.keepAttendance) }
        let sheet = try await request.site.database.read { try frame.attendance($0) }
        let slot = try AttendanceActs.slot(request["slot"], sheet)
        guard let person = sheet.people.first(where: { $0.personId == request["person"] }) else { throw NotFound() }
        let words = request.words
        let form = FormView(request, values: request.method == .post ? request.form : Fields(), problems: problems)
        let title = words("events.attendance.besideTitle", ["name": person.name])
        return frame.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(frame.event.title), \(slot.said(in: words))</p><p>\(words("events.attendance.besideText", ["name": person.name]))</p>
            \(form.form(
                to: "\(frame.sheet)/\(slot.id)/\(person.personId)", button: words("events.attendance.besideButton"), cancel: frame.sheet,
                form.input("typed", words("events.attendance.typed"), isRequired: true, autocomplete: "off")))
            """)
    }
}

/// The pieces of the attendance sheet.
struct AttendanceViews {
    let request: Request
    let frame: EventFrame
    let sheet: AttendanceSheet
    let problems: [Problem]
    var words: Words { request.words }
    /// The day of the address, or the one that matters now.
    private var shown: Day? {
        request.query.optional("jour").flatMap { Day(iso: $0) }.flatMap { sheet.days.contains($0) ? $0 : nil } ?? sheet.day(at: today)
    }
    private var today: Day { request.now.day(in: sheet.event.zone) }
    private var mayKeep: Bool { frame.mayKeep(request) }

    func content(_ papers: [AttendanceScans.Paper], _ reachable: [Attendee]) -> Markup {
        let title = words("events.attendance.title")
        let slots: Markup =
            sheet.slots.isEmpty
            ? "<p>\(words("events.attendance.noDates"))</p>" : days + sheet.slots.filter { $0.day == shown }.map(section).joined()
        return """
            <h1>\(title)</h1><p class="lede">\(words("events.attendance.lede"))</p>\(state)
            <p class="acts no-print"><a class="button quiet" data-icon="print" href="\(frame.sheet)/feuille">\(words("events.attendance.print"))</a></p>
            \(slots)\(request.manyActs)\(scans(papers))\(add(reachable))
            """
    }

    private var state: Markup {
        let count = sheet.count(at: request.now)
        guard count.expected > 0 else { return .empty }
        return "<p class=\"state-line\"><strong>\(words("events.attendance.state", ["n": count.signed, "all": count.expected]))</strong>\(besides)</p>"
    }

    /// Whoever reads more names than signatures waited for is told why.
    private var besides: Markup {
        guard sheet.hasHost else { return .empty }
        return " \(sheet.besides > 0 ? words("events.attendance.besides", ["n": sheet.besides]) : words("events.attendance.hostFree"))"
    }

    /// The days of the event, each with how many signed: one is shown, the others are a step away.
    private var days: Markup {
        guard sheet.days.count > 1 else { return .empty }
        let items = sheet.days.map { day -> Markup in
            let (signed, expected) = sheet.count(on: day)
            let count = words("events.attendance.ofDay", ["n": signed, "all": expected])
            let current = Markup.attribute("aria-current", value: day == shown ? "page" : nil)
            return "<a href=\"\(frame.sheet)?jour=\(day.iso)\"\(current)>\(words.day(day)) <small>\(count)</small></a>"
        }
        return "<nav class=\"tabs no-print\" aria-label=\"\(words("events.attendance.days"))\">\(items.joined(separator: " "))</nav>"
    }

    private func section(_ slot: Slot) -> Markup {
        let people = sheet.people.map { person in "<li><p>\(person.said)</p>\(cell(person, slot))</li>" as Markup }
        let list: Markup = people.isEmpty ? "<p>\(words("events.attendance.nobody"))</p>" : "<ol class=\"entries\">\(people)</ol>"
        let hours = "\(Hour.said(slot.hours.start, in: words)) – \(Hour.said(slot.hours.end, in: words))"
        return "<section id=\"\(slot.id)\"><h2>\(slot.said(in: words))</h2><p class=\"meta\">\(hours)</p>\(list)</section>"
    }

    private func cell(_ person: Attendee, _ slot: Slot) -> Markup {
        let path = "\(frame.sheet)/\(slot.id)"
        let isOwn = person.personId == request.viewer.personId
        guard let signature = sheet.signature(of: person.personId, in: slot.id) else {
            guard sheet.isOpen(slot, at: request.now) else { return "<p class=\"meta\">\(words("events.attendance.later", ["time": slot.signedFrom]))</p>" }
            if isOwn {
                return "<p class=\"acts\"><button class=\"button\" form=\"acts\" formaction=\"\(path)\">\(words("events.attendance.signOwn"))</button></p>"
            }
            guard mayKeep else { return "<p><span class=\"state\" data-state=\"none\">\(words("events.attendance.missing"))</span></p>" }
            return """
                <p class="acts"><a href="\(path)/\(person.personId)" aria-label="\(words("events.attendance.askNamed", ["name": person.name]))">\(words("events.attendance.ask"))</a></p>
                """
        }
        let late: Markup = sheet.isLate(signature) ? " <span class=\"badge\">\(words("events.attendance.afterwards"))</span>" : .empty
        let label = words("events.attendance.takeBack", ["name": person.name])
        let back: Markup =
            isOwn
            ? " \(request.actOfMany("\(path)/\(person.personId)/retrait", label))"
            : frame.mayTakeBack(signature, request) ? " <a href=\"\(path)/\(person.personId)/retrait\">\(label)</a>" : .empty
        return """
            <p><span class="state" data-state="validated">\(words("events.attendance.signed"))</span> <span class="meta">\(said(signature))</span>\(late)\(back)</p>
            """
    }

    /// « le 14 avril 2026 à 9 h 04, sur le téléphone de Nadia ».
    func said(_ signature: Signature) -> String {
        words(
            "events.attendance.means.\(signature.means.rawValue)",
            ["moment": words.moment(signature.signedAt, zone: sheet.event.zone), "name": signature.authorName ?? "—"])
    }

    private func scans(_ papers: [AttendanceScans.Paper]) -> Markup {
        let items = papers.map { paper -> Markup in
            let slot = sheet.slots.first { $0.id == paper.slotId }?.said(in: words)
            let about = [slot, words.moment(paper.addedAt, zone: sheet.event.zone), paper.addedByName].compactMap(\.self).joined(separator: " · ")
            let remove: Markup = frame.mayRemove(paper, request) ? " \(request.actOfMany("\(frame.sheet)/papiers/\(paper.id)/retrait", words("events.attendance.removePaper", ["name": paper.name])))" : .empty
            let name: Markup = mayKeep ? "<a href=\"\(frame.sheet)/papiers/\(paper.id)\">\(paper.name)</a>" : .text(paper.name)
            return "<li>\(name) <span class=\"meta\">\(about)</span>\(remove)</li>"
        }
        let list: Markup = items.isEmpty ? .empty : "<ul class=\"entries\">\(items)</ul>"
        guard mayKeep, !sheet.slots.isEmpty else { return items.isEmpty ? .empty : "<section><h2>\(words("events.attendance.papers"))</h2>\(list)</section>" }
        let typed = problems.contains { ["file", "slot", "people"].contains($0.field) } || request.form.has("slot")
        let form = FormView(request, values: typed ? request.form : Fields(), problems: problems)
        let fields: [Markup] = [
            form.file("file", words("events.attendance.paperFile"), hint: words("events.attendance.paperFileHint"), accept: "image/*,.pdf"),
            form.select("slot", words("events.attendance.paperSlot"), options: sheet.slots.map { ($0.id, $0.said(in: words)) }),
            form.choices(
                "people", words("events.attendance.paperPeople"), hint: words("events.attendance.paperPeopleHint"),
                options: sheet.people.map { ($0.personId, $0.said) }, several: true),
        ]
        return """
            <section class="no-print"><h2>\(words("events.attendance.papers"))</h2><p>\(words("events.attendance.papersText"))</p>\(list)
            <details\(Markup.flag("open", if: typed))><summary>\(words("events.attendance.addPaper"))</summary>\(form.form(to: "\(frame.sheet)/papiers", button: words("events.attendance.addPaperButton"), isMultipart: true, style: "button quiet", fields.joined()))</details></section>
            """
    }

    private func add(_ reachable: [Attendee]) -> Markup {
        guard mayKeep else { return .empty }
        let typed = problems.contains { $0.field == "name" }
        let form = FormView(request, values: typed ? request.form : Fields(), problems: problems)
        let known: Markup =
            reachable.isEmpty
            ? .empty
            : form.select(
                "known", words("events.attendance.known"),
                options: [("", words("events.attendance.knownNobody"))] + reachable.map { ($0.personId, $0.said) })
        return """
            <details class="no-print"\(Markup.flag("open", if: typed))><summary>\(words("events.attendance.addPerson"))</summary>\(form.form(to: "\(frame.sheet)/personnes", button: words("events.attendance.addPersonButton"), style: "button quiet", known + form.input("name", words("events.attendance.personName"), hint: words("events.attendance.personNameHint"))))</details>
            """
    }
}
