import Database
import Formats
import Platform
import Visits

/// The host answers, by an account or a private link; an officer enters what came otherwise; both tell what became of it.
enum AdviceActs {
    static func answer(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        try await act(request, open, review, .answerAdvice, as: "advice.answered", .answered) { form, advice, change in
            guard let person = change.viewer.personId else { throw NotFound() }
            let answers = try AdviceForm.answers(form, advice)
            for one in answers { try AdviceQueries.answer(one.advice.id, one.answer, one.words, of: person, in: change) }
            try tell(answers.count, of: change.viewer.name ?? "", review, open.visit, in: change)
            return answers.count
        }
    }

    /// What the host answered by mail, by phone, on paper.
    static func record(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        try await act(request, open, review, .recordAnswer, as: "advice.answerRecorded", .recorded) { form, advice, change in
            var refusals: [any Refusal] = []
            let people = try Delegation.people(open.visit, change).host
            let person = people.first { $0.id == form.line("person") }
            let channel = form["channel"].flatMap(Advice.Channel.init)
            if person == nil { refusals.append(Refused("reviews.refusal.whoAnswered", field: "person")) }
            if channel == nil { refusals.append(Refused("reviews.refusal.whichChannel", field: "channel")) }
            guard refusals.isEmpty, let person, let channel else { throw Refusals(refusals) }
            let answers = try AdviceForm.answers(form, advice)
            for one in answers {
                try AdviceQueries.answer(
                    one.advice.id, one.answer, one.words, of: person.id, receipt: .init(channel: channel, enteredBy: change.actor.personId), in: change)
            }
            return answers.count
        } otherwise: { problems in
            try await ReviewPage.recording(request, open, typed: request.form, problems: problems)
        }
    }

    /// What became of them: said by the host or by whoever prepares the visit.
    static func follow(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        let right: Action = open.allows(.answerAdvice, request) ? .answerAdvice : .recordAnswer
        return try await act(request, open, review, right, as: "advice.followed", .followed) { form, advice, change in
            guard let person = change.viewer.personId else { throw NotFound() }
            let outcomes = try AdviceForm.outcomes(form, advice)
            for one in outcomes { try AdviceQueries.follow(one.advice.id, one.outcome, one.words, by: person, in: change) }
            return outcomes.count
        }
    }

    /// « Je ne suis pas cette personne »: the link went to somebody else. It closes, and the officers are told.
    static func disown(_ request: Request, _ open: OpenReview, _ review: Review) async throws -> Response {
        let (person, name) = (request.viewer.personId ?? "", request.viewer.name ?? "")
        try await request.site.amend(as: "link.disowned", by: request.actor, isPublic: false) { change in
            try change.disownLinks(to: review.id, for: person)
            try change.trace("review", review.id, programme: review.programmeId)
            for officer in try change.people(in: review.programmeId) where officer.role == .officer {
                try change.write(
                    to: officer.personId, "reviews.mail.notMe", ["person": name, "visit": open.visit.name], opening: "\(open.visit.path)/groupe",
                    about: review.id)
            }
        }
        return DisownedLink.thanks(request)
    }

    /// The officers who come along hear of it; those of the programme when none does.
    private static func tell(_ count: Int, of name: String, _ review: Review, _ visit: Visit, in change: Change) throws {
        let officers = Set(try change.people(in: review.programmeId).filter { $0.role == .officer }.map(\.personId))
        let team = try Delegation.people(visit, change).staff.map(\.id).filter(officers.contains)
        for person in team.isEmpty ? officers.sorted() : team where person != change.actor.personId {
            try change.write(
                to: person, "reviews.mail.answered", ["visit": visit.name, "person": name, "n": count], opening: "\(visit.path)/bilan#conseils",
                about: review.id)
        }
    }

    private static func act(
        _ request: Request, _ open: OpenReview, _ review: Review, _ right: Action, as action: String, _ done: Done,
        _ body: @Sendable @escaping (Fields, [Advice], Change) throws -> Int,
        otherwise page: (([Problem]) async throws -> Page)? = nil
    ) async throws -> Response {
        let form = request.form
        return try await request.attempt {
            try await request.site.amend(as: action, by: request.actor, isPublic: false) { change in
                try change.require(right, on: review.id)
                guard try ReviewQueries.load(review.id, change).isClosed else { throw Refused("reviews.refusal.notClosed") }
                let count = try body(form, AdviceQueries.of(review.id, change), change)
                try change.trace("review", review.id, programme: review.programmeId, ["n": String(count)])
            }
            return .redirect(Done.path(open.base, done, at: "conseils"))
        } otherwise: { problems in
            if let page { return try await page(problems) }
            return try await ReviewPage.page(request, open, typed: form, problems: problems)
        }
    }
}
