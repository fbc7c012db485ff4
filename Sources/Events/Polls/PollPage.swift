import Database
import Formats
import Platform

/// The pages of a date poll.
enum PollPage {
    static func show(_ request: Request, _ frame: EventFrame) async throws -> Response { .page(try await page(request, frame)) }

    static func page(_ request: Request, _ frame: EventFrame, problems: [Problem] = []) async throws -> Page {
        let board = try await request.site.database.read { reader in
            frame.mayManage ? try Polls.last(about: frame.event.id, reader) : try Polls.last(about: frame.event.id, asking: request.viewer.personId, reader)
        }
        let words = request.words
        let title = words("events.poll.title", ["event": frame.event.title])
        let back: Markup = "<p class=\"no-print\"><a href=\"\(frame.path)\">\(words("events.poll.back", ["event": frame.event.title]))</a></p>"
        guard let board else {
            let ask: Markup = frame.mayManage ? "<p class=\"acts\"><a class=\"button\" href=\"\(frame.path)/sondage/nouveau\">\(words("events.poll.new"))</a></p>" : .empty
            return frame.page(
                title, request,
                "<h1>\(title)</h1><div class=\"empty\"><h2>\(words("events.poll.noneTitle"))</h2><p>\(words("events.poll.noneText"))</p>\(ask)</div>\(back)")
        }
        let views = PollViews(request: request, board: board, path: "\(frame.path)/sondage", mayManage: frame.mayManage, problems: problems)
        return frame.page(title, request, "<h1>\(title)</h1>\(views.content)\(back)").with { $0.notice = views.notice }
    }

    static func guest(_ request: Request, _ board: PollBoard, _ event: Event, problems: [Problem] = []) -> Page {
        let title = request.words("events.poll.title", ["event": event.title])
        let views = PollViews(request: request, board: board, path: request.path, mayManage: false, isGuest: true, problems: problems)
        return Page(title, shape: .reading, "<h1>\(title)</h1>\(views.content)").with { $0.notice = views.notice }
    }

    /// The form that asks for dates.
    static func form(_ request: Request, _ frame: EventFrame, usual: Int, problems: [Problem] = []) async throws -> Page {
        let (asked, last) = try await request.site.database.read {
            (try Attendees.askable(frame.event, frame.thing, $0), try Polls.last(about: frame.event.id, $0))
        }
        let people = asked.people + asked.others
        let words = request.words
        let known = Fields(
            [("half_days", String(usual)), ("answer_by", request.now.day().adding(days: 10).typed)] + asked.people.map { ("people", $0.personId) })
        let form = FormView(request, values: request.method == .post ? request.form : known, problems: problems)
        let halves = HalfDay.Half.allCases.map { ($0.rawValue, words.name("events.half", of: $0)) }
        let days = PollForm.rows.map { row in
            form.input("day_\(row)", words("events.poll.day", ["n": String(row)]), hint: row == 1 ? words("platform.form.dayHint") : nil, width: "short")
                + form.select("half_\(row)", words("events.poll.half", ["n": String(row)]), options: halves, width: "medium")
        }
        let fields: [Markup] =
            days + [
                form.select(
                    "half_days", words("events.poll.length"), options: [1, 2, 3, 4, 5, 6].map { (String($0), words("events.poll.halfDays", ["n": $0])) }, width: "medium"),
                people.isEmpty
                    ? .empty
                    : form.choices(
                        "people", words("events.poll.people"), hint: asked.others.isEmpty ? nil : words("events.poll.peopleHint"),
                        options: people.map { ($0.personId, $0.said) }, several: true),
                others(form, words),
                form.area("message", words("events.poll.message"), rows: 3),
                form.input("answer_by", words("events.poll.answerBy"), width: "short"),
            ]
        let title = words("events.poll.new")
        let replaced: Markup =
            last.flatMap { $0.poll.isClosed ? nil : "<p>\(words("events.poll.willReplace", ["day": $0.poll.askedAt.day()]))</p>" } ?? .empty
        return frame.page(
            title, request,
            """
            <h1>\(title)</h1><p class="lede">\(words("events.poll.newLede"))</p>\(replaced)
            \(form.form(to: "\(frame.path)/sondage", button: words("events.poll.ask"), cancel: frame.path, fields.joined()))
            """)
    }

    /// Those who are asked besides: one shown, more a step away.
    private static func others(_ form: FormView, _ words: Words) -> Markup {
        func pair(_ row: Int) -> Markup {
            form.input(
                PollForm.name(row), words(row == 1 ? "events.poll.otherName" : "events.poll.otherNameMore", ["n": String(row)]),
                hint: row == 1 ? words("events.poll.otherHint") : nil, autocomplete: "off")
                + form.input(
                    PollForm.email(row), words(row == 1 ? "events.poll.otherEmail" : "events.poll.otherEmailMore", ["n": String(row)]), type: "email", autocomplete: "off",
                    keyboard: "email")
        }
        let more = PollForm.others.dropFirst()
        let isOpen = more.contains { row in !form.values.line(PollForm.name(row)).isEmpty || !form.values.line(PollForm.email(row)).isEmpty }
        return """
            \(pair(1))<div class="field"><details\(Markup.flag("open", if: isOpen))><summary>\(words("events.poll.others"))</summary>\(more.map(pair))</details></div>
            """
    }
}

/// The pieces of a poll: its state, the answers, one's own.
struct PollViews {
    let request: Request
    let board: PollBoard
    let path: String
    let mayManage: Bool
    var isGuest = false
    let problems: [Problem]
    var words: Words { request.words }
    private var poll: Poll { board.poll }

    var notice: Markup {
        guard let done = request.query["fait"], ["demande", "reponse", "rappel", "choix", "deja"].contains(done) else { return .empty }
        return "<p class=\"notice success\" role=\"status\">\(words("events.poll.done.\(done)"))</p>"
    }

    var content: Markup {
        let message: Markup = poll.message.isEmpty ? .empty : "<p>\(words.quoted(poll.message))</p>"
        return "\(state)\(message)\(own)\(results)\(acts)"
    }

    private var state: Markup {
        if let chosen = board.chosen {
            return "<div class=\"next\"><p><strong>\(words("events.poll.chosen", ["dates": chosen.said(poll.halfDays, in: words)]))</strong></p></div>"
        }
        if poll.isReplaced { return "<p class=\"state-line\"><strong>\(words("events.poll.replaced"))</strong></p>" }
        if poll.isClosed { return "<p class=\"state-line\"><strong>\(words("events.poll.settled"))</strong></p>" }
        let end = poll.answerBy.map { " \(words("events.poll.until", ["day": $0]))" } ?? ""
        return "\(instead)<p class=\"state-line\"><strong>\(words("events.poll.state", ["n": board.voters.count - board.silent.count, "all": board.voters.count]))\(end)</strong></p>"
    }

    /// Says to who came by the link of an earlier poll that this one took its place.
    private var instead: Markup {
        guard isGuest, let link = request.link, link.objectId != poll.id else { return .empty }
        return "<p>\(words("events.poll.instead", ["day": poll.askedAt.day()]))</p>"
    }

    /// One's own answer, date by date.
    private var own: Markup {
        guard !poll.isClosed, let person = request.viewer.personId, board.asks(person) else { return .empty }
        let typed = request.method == .post && request.form.pairs.contains { $0.0.hasPrefix("answer-") }
        let known = Fields(
            board.options.compactMap { option in board.answer(person, option).map { ("answer-\(option.id)", $0.rawValue) } }
                + [("comment", board.voters.first { $0.personId == person }?.comment ?? "")])
        let form = FormView(request, values: typed ? request.form : known, problems: problems)
        let choices = Poll.Answer.allCases.map { ($0.rawValue, words.name("events.poll.answer", of: $0)) }
        let fields = board.options.map { form.choices("answer-\($0.id)", $0.said(poll.halfDays, in: words), options: choices) }
        return """
            <section><h2>\(words("events.poll.own"))</h2>\(form.form(
                to: isGuest ? path : "\(path)/reponse", button: words("events.poll.answerButton"),
                fields.joined() + form.area("comment", words("events.poll.comment"), rows: 2)))</section>
            """
    }

    private var results: Markup {
        let best = board.best
        let items = board.options.map { option -> Markup in
            let lines = Poll.Answer.allCases.map { answer -> Markup in
                let names = board.voters.filter { board.answer($0.personId, option) == answer }.map(\.name)
                return names.isEmpty ? .empty : "<p class=\"meta\">\(words("events.poll.count.\(answer.rawValue)", ["n": names.count])) \(words.list(names))</p>"
            }
            let mark: Markup = option == board.chosen ? " <span class=\"state\" data-state=\"validated\">\(words("events.poll.kept"))</span>" : option == best && !poll.isClosed ? " <span class=\"badge\">\(words("events.poll.best"))</span>" : .empty
            let choose: Markup =
                mayManage && !poll.isClosed
                ? "<p class=\"acts\"><a class=\"\(option == best ? "button" : "button quiet")\" href=\"\(path)/choix?option=\(option.id)\">\(words("events.poll.choose", ["dates": option.said(poll.halfDays, in: words)]))</a></p>"
                : .empty
            return "<li><h3>\(option.said(poll.halfDays, in: words))\(mark)</h3>\(lines)\(choose)</li>"
        }
        let comments = board.voters.filter { !$0.comment.isEmpty }.map { "<li>\($0.name) — \($0.comment)</li>" as Markup }
        return """
            <section><h2>\(words("events.poll.results"))</h2><ol class="entries">\(items)</ol>\(comments.isEmpty ? .empty : "<ul>\(comments)</ul>" as Markup)</section>
            """
    }

    private var acts: Markup {
        guard mayManage else { return .empty }
        let silent = board.silent.map(\.name)
        let remind: Markup =
            poll.isClosed || silent.isEmpty
            ? .empty : "<p>\(words("events.poll.silent", ["names": words.list(silent)]))</p>\(request.act("\(path)/rappel", words("events.poll.remind")))"
        return "<div class=\"no-print\">\(remind)<p class=\"acts\"><a href=\"\(path)/nouveau\">\(words("events.poll.another"))</a></p></div>"
    }
}
