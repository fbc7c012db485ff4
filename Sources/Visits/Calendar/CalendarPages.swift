import Database
import Events
import Formats
import Platform

/// A person's events in their own agenda: the address that it asks, made, renewed, closed by them.
enum CalendarPages {
    static let path = "/compte/calendrier"

    static let routes: [Route] = [
        .get(path, asks: .signedIn, for: "who has an account") { .page(try await page($0)) },
        .post(path, asks: .signedIn, for: "who has an account") { try await act($0, as: "calendar.renewed", CalendarFeed.renew, "adresse") },
        .post("\(path)/fermeture", asks: .signedIn, for: "who has an account") { try await act($0, as: "calendar.closed", CalendarFeed.close, "fermeture") },
        .get("/calendrier/{secret}", asks: .anyone, for: "who holds the address", feed),
    ]

    /// It changes with a password where that is asked.
    static let address = PrivateAddress(
        "agenda", key: "visits.calendar", path: path, isOpen: CalendarFeed.isOpen,
        renew: { person, change in
            try CalendarFeed.renew(person, in: change)
            try change.trace("account", person, as: "calendar.renewed")
        })

    private static func act(
        _ request: Request, as action: String, _ body: @escaping @Sendable (String, Change) throws -> Void, _ done: String
    ) async throws -> Response {
        guard let person = request.viewer.personId else { throw NotFound() }
        try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
            try body(person, change)
            try change.trace("account", person)
        }
        return .redirect("\(path)?fait=\(done)")
    }

    private static func page(_ request: Request) async throws -> Page {
        guard let person = request.viewer.personId else { throw NotFound() }
        let words = request.words
        let done: Markup = ["adresse", "fermeture"].contains(request.query["fait"] ?? "") ? "<p class=\"notice success\" role=\"status\">\(words("visits.calendar.done.\(request.query.line("fait"))"))</p>" : .empty
        let content: Markup
        if let feed = try await CalendarFeed.of(person, request.site) {
            let address: Markup =
                feed.path.map { path -> Markup in
                    let link = request.site.configuration.link(path)
                    let webcal = link.firstRange(of: "://").map { "webcal\(link[$0.lowerBound...])" } ?? link
                    return """
                        <p><label for="feed">\(words("visits.calendar.address"))</label></p><p><input id="feed" readonly value="\(link)"></p><p class="acts"><a class="button quiet" href="\(webcal)">\(words("visits.calendar.subscribe"))</a></p>
                        """
                } ?? "<p class=\"notice warning\">\(words("visits.calendar.lost"))</p>"
            content = """
                \(address)<p>\(words("visits.calendar.how"))</p><p class="meta">\(words("visits.calendar.since", ["day": feed.since.day()]))</p>
                <div class="acts">\(request.act(path, words("visits.calendar.renew")))\(request.act("\(path)/fermeture", words("visits.calendar.close"), style: "link"))</div>
                <p class="meta">\(words("visits.calendar.secret"))</p>
                """
        } else {
            content = "<p>\(words("visits.calendar.none"))</p>\(request.act(path, words("visits.calendar.open"), style: "button"))"
        }
        return .ofAccount(words("visits.calendar.title"), request, lede: words("visits.calendar.lede"), "\(done)\(content)")
    }

    /// What this person may see today: a role that ended shows nothing any more.
    private static func feed(_ request: Request) async throws -> Response {
        let name = request["secret"]
        guard name.hasSuffix(".ics") else { throw NotFound() }
        let site = request.site
        let file = try await site.database.read { reader -> CalendarFile? in
            guard let (viewer, language) = try CalendarFeed.viewer(String(name.dropLast(4)), reader) else { return nil }
            let words = site.words(language)
            let events = try EventQueries.concerning(viewer, reader, site.policy)
            let addresses = try EventPages.paths(events, reader).mapValues { site.configuration.link($0) }
            let entries = try EventCalendar.entries(of: events, addresses: addresses, reader, words, at: site.now())
            return CalendarFile(words("visits.calendar.name", ["site": site.configuration.siteName]), entries, isFeed: true)
        }
        guard let file else { throw NotFound() }
        return Response(
            headers: [("content-type", CalendarFile.type), ("content-disposition", "inline; filename=\"essaim.ics\""), ("cache-control", "private, no-store")],
            body: file.bytes)
    }
}

/// Where the pages of events are, visits and others.
enum EventPages {
    private struct Place: Decodable {
        var id: String
        var path: String
    }

    static func paths(_ events: [Event], _ reader: any Reader) throws -> [String: String] {
        let ids = events.map(\.id)
        let places = try reader.all(
            Place.self,
            """
            SELECT event.id, CASE WHEN visit.id IS NULL THEN '/programmes/' || programme.slug || '/seminaires/' || event.id
                ELSE '/programmes/' || programme.slug || '/visites/' || visit.slug END AS path
            FROM event JOIN programme ON programme.id = event.programme_id LEFT JOIN visit ON visit.id = event.id
            WHERE event.id IN \(list: ids)
            """)
        return Dictionary(uniqueKeysWithValues: places.map { ($0.id, $0.path) })
    }
}
