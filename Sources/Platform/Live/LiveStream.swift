import Database
import Formats

/// One open page that is told what happens. At each wake it is asked again who this person is and what they may see: a page
/// that was opened under a right is told nothing once the right is gone.
struct LiveStream: Sendable {
    let dispatcher: Dispatcher
    let route: Route
    let opened: LiveResponse
    private var room: LiveRoom { dispatcher.site.live }

    /// At least so often something is sent, so that a page which vanished is noticed.
    static let heartbeat = Duration.seconds(15)

    /// What the page had seen before: named by the browser when it comes back, by the page when it opens.
    private var since: String? { opened.request.header("last-event-id") ?? opened.request.query.optional("depuis") }

    private var person: String { opened.request.viewer.personId ?? opened.request.link?.objectId ?? opened.request.remoteAddress }

    /// Writes until the page is closed, its reader may not see it any more, or the server stops.
    /// - Parameter pace: what happens within it is told at once.
    func run(pace: Duration = .milliseconds(300), heartbeat: Duration = Self.heartbeat, _ write: (String) async throws -> Void) async throws {
        guard let seat = room.sit(person, opened.feed) else { return try await write(Self.event("end", .string(LiveEnd.full.rawValue))) }
        defer { room.leave(seat) }
        let beating = Task {
            while !Task.isCancelled {
                try await Task.sleep(for: heartbeat)
                seat.beat()
            }
        }
        defer { beating.cancel() }
        var known = opened.first
        try await write("retry: \(Int.random(in: 1_500...4_000))\n\n")
        if let since, since != known.mark { try await write(Self.changed(known.mark, "")) }
        try await write(Self.event("presence", Self.said(known)))
        await giveSign(opened.request)
        for await _ in seat.wakes {
            guard let (request, fresh) = await look(known) else {
                return try await write(Self.event("end", .string(LiveEnd.closed.rawValue)))
            }
            // What this person may not see wakes the page as well: where nothing is new for them, nothing is sent, not even a sign
            // of life, whose moment would tell that something was done.
            let text = told(fresh, since: known, request)
            if seat.takeBeat() || !text.isEmpty { try await write(text.isEmpty ? ":\n\n" : text) }
            known = fresh
            if !seat.isSilent { await giveSign(request) }
            try await Task.sleep(for: pace)
        }
        try await write(Self.event("end", .string((seat.end ?? .stopping).rawValue)))
    }

    /// Nil when this person may not see it any more. While the database does not answer, nothing is new.
    private func look(_ known: LiveNews) async -> (Request, LiveNews)? {
        do {
            let request = try await dispatcher.identified(again: opened.request, route)
            return (request, try await Deadline.within(dispatcher.patience) { try await opened.feed.look(request) })
        } catch let problem as DatabaseProblem where problem.isPassing {
            return (opened.request, known)
        } catch is OverTime {
            return (opened.request, known)
        } catch {
            return nil
        }
    }

    private func giveSign(_ request: Request) async {
        guard let place = opened.feed.place else { return }
        await request.giveSign(at: place, doing: .open)
    }

    /// Empty where nothing is new for this person.
    private func told(_ fresh: LiveNews, since known: LiveNews, _ request: Request) -> String {
        var text = ""
        if fresh.mark != known.mark {
            let authors = fresh.authors(since: known)
            let words = request.words
            text += Self.changed(
                fresh.mark, authors.isEmpty ? "" : words(opened.feed.key, ["n": authors.count, "names": words.list(authors)]))
        }
        if fresh.presence != known.presence { text += Self.event("presence", Self.said(fresh)) }
        return text
    }

    private static func changed(_ mark: String, _ said: String) -> String {
        "id: \(mark)\n" + event("change", .object(["said": .string(said)]))
    }

    private static func said(_ news: LiveNews) -> JSONValue { .object(news.presence.mapValues { .string($0) }) }

    private static func event(_ name: String, _ data: JSONValue) -> String {
        "event: \(name)\ndata: \(CanonicalJSON.encode(data))\n\n"
    }
}

extension Dispatcher {
    /// The same request as if it came now; not counted as a visit of its session.
    /// - Throws: what the route asks for and this person has not any more.
    func identified(again request: Request, _ route: Route) async throws -> Request {
        var request = request
        (request.session, request.link, request.viewer) = (nil, nil, .anybody)
        try await identify(&request, isVisit: false)
        if case .link = route.ask { try await identifyGuest(&request) }
        if try await refused(route, request) != nil { throw NotFound() }
        if try await held(route, request) != nil { throw NotFound() }
        return request
    }
}

extension Request {
    /// Says to whoever has the same place open that this person is there.
    public func giveSign(at place: LivePlace, doing: Present.Doing) async {
        guard let person = viewer.personId, let name = viewer.name else { return }
        let present = Present(person: person, name: name, place: place, doing: doing, until: now + LiveRoom.patience)
        site.live.note(present)
        // Nobody waits for it, nothing is lost without it.
        try? await site.database.say(LiveMessage.present(present).text)
    }

    /// Says that this person has done with a place: what they wrote there is saved.
    public func takeSignBack(at place: LivePlace) async {
        guard let person = viewer.personId else { return }
        site.live.clear(person, at: place)
        try? await site.database.say(LiveMessage.gone(person, place).text)
    }

    /// Who else is there, by place: « Bo écrit ici. Chloé a la page ouverte. »; `key.writing` and `key.open` are the sentences.
    public func othersThere(_ topic: String, saying key: String) -> [String: String] {
        let others = Dictionary(grouping: site.live.present(topic, besides: viewer.personId, at: now), by: \.place.name)
        return others.mapValues { present in
            [Present.Doing.writing, .open].compactMap { doing in
                let names = present.filter { $0.doing == doing }.map(\.name)
                return names.isEmpty ? nil : words("\(key).\(doing.rawValue)", ["n": names.count, "names": words.list(names)])
            }.joined(separator: " ")
        }
    }
}
