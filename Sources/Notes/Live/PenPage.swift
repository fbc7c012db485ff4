import Database
import Events
import Formats
import Platform
import Visits

/// « Le stylo »: who notes in each encounter, and the one form that hands it over.
enum PenPage {
    static func show(_ request: Request) async throws -> Response {
        .page(try await page(request, try await open(request)))
    }

    /// One act: the pen of an encounter goes to somebody, to oneself or to nobody.
    static func hand(_ request: Request) async throws -> Response {
        let open = try await open(request)
        let form = request.form
        return try await request.attempt {
            try await request.site.amend(as: "pen.handed", by: request.actor, isPublic: false) { change in
                guard change.viewer.isMember(of: open.visit.delegationId) else { throw NotFound() }
                try PenTurns.hand(form.line("encounter"), to: form.optional("person"), in: open.visit, change)
            }
            return .redirect("\(form["from"] == "notes" ? open.path : "\(open.path)/stylo")?fait=stylo")
        } otherwise: { problems in
            try await page(request, open, values: form, problems: problems)
        }
    }

    /// The pen is the group's: whoever left it has none to hand over.
    private static func open(_ request: Request) async throws -> OpenNotebook {
        let open = try await request.site.database.read { try OpenNotebook.at(request, $0) }
        guard open.isMember else { throw NotFound() }
        return open
    }

    private static func page(_ request: Request, _ open: OpenNotebook, values: Fields? = nil, problems: [Problem] = []) async throws -> Page {
        let (held, turns, people) = try await request.site.database.read { reader in
            (try PenTurns.now(open.visit, reader), try PenTurns.of(open.visit.id, reader), try reader.people(in: open.visit.delegationId))
        }
        let words = request.words
        let asked = request.query.optional("rencontre") ?? open.encounters.first?.id ?? ""
        let form = FormView(
            request, values: values ?? Fields([("encounter", asked), ("person", request.viewer.personId ?? "")]), problems: problems)
        let rows = open.encounters.map { encounter -> Markup in
            let turn = held[encounter.id]
            let holder: Markup = turn.map { "\($0.name), \(words("notes.pen.since")) \(words.element($0.since))" } ?? .text(words("notes.pen.nobody"))
            return "<tr><th scope=\"row\">\(encounter.title)</th><td>\(holder)</td></tr>"
        }
        let table: Markup = """
            <div class="scroll" tabindex="0" role="region" aria-label="\(words("notes.pen.now"))"><table class="table"><caption>\(words("notes.pen.now"))</caption><thead><tr><th scope="col">\(words("notes.column.encounter"))</th><th scope="col">\(words("notes.pen.holder"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
        let nobody = [(value: "", label: words("notes.pen.nobody"))]
        let known = Set(people.map { [$0.personId, $0.name] }).sorted { ($0[1], $0[0]) < ($1[1], $1[0]) }
        let fields =
            form.select("encounter", words("notes.column.encounter"), options: open.encounters.map { ($0.id, $0.title) })
            + form.select("person", words("notes.pen.person"), options: nobody + known.map { ($0[0], $0[1]) })
        let act: Markup =
            open.encounters.isEmpty
            ? "<div class=\"empty\"><h2>\(words("notes.pen.empty.title"))</h2><p>\(words("notes.pen.empty.text"))</p></div>"
            : "\(table)<h2>\(words("notes.pen.hand"))</h2>\(form.form(to: "\(open.path)/stylo", button: words("notes.pen.button"), cancel: open.path, fields))"
        let content: Markup = """
            <h1>\(words("notes.pen.title"))</h1><p class="lede">\(words("notes.pen.lede"))</p>
            \(request.query["fait"] == "stylo" ? PenView.done(words) : .empty)\(act)\(history(turns, words))
            """
        return open.visit.page(words("notes.pen.crumb"), request, content)
    }

    private static func history(_ turns: [PenTurn], _ words: Words) -> Markup {
        guard !turns.isEmpty else { return .empty }
        let items = turns.prefix(50).map { turn -> Markup in
            let giver = turn.giver.map { " \(words("notes.pen.from", ["name": $0]))" } ?? ""
            let end: Markup = turn.until.map { " – \(words.element($0))" } ?? .empty
            return "<li>\(turn.encounter) : \(turn.name)\(giver), \(words.element(turn.since))\(end)</li>"
        }
        return "<details><summary>\(words("notes.pen.turns", ["n": turns.count]))</summary><ol class=\"rows\">\(items)</ol></details>"
    }
}

/// The pen as the notebook shows it.
enum PenView {
    static func done(_ words: Words) -> Markup { "<p class=\"notice success\" role=\"status\">\(words("notes.pen.done"))</p>" }

    /// Who notes now, and a button to take over; nothing when there is no encounter.
    static func line(_ held: [String: PenTurn], _ open: OpenNotebook, _ request: Request) -> Markup {
        guard open.isMember, !open.encounters.isEmpty else { return .empty }
        let words = request.words
        let own = request.viewer.personId
        let today = Set(open.slots.filter { $0.day == request.now.day() }.map(\.id))
        // A pen that was never laid down says nothing of another day.
        let fresh = held.filter { $0.value.since + .days(1) > request.now }
        let shown = open.encounters.filter { fresh[$0.id] != nil || $0.slotId.map(today.contains) == true }
        let items = shown.prefix(6).map { encounter -> Markup in
            let turn = fresh[encounter.id]
            let said =
                turn.map { $0.personId == own ? words("notes.pen.you") : words("notes.pen.holds", ["name": $0.name]) } ?? words("notes.pen.nobody")
            let take =
                turn?.personId == own
                ? "<a href=\"\(open.path)/stylo?rencontre=\(encounter.id)\">\(words("notes.pen.pass"))</a>"
                : request.act(
                    "\(open.path)/stylo", words("notes.pen.take"), style: "link",
                    hidden: ["encounter": encounter.id, "person": own ?? "", "from": "notes"])
            return "<li><strong>\(encounter.title)</strong> : \(said) \(take)</li>"
        }
        let list: Markup = items.isEmpty ? .empty : "<ul class=\"rows pens\">\(items)</ul>"
        return "\(list)<p class=\"acts\"><a href=\"\(open.path)/stylo\" data-icon=\"pencil\">\(words("notes.pen.open"))</a></p>"
    }
}
