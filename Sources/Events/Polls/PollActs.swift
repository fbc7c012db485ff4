import Database
import Formats
import Platform

/// Asks for dates, takes the answers, writes again, chooses.
enum PollActs {
    static func ask(_ request: Request, _ frame: EventFrame, usual: Int) async throws -> Response {
        try await request.attempt {
            try await request.site.amend(as: "poll.asked", by: request.actor, isPublic: false) { change in
                try change.require(frame.right, on: frame.event.id)
                let typed = try PollForm(request.form, today: change.today)
                let known = try Attendees.askable(frame.event, frame.thing, change)
                guard Set((known.people + known.others).map(\.personId)).isSuperset(of: typed.people) else { throw Refused("events.refusal.pollUnknown", field: "people") }
                let previous = try Polls.last(about: frame.event.id, change).flatMap { $0.poll.isClosed ? nil : $0 }
                let id = change.newId()
                try change.run(
                    """
                    INSERT INTO poll (id, programme_id, event_id, half_days, message, answer_by, asked_by, asked_at)
                    VALUES (\(id), \(frame.event.programmeId), \(frame.event.id), \(typed.halfDays), \(typed.message), \(typed.answerBy),
                        \(change.actor.personId), \(change.now))
                    """)
                for option in typed.options {
                    try change.run(
                        "INSERT INTO poll_option (id, poll_id, day, half) VALUES (\(change.newId()), \(id), \(option.day), \(option.half))")
                }
                for person in Set(try typed.people + typed.addOthers(in: change)).sorted() {
                    try change.run("INSERT INTO poll_person (poll_id, person_id) VALUES (\(id), \(person))")
                }
                let board = try Polls.board(id: id, change)
                for voter in board.voters where voter.personId != change.actor.personId {
                    try PollMail.send("events.mail.poll", to: voter, board, frame.event, opening: frame.path, replacing: previous, in: change)
                }
                try change.trace(
                    frame.historyKind, frame.event.id, programme: frame.event.programmeId,
                    ["options": String(typed.options.count), "people": String(board.voters.count)])
            }
            return .redirect("\(frame.path)/sondage?fait=demande")
        } otherwise: {
            try await PollPage.form(request, frame, usual: usual, problems: $0)
        }
    }

    static func answer(_ request: Request, _ frame: EventFrame) async throws -> Response {
        let board = try await request.site.database.read { try Polls.last(about: frame.event.id, asking: request.viewer.personId, $0) }
        guard let board else { throw NotFound() }
        return try await request.attempt {
            try await save(request, board.poll.id)
            return .redirect("\(frame.path)/sondage?fait=reponse")
        } otherwise: {
            try await PollPage.page(request, frame, problems: $0)
        }
    }

    /// What was ticked, date by date, by whoever asks.
    static func save(_ request: Request, _ pollId: String) async throws {
        guard let person = request.viewer.personId else { throw NotFound() }
        let form = request.form
        try await request.site.amend(as: "poll.answered", by: request.actor, isPublic: false) { change in
            let board = try Polls.board(id: pollId, change)
            guard board.asks(person) else { throw NotFound() }
            let known = Set(board.options.map { "answer-\($0.id)" })
            guard !form.pairs.contains(where: { $0.0.hasPrefix("answer-") && !known.contains($0.0) }) else { throw Refused("events.refusal.pollReplaced") }
            let answers = Dictionary(
                uniqueKeysWithValues: board.options.compactMap { option in
                    form["answer-\(option.id)"].flatMap(Poll.Answer.init).map { (option.id, $0) }
                })
            guard answers.count == board.options.count else { throw Refused("events.refusal.pollEach") }
            try Polls.answer(board, person, answers, comment: String(form.text("comment").prefix(1_000)), in: change)
            let event = try EventQueries.event(board.poll.eventId, change)
            try change.trace(event.kind == .visit ? "visit" : "event", event.id, programme: event.programmeId)
        }
    }

    /// Writes again to who said nothing, once a day.
    static func remind(_ request: Request, _ frame: EventFrame) async throws -> Response {
        try await request.attempt {
            try await request.site.amend(as: "poll.reminded", by: request.actor, isPublic: false) { change in
                try change.require(frame.right, on: frame.event.id)
                guard let board = try Polls.last(about: frame.event.id, change), !board.poll.isClosed else { throw Refused("events.refusal.pollClosed") }
                let sent = try board.silent.filter { try PollMail.remind($0, board, frame.event, opening: frame.path, in: change) }
                guard !sent.isEmpty else { throw Refused("events.refusal.pollRemindedToday") }
                try change.trace(frame.historyKind, frame.event.id, programme: frame.event.programmeId, ["people": String(sent.count)])
            }
            return .redirect("\(frame.path)/sondage?fait=rappel")
        } otherwise: {
            try await PollPage.page(request, frame, problems: $0)
        }
    }

    /// The date chosen becomes that of the event, and those asked are told; a poll that is closed already stays as it is.
    static func choose(_ request: Request, _ frame: EventFrame, _ choose: @escaping PollRoutes.Choosing) async throws -> Response {
        let wished = request.form.line("option")
        return try await request.attempt {
            let isNew = try await request.site.amend(as: "poll.closed", by: request.actor) { change -> Bool in
                try change.require(frame.right, on: frame.event.id)
                guard let board = try Polls.last(about: frame.event.id, change) else { throw NotFound() }
                guard !board.poll.isClosed else {
                    change.leaveAsItIs()
                    return false
                }
                guard let option = board.options.first(where: { $0.id == wished }) else { throw Refused("events.refusal.pollOption") }
                try change.run(
                    "UPDATE poll SET chosen_id = \(option.id), closed_at = \(change.now), closed_by = \(change.actor.personId) WHERE id = \(board.poll.id)")
                try choose(frame, option.halfDays(board.poll.halfDays), change)
                for voter in board.voters where voter.personId != change.actor.personId {
                    try PollMail.send("events.mail.pollChosen", to: voter, board, frame.event, opening: frame.path, chosen: option, in: change)
                }
                try change.trace(frame.historyKind, frame.event.id, programme: frame.event.programmeId, ["day": option.day.iso])
                return true
            }
            return .redirect("\(frame.path)/sondage?fait=\(isNew ? "choix" : "deja")")
        } otherwise: {
            try await PollPage.page(request, frame, problems: $0)
        }
    }
}

/// The mails of a poll: to the page for who has an account, by a private link for who has none.
enum PollMail {
    static func send(
        _ key: String, to voter: Poll.Voter, _ board: PollBoard, _ event: Event, opening path: String, chosen: Poll.Option? = nil,
        replacing previous: PollBoard? = nil, in change: Change
    ) throws {
        try change.write(
            to: voter.personId, key, try arguments(voter, board, event, chosen, replacing: previous, change), opening: try page(voter, board, path, change),
            about: event.id)
    }

    /// Once a day, unless the person does not want such mails.
    static func remind(_ voter: Poll.Voter, _ board: PollBoard, _ event: Event, opening path: String, in change: Change) throws -> Bool {
        try change.remind(
            voter.personId, "poll", about: board.poll.id, on: change.today, "events.mail.pollReminder",
            try arguments(voter, board, event, nil, change), opening: try page(voter, board, path, change))
    }

    private static func arguments(
        _ voter: Poll.Voter, _ board: PollBoard, _ event: Event, _ chosen: Poll.Option?, replacing previous: PollBoard? = nil, _ change: Change
    ) throws -> [String: any WordArgument] {
        let language = try change.text("SELECT language FROM person WHERE id = \(voter.personId)").flatMap(Language.init) ?? .french
        let words = change.site.words(language)
        let end = board.poll.answerBy ?? change.today.adding(days: 14)
        let dates = board.options.map { "– \($0.said(board.poll.halfDays, in: words))" }.joined(separator: "\n")
        let replaced = previous.flatMap { $0.asks(voter.personId) ? words("events.mail.pollReplaces", ["day": $0.poll.askedAt.day()]) : nil }
        return [
            "event": event.title, "by": change.viewer.name ?? change.site.configuration.siteName, "day": end,
            "dates": chosen?.said(board.poll.halfDays, in: words) ?? dates, "replaces": replaced.map { "\($0)\n\n" } ?? "",
        ]
    }

    private static func page(_ voter: Poll.Voter, _ board: PollBoard, _ path: String, _ change: Change) throws -> String {
        if voter.hasAccount { return "\(path)/sondage" }
        let end = (board.poll.answerBy ?? change.today).adding(days: 60)
        let until = Instant(milliseconds: Int64(end.daysSinceEpoch) * 86_400_000)
        return "/sondage/\(try change.makeLink(to: board.poll.id, for: voter.personId, purpose: PollRoutes.purpose, until: until))"
    }
}
