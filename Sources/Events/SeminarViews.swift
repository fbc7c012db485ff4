import Community
import Formats
import Platform

/// The pages of seminars.
struct SeminarViews {
    private static let size = 20
    let request: Request
    let programme: Programme
    var words: Words { request.words }
    var base: String { "\(programme.path)/seminaires" }

    func list(_ events: [Event], _ agendas: [String: Agenda], mayAdd: Bool) -> Page {
        let list = Paged(shown(events, agendas), by: Self.size, request)
        let items = list.items.map { event -> Markup in
            """
            <li><h2><a href="\(base)/\(event.id)">\(event.title)</a></h2><p class="meta">\
            \(moment(event, agendas[event.id])) · \(words.name("events.mode", of: event.mode))</p></li>
            """
        }
        let add: Markup =
            mayAdd
            ? "<p class=\"acts\"><a class=\"button\" href=\"\(base)/nouveau\">\(words("events.list.add"))</a></p>"
            : .empty
        let content: Markup =
            events.isEmpty
            ? """
            <h1>\(words("events.list.title"))</h1>
            <div class="empty"><h2>\(words("events.list.emptyTitle"))</h2><p>\(words("events.list.emptyText"))</p>\
            \(add)</div>
            """
            : """
            <h1>\(words("events.list.title"))</h1><p class="lede">\(words("events.list.lede"))</p>\(add)
            \(filters)\(list.count == 0 ? "<p>\(words("events.list.none"))</p>" : "<ol class=\"entries\">\(items)</ol>" as Markup)\(request.pages(of: list))
            \(request.exports("\(base)/export"))
            """
        return programme.page(words("events.list.title"), at: "/seminaires", request, content)
    }

    /// Those whose title or place has the words typed, in the order of the programme or of their dates (without date, last).
    private func shown(_ events: [Event], _ agendas: [String: Agenda]) -> [Event] {
        let typed = French.fold(request.query.line("mots")).split(separator: " ")
        let found = events.filter { event in
            let text = French.fold("\(event.title) \(event.place)")
            return typed.allSatisfy { text.contains($0) }
        }
        guard request.query.line("tri") == "date" else { return found }
        func day(_ event: Event) -> Int { agendas[event.id]?.firstDay?.daysSinceEpoch ?? .max }
        return found.enumerated().sorted { (day($0.element), $0.offset) < (day($1.element), $1.offset) }.map(\.element)
    }

    private var filters: Markup {
        let form = FormView(request, values: request.query)
        let orders = [("", words("events.list.order.programme")), ("date", words("events.list.order.date"))]
        return """
            <form class="filters no-print" method="get" action="\(base)">\(form.input("mots", words("events.list.search"), width: "medium"))\(form.select("tri", words("events.list.order"), options: orders))<button class="button quiet">\(words("events.list.filter"))</button></form>
            """
    }

    /// The seminars as a table.
    func file(_ events: [Event], _ agendas: [String: Agenda]) throws -> Response {
        let rows = shown(events, agendas).map { event in
            [
                event.title, agendas[event.id]?.firstDay?.iso ?? "", agendas[event.id]?.lastDay?.iso ?? "", event.periodWritten,
                words.name("events.mode", of: event.mode), event.place,
            ]
        }
        return try .table(
            header: ["title", "firstDay", "lastDay", "written", "mode", "place"].map { words("events.export.\($0)") }, rows: rows,
            named: "\(words("events.export.file"))-\(programme.slug)", request)
    }

    /// Who says that they come, and whether dates are asked for.
    struct Coming: Sendable {
        var own: Bool?
        var names: [String]
        var hasPoll: Bool
        /// Whether its answers are still waited for.
        var isPollOpen: Bool
    }

    func seminar(_ event: Event, _ slots: [Slot], _ coming: Coming, panels: Markup, mayEdit: Bool) -> Page {
        let agenda = Agenda(slots)
        let dates: Markup =
            slots.isEmpty
            ? .text(event.periodWritten.isEmpty ? words("events.page.noDate") : event.periodWritten)
            : slots.map { .text($0.said(in: words)) }.joined(separator: "<br>")
        let written: Markup =
            event.periodWritten.isEmpty || slots.isEmpty
            ? .empty
            : "<div><dt>\(words("events.page.written"))</dt><dd>\(words.quoted(event.periodWritten))</dd></div>"
        let poll: Markup =
            coming.isPollOpen
            ? "<a class=\"button\" href=\"\(base)/\(event.id)/sondage\">\(words("events.poll.running"))</a>"
            : "<a class=\"button quiet\" href=\"\(base)/\(event.id)/sondage/nouveau\">\(words("events.poll.new"))</a>"
        let next: Markup =
            slots.isEmpty && mayEdit
            ? "<div class=\"next\"><p><strong>\(words("events.page.dateMissing"))</strong></p><p><a class=\"button\(coming.isPollOpen ? " quiet" : "")\" href=\"\(base)/\(event.id)/modifier\">\(words("events.page.setDate"))</a> \(poll)</p></div>"
            : .empty
        let edit: Markup =
            mayEdit && !slots.isEmpty
            ? "<p class=\"acts no-print\"><a class=\"button quiet\" href=\"\(base)/\(event.id)/modifier\">\(words("events.page.edit"))</a></p>"
            : .empty
        let length: Markup =
            slots.isEmpty
            ? .empty : "<div><dt>\(words("events.page.length"))</dt><dd>\(agenda.length(in: words))</dd></div>"
        let place: Markup =
            event.place.isEmpty ? .empty : "<div><dt>\(words("events.field.place"))</dt><dd>\(event.place)</dd></div>"
        let content: Markup = """
            <p class="kind">\(words.name("events.eventKind", of: event.kind))</p><h1>\(event.title)</h1>
            <p class="audience" data-audience="programme">\(words("events.page.audience"))</p>
            \(cancelled(event, mayEdit))\(next)<dl class="facts"><div><dt>\(words("events.page.dates"))</dt><dd>\(dates)</dd></div>\
            \(length)\(written)<div><dt>\(words("events.field.mode"))</dt><dd>\
            \(words.name("events.mode", of: event.mode))</dd></div>\(place)</dl>
            \(edit)\(part(event, slots, coming, mayEdit))\(panels)<p class="meta no-print"><a href="/historique/\(event.id)">\(words("events.page.history"))</a></p>
            """
        return programme.page(event.title, at: "/seminaires", crumbs: [crumb], request, content)
    }

    private func cancelled(_ event: Event, _ mayEdit: Bool) -> Markup {
        guard event.state == .cancelled else { return .empty }
        let act: Markup = mayEdit ? request.act("\(base)/\(event.id)/reprise", words("events.page.resume")) : .empty
        return "<div class=\"notice warning\"><p>\(words("events.page.cancelled"))</p>\(act)</div>"
    }

    /// Taking part: saying that one comes, the sheet, the dates, one's agenda.
    private func part(_ event: Event, _ slots: [Slot], _ coming: Coming, _ mayEdit: Bool) -> Markup {
        let path = "\(base)/\(event.id)"
        let isOver = slots.last.map { $0.day < request.now.day(in: event.zone) } ?? true
        let own: Markup =
            isOver || event.state == .cancelled
            ? .empty
            : """
            <p>\(words(coming.own == true ? "events.coming.yes" : coming.own == false ? "events.coming.no" : "events.coming.ask"))</p><div class="acts">\
            \(coming.own == true ? .empty : request.act("\(path)/participation", words("events.coming.sayYes"), style: "button", hidden: ["comes": "1"]))\
            \(coming.own == false ? .empty : request.act("\(path)/participation", words("events.coming.sayNo"), hidden: ["comes": "0"]))</div>
            """
        let names: Markup = coming.names.isEmpty ? .empty : "<p>\(words("events.coming.names", ["n": coming.names.count, "names": words.list(coming.names)]))</p>"
        var links: [Markup] = []
        if !slots.isEmpty {
            links.append("<a class=\"button quiet\" href=\"\(path)/presence\">\(words("events.attendance.title"))</a>")
            links.append("<a class=\"button quiet\" href=\"\(path)/seminaire.ics\" data-icon=\"calendar\">\(words("events.calendar.add"))</a>")
        }
        // Whoever sets the date is led to the answers from its place.
        if coming.hasPoll, !(coming.isPollOpen && slots.isEmpty && mayEdit) { links.append("<a class=\"button quiet\" href=\"\(path)/sondage\">\(words("events.poll.open"))</a>") }
        let cancel: Markup =
            mayEdit && event.state != .cancelled && !isOver ? request.act("\(path)/annulation", words("events.page.cancel"), style: "link") : .empty
        guard !isOver || !links.isEmpty || !coming.names.isEmpty else { return .empty }
        return """
            <section><h2>\(words("events.coming.title"))</h2>\(own)\(names)<p class="acts no-print">\(links.joined(separator: " "))</p>\(cancel)</section>
            """
    }

    /// - Parameters:
    ///   - event: nil for a new seminar.
    ///   - told: how many people said that they come.
    func form(_ event: Event?, values: Fields, told: Int = 0, brought: BroughtDates? = nil, problems: [Problem] = []) -> Page {
        let form = FormView(request, values: values, problems: problems)
        let title = words(event == nil ? "events.new.title" : "events.edit.title")
        let fields: [Markup] = [
            form.input("title", words("events.field.title"), hint: words("events.field.titleHint"), isRequired: true),
            form.input(
                "first_day", words("events.field.firstDay"), hint: words("events.field.firstDayHint"), width: "short"),
            form.choices(
                "length", words("events.field.length"),
                options: SeminarForm.Length.allCases.map { ($0.rawValue, words.name("events.lengthChoice", of: $0)) }),
            form.choices(
                "mode", words("events.field.mode"),
                options: Event.Mode.allCases.map { ($0.rawValue, words.name("events.mode", of: $0)) }),
            form.input("place", words("events.field.place")),
            form.select(
                "zone", words("events.field.zone"), hint: words("events.field.zoneHint"),
                options: (values["zone"] == "" ? [("", words("events.ics.chooseZone"))] : []) + EventZone.options(words), width: "medium"),
            told == 0 ? .empty : form.check("tell", words("events.edit.tell", ["n": told])),
        ]
        let bring: Markup =
            event.map { BroughtDates.form(form, to: "\(base)/\($0.id)/modifier/fichier", isOpen: problems.contains { $0.field == "ics" }) } ?? .empty
        let content: Markup = """
            <h1>\(title)</h1>\(brought?.notice(words, clocks: event?.zone ?? EventZone.paris.rawValue) ?? .empty)
            \(form.form(
                to: event.map { "\(base)/\($0.id)/modifier" } ?? base, button: words(event == nil ? "events.new.button" : "events.edit.button"),
                cancel: event.map { "\(base)/\($0.id)" } ?? base, fields.joined()))\(bring)
            """
        let crumbs = [crumb] + (event.map { [Crumb($0.title, "\(base)/\($0.id)")] } ?? [])
        return programme.page(title, at: "/seminaires", crumbs: crumbs, request, content)
    }

    private var crumb: Crumb { Crumb(words("events.list.title"), base) }

    private func moment(_ event: Event, _ agenda: Agenda?) -> String {
        agenda?.days(in: words) ?? (event.periodWritten.isEmpty ? words("events.page.noDate") : event.periodWritten)
    }
}
