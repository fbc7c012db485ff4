import Community
import Database
import Events
import Formats
import Platform

/// A new visit: its name, its place, its first day; the rest comes later.
enum NewVisitPage {
    static func show(_ request: Request) async throws -> Response {
        let programme = try await managed(request)
        return .page(try await page(programme, request, values: Fields(), problems: []))
    }

    static func add(_ request: Request) async throws -> Response {
        let programme = try await managed(request)
        let form = request.form
        return try await request.attempt {
            let path = try await request.site.amend(as: "visit.proposed", by: request.actor) { change in
                try change.require(.manageVisit, on: programme.id)
                let typed = try read(form, today: change.today)
                var new = typed.visit
                new.hostId = try VisitChoices.host(form, in: programme.id, change)
                let id = try new.start(in: programme, change)
                try Slots.set(typed.halfDays, of: id, in: change)
                try VisitQueries.settle(id, in: change)
                return try VisitQueries.load(id: id, change).path
            }
            return .redirect(Done.path(path, .created))
        } otherwise: { problems in
            try await page(programme, request, values: form, problems: problems)
        }
    }

    /// - Throws: `Refusals` with everything that is wrong.
    static func read(_ form: Fields, today: Day) throws -> (visit: NewVisit, halfDays: [HalfDay]) {
        var refusals: [any Refusal] = []
        let new = NewVisit(name: form.line("name"), place: form.line("place"))
        if new.name.isEmpty { refusals.append(VisitRefusal.nameMissing) }
        var halfDays: [HalfDay] = []
        do throws(DayRefusal) {
            if let first = try DayEntry.read(form, "first_day") { halfDays = HalfDay.row(from: first, count: 4) }
        } catch {
            refusals.append(error)
        }
        guard refusals.isEmpty else { throw Refusals(refusals) }
        return (new, halfDays)
    }

    private static func page(
        _ programme: Programme, _ request: Request, values: Fields, problems: [Problem]
    ) async throws -> Page {
        let words = request.words
        let hosts = try await request.site.database.read { try VisitChoices.hosts(of: programme.id, $0, words) }
        let form = FormView(request, values: values, problems: problems)
        let fields: [Markup] = [
            form.input("name", words("visits.new.name"), hint: words("visits.new.nameHint"), isRequired: true),
            form.input("place", words("visits.subject.place"), hint: words("visits.new.placeHint")),
            form.input(
                "first_day", words("visits.dates.firstDay"), hint: words("visits.new.firstDayHint"), width: "short"),
            form.select("host", words("visits.subject.host"), hint: words("visits.new.hostHint"), options: hosts),
            form.input(
                "other_host", words("visits.subject.otherHost"), hint: words("visits.subject.otherHostHint"), autocomplete: "off"),
        ]
        let crumb = Crumb(words("visits.crumb.visits"), "\(programme.path)/visites")
        return programme.page(
            words("visits.new.title"), at: "/visites", crumbs: [crumb], request,
            """
            <h1>\(words("visits.new.title"))</h1>
            \(form.form(to: "\(programme.path)/visites", button: words("visits.new.button"), cancel: "\(programme.path)/visites", fields.joined()))
            """)
    }

    private static func managed(_ request: Request) async throws -> Programme {
        let programme = try await request.site.database.read {
            try ProgrammeFrame.load(request["programme"], $0, request)
        }
        guard request.site.policy.allows(.manageVisit, request.viewer, on: programme.community) else {
            throw Forbidden(.manageVisit)
        }
        return programme
    }
}
