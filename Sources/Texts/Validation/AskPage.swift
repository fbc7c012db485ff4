import Community
import Database
import Events
import Formats
import Platform
import Visits

/// Asking named people to validate the latest revision, by a date.
enum AskPage {
    private struct Choice: Sendable {
        let people: [ValidationWrites.Asked]
        let chosen: Set<String>
        let hasSignatory: Bool
        let rule: Programme.Rule
        let isAhead: Bool
    }

    /// Whether a synthesis would be asked about before its visit took place.
    private static func isAhead(_ open: OpenText, today: Day, _ reader: any Reader) throws -> Bool {
        guard open.text.kind.isPublishable, let visit = open.visit, !visit.isHeld else { return false }
        return try Slots.of(visit.id, reader).map(\.day).max().map { $0 >= today } ?? true
    }

    static func show(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.text.kind.isValidated else { throw NotFound() }
        guard open.allows(.askValidation, request) else { throw Forbidden(.askValidation) }
        let choice = try await choice(open, request)
        let deadline = request.now.day().adding(days: choice.rule.answerDays)
        let values = Fields([("deadline", deadline.typed)] + choice.chosen.sorted().map { ("validators", $0) })
        return .page(page(request, open, choice, values: values, problems: []))
    }

    static func post(_ request: Request, _ open: OpenText) async throws -> Response {
        guard open.text.kind.isValidated else { throw NotFound() }
        let form = request.form
        let (id, subject) = (open.text.id, open.subject)
        return try await request.attempt {
            try await request.site.amend(as: open.text.kind.act("validation.asked", minutes: "validation.minutesSent"), by: request.actor) { change in
                try change.require(.askValidation, on: id)
                let head = try TextQueries.head(id, change)
                try head.base.check(form, otherwise: Refused("texts.refusal.otherRevision", ["number": head.number]))
                let candidates = try subject.candidates(for: open.text.kind, change)
                let (people, deadline) = try read(form, candidates, today: change.today)
                if open.text.kind.isPublishable, try Programme.load(id: open.text.programmeId, change).rule.requiresSignatory {
                    try requireSignatory(among: people, candidates)
                }
                guard !head.isBlank else { throw Refused("texts.refusal.blankText") }
                if try isAhead(open, today: change.today, change), form["ahead"] != "1" { throw Refused("texts.refusal.ahead", field: "ahead") }
                let before = try [Validation.summary(id, change)].compactMap { $0 } + Validation.earlier(id, change)
                try before.first?.admitNew(on: head.id)
                if open.text.kind.isPublishable, let visit = subject.visit { try change.widen(id, to: .scope, scope: visit.circleId) }
                let asked = try ValidationWrites.ask(people, until: deadline, on: head, in: change)
                for one in people {
                    try write(to: one.person.id, before, about: head, until: deadline, in: change)
                }
                if open.text.kind.isPublishable, let visit = subject.visit { try VisitStage.advance(visit.id, to: .writtenUp, in: change) }
                try change.trace(
                    "text", id, programme: open.text.programmeId,
                    ["request": asked, "number": String(head.number), "people": String(people.count), "deadline": deadline.iso])
            }
            return .redirect(Done.path(open.validation, open.text.kind == .minutes ? .askedForRemarks : .asked))
        } otherwise: { problems in
            page(request, open, try await choice(open, request), values: form, problems: problems)
        }
    }

    /// Who is asked again is told so, with the revision of their earlier answer.
    private static func write(
        to personId: String, _ before: [Validation], about head: Revision, until deadline: Day, in change: Change
    ) throws {
        guard !before.isEmpty else { return try TextMail.send("texts.mail.validation", to: personId, about: head, deadline: deadline, in: change) }
        let answered = before.first { $0.person(personId)?.answer != nil }
        try TextMail.send(
            "texts.mail.again.\(answered == nil ? "silent" : "answered")",
            ["text": head.title, "number": head.number, "day": deadline, "was": answered?.request.revisionNumber ?? head.number],
            to: personId, about: head.textId, until: deadline, in: change)
    }

    private static func read(
        _ form: Fields, _ candidates: [ValidationWrites.Asked], today: Day
    ) throws
        -> ([ValidationWrites.Asked], Day)
    {
        var refusals: [any Refusal] = []
        let chosen = Set(form.all("validators"))
        let people = candidates.filter { chosen.contains($0.person.id) }
        if people.isEmpty { refusals.append(Refused("texts.refusal.noValidator", field: "validators")) }
        var deadline: Day?
        do { deadline = try DayEntry.required(form, "deadline") } catch { refusals.append(error) }
        if let deadline, deadline < today { refusals.append(Refused("texts.refusal.deadlinePast", field: "deadline")) }
        guard refusals.isEmpty, let deadline else { throw Refusals(refusals) }
        return (people, deadline)
    }

    /// The host cannot be left out: whoever signs for it is named, and asked.
    private static func requireSignatory(
        among people: [ValidationWrites.Asked], _ candidates: [ValidationWrites.Asked]
    ) throws {
        guard let signatory = candidates.first(where: \.isSignatory) else {
            throw Refused("texts.refusal.noSignatory", field: "validators")
        }
        guard people.contains(where: \.isSignatory) else {
            throw Refused("texts.refusal.signatoryLeftOut", ["name": signatory.person.name], field: "validators")
        }
    }

    /// The host's people, then the visiting group; each once.
    static func candidates(_ people: Delegation) -> [ValidationWrites.Asked] {
        var seen: Set<String> = []
        let host = people.hostSide.map { person in
            ValidationWrites.Asked(person: person, side: .host, isSignatory: person.id == people.signatory?.id)
        }
        let visitors = people.visitors.map { ValidationWrites.Asked(person: $0, side: .visitor) }
        let staff = people.staff.map { ValidationWrites.Asked(person: $0, side: .visitor, isStaff: true) }
        return (host + visitors + staff).filter { seen.insert($0.person.id).inserted }
    }

    private static func choice(_ open: OpenText, _ request: Request) async throws -> Choice {
        try await request.site.database.read { reader in
            let candidates = try open.subject.candidates(for: open.text.kind, reader)
            return Choice(
                people: candidates, chosen: try chosen(among: candidates, open, reader), hasSignatory: candidates.contains(where: \.isSignatory),
                rule: try Programme.load(id: open.text.programmeId, reader).rule,
                isAhead: try isAhead(open, today: request.now.day(), reader))
        }
    }

    /// Those ticked beforehand: who signs and who visits; of minutes, those who signed that they were there, if anybody; of a grid, all but whoever froze it.
    private static func chosen(among candidates: [ValidationWrites.Asked], _ open: OpenText, _ reader: any Reader) throws -> Set<String> {
        if open.text.kind == .minutes {
            return try present(at: open.text.subjectId, reader).intersection(candidates.map(\.person.id))
        }
        guard let visit = open.visit else { return Set(candidates.map(\.person.id)).subtracting([open.head.authorId].compactMap { $0 }) }
        let people = try Delegation.people(visit, reader)
        return Set(people.visitors.map(\.id) + [people.signatory?.id].compactMap { $0 })
    }

    /// Those who signed the sheet of an event.
    private static func present(at eventId: String, _ reader: any Reader) throws -> Set<String> {
        Set(try reader.texts("SELECT DISTINCT person_id FROM signature WHERE event_id = \(eventId) AND withdrawn_at IS NULL"))
    }

    private static func page(_ request: Request, _ open: OpenText, _ choice: Choice, values: Fields, problems: [Problem]) -> Page {
        let words = request.words
        let form = FormView(request, values: values, problems: problems)
        func said(_ key: String) -> String { words(open.text.kind.key("texts.ask.\(key)", words), ["number": open.head.number]) }
        let title = said("title")
        let warning: Markup =
            choice.hasSignatory || !open.text.kind.isPublishable
            ? .empty
            : """
            <p class="notice warning">\(words("texts.ask.noSignatory")) <a href="\(open.subject.path)/groupe">\(words("texts.ask.nameSignatory"))</a></p>
            """
        let isUnsigned = open.text.kind == .minutes && choice.chosen.isEmpty
        let options = choice.people.map { asked -> (value: String, label: String) in
            let way = asked.person.email == nil ? "noEmail" : asked.person.hasAccount ? "account" : "link"
            let side = asked.isSignatory ? words("texts.side.signatory") : asked.isStaff ? words("texts.side.staff") : words(open.text.kind.key("texts.side.\(asked.side.rawValue)", words))
            return (asked.person.id, "\(asked.person.said) — \(side), \(words("texts.ask.\(way)"))")
        }
        let fields: [Markup] = [
            form.choices("validators", said("people"), hint: isUnsigned ? words("texts.ask.peopleHint.unsigned") : said("peopleHint"), options: options, several: true),
            form.input("deadline", words("texts.ask.deadline"), hint: said("deadlineHint"), width: "short", isRequired: true),
            choice.isAhead ? form.check("ahead", words("texts.ask.ahead")) : .empty, open.head.base.field(form),
        ]
        return open.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(said("lede"))</p>\(warning)\(open.head.blanksNotice(words))
            <p class="meta">\(words("texts.page.hash")) : <code class="hash">\(open.head.hash)</code></p>
            <p class="notice">\(said("widens"))</p>
            \(form.form(to: "\(open.validation)/demande", button: said("button"), cancel: open.base, fields.joined()))
            """)
    }
}

extension Delegation {
    /// The people of the host, whoever signs for it among them; each once.
    var hostSide: [VisitPerson] {
        var seen: Set<String> = []
        return (host + [signatory].compactMap { $0 }).filter { seen.insert($0.id).inserted }
    }
}
