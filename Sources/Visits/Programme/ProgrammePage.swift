import Database
import Events
import Formats
import Platform

/// The programme of a visit for its people: page, PDF, a file to keep without network, entries for one's agenda.
package enum ProgrammePage {
    /// Where a capability shows the grid of a visit in its programme.
    package static let place = "visitProgramme"

    static func show(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let programme = try await load(request, open)
        let (visit, words) = (open.visit, request.words)
        let pdf: Markup = request.site.typst == nil ? .empty : " <a class=\"button quiet\" href=\"\(visit.path)/programme.pdf\">\(words("visits.programme.pdf"))</a>"
        let edit: Markup =
            open.mayManage
            ? "<p class=\"acts no-print\"><a href=\"\(visit.path)/rencontres\">\(words("visits.act.meetings"))</a> <a href=\"\(visit.path)/pratique\">\(words("visits.practical.open"))</a></p>"
            : .empty
        let audience: Markup = "<p class=\"audience\" data-audience=\"group\">\(words("visits.programme.audience"))</p>"
        let acts: Markup = """
            <p class="acts no-print"><a class="button quiet" href="\(visit.path)/visite.ics" data-icon="calendar">\(words("events.calendar.add"))</a>\(pdf)\
             <a class="button quiet" href="\(visit.path)/programme.html">\(words("visits.programme.offline"))</a></p>
            """
        let views = ProgrammeViews(programme: programme, words: words, adapted: try await request.site.panels(on: place, of: visit.id, request))
        return .page(
            visit.page(
                words("visits.programme.short"), request,
                "<div class=\"programme\">\(views.content(acts: audience + acts + edit))</div>"
            ).with { $0.notice = Done.notice(request) })
    }

    static func pdf(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let programme = try await load(request, open)
        let grid = try await request.site.leaves(in: place, of: open.visit.id, request)
        return try await request.pdf(programme.paper(request.words, adapted: grid), named: "programme-\(open.visit.slug)", footer: open.visit.programmeTitle)
    }

    /// One file that needs nothing else: to be kept on a phone.
    static func offline(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let programme = try await load(request, open)
        let words = request.words
        let views = ProgrammeViews(programme: programme, words: words, adapted: try await request.site.panels(on: place, of: open.visit.id, request))
        let made = words("visits.programme.made", ["moment": words.moment(request.now), "link": request.site.configuration.link("\(open.visit.path)/programme")])
        let page: Markup = """
            <!doctype html>
            <html lang="\(words.language.rawValue)"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>\(words("visits.programme.title", ["visit": open.visit.name]))</title><style>\(Markup.raw(style))</style></head>
            <body><main>\(views.content())<p><small>\(made)</small></p></main></body></html>
            """
        return .download(Array(page.html.utf8), type: "text/html; charset=utf-8", name: "programme-\(open.visit.slug).html")
    }

    private static let style = """
        body{font:1.05rem/1.5 Georgia,serif;margin:0 auto;max-width:44rem;padding:1rem}h1,h2,h3{font-family:system-ui,sans-serif;line-height:1.25}\
        h2{border-top:1px solid;padding-top:.6rem}dt{font-weight:bold}dd{margin:0 0 .6rem}ol.entries{list-style:none;padding:0}.meta,small{opacity:.8;font-size:.9em}p{margin:.3rem 0}main{overflow-wrap:anywhere}table{display:block;overflow-x:auto}dd,ul,ol{margin-inline-start:0;padding-inline-start:1.2rem}\
        @media print{body{font-size:10pt;max-width:none}}
        """

    static func calendar(_ request: Request, _ open: OpenVisit) async throws -> Response {
        let visit = open.visit
        let entries = try await request.site.database.read { reader in
            try EventCalendar.entries(
                of: [try EventQueries.event(visit.id, reader)], addresses: [visit.id: request.site.configuration.link(visit.path)], reader, request.words, at: request.now)
        }
        return .download(CalendarFile(visit.name, entries).bytes, type: CalendarFile.type, name: "visite-\(visit.slug).ics")
    }

    /// For the people of the visit and those who prepare it: it says where they sleep and whom to call.
    private static func load(_ request: Request, _ open: OpenVisit) async throws -> VisitProgramme {
        guard open.mayManage || request.viewer.isMember(of: open.visit.circleId) else { throw Forbidden(.see) }
        return try await request.site.database.read { try VisitProgramme.load(open.visit, $0, request.site.words(open.visit.programmeLanguage)) }
    }
}

extension OpenVisit {
    /// The visit of a path as the pages that every event has need it.
    @Sendable static func frame(_ request: Request) async throws -> EventFrame {
        try await request.site.database.read { reader in
            let visit = try VisitQueries.load(programme: request["programme"], slug: request["visit"], reader)
            let thing = try reader.see(visit.id, request)
            return EventFrame(
                try EventQueries.event(visit.id, reader), programmeSlug: visit.programmeSlug, path: visit.path, thing: thing,
                mayManage: request.site.policy.allows(.manageVisit, request.viewer, on: thing)
            ) { title, request, content in visit.page(title, request, content) }
        }
    }
}
