import Formats
import Platform
import Visits

/// The advice of a closed review: where each stands, the questions put to the host, what became of it.
struct AdviceViews {
    let request: Request
    let open: OpenReview
    let advice: [Advice]
    let typed: Fields?
    let problems: [Problem]
    var words: Words { request.words }
    private var today: Day { request.now.day() }

    var section: Markup {
        guard !advice.isEmpty else {
            return "<section id=\"conseils\"><h2>\(words("reviews.advice.title"))</h2><p>\(words("reviews.advice.none"))</p></section>"
        }
        return """
            <section id="conseils"><h2>\(words("reviews.advice.title"))</h2>\(next)<ol class="advice">\(advice.map(item))</ol></section>
            \(answers)\(outcomes)
            """
    }

    private var mayAnswer: Bool { open.allows(.answerAdvice, request) }
    private var mayRecord: Bool { open.allows(.recordAnswer, request) && !open.isGuest }

    /// What is missing and whose move it is.
    private var next: Markup {
        let waiting = advice.count { $0.answer == nil }
        guard waiting > 0 else { return .empty }
        let sentence = words("reviews.advice.waiting", ["n": waiting])
        let acts: Markup =
            mayAnswer
            ? "<p class=\"acts\"><a class=\"button\" href=\"#repondre\">\(words("reviews.act.answer"))</a></p>"
            : mayRecord
                ? """
                <div class="acts">\(request.act("\(open.base)/rappel", words("reviews.act.remind")))<a class="button quiet" href="\(open.base)/saisie">\(words("reviews.act.record"))</a></div>
                """ : .empty
        return "<div class=\"next no-print\"><p><strong>\(sentence)</strong></p>\(acts)</div>"
    }

    private func item(_ one: Advice) -> Markup {
        let answer: Markup =
            one.answer.map { given in
                let how: Markup =
                    given.channel.map {
                        " · \(words("reviews.advice.entered", ["name": given.enteredBy ?? "", "how": words.name("reviews.channel", of: $0)]))"
                    } ?? .empty
                return """
                    <div class="reply"><p class="meta">\(words("reviews.advice.answerOf", ["name": given.name])) \(words.element(given.at))\(how)</p>\(lines(given.words))</div>
                    """
            } ?? .empty
        let followUp: Markup =
            one.followUp.map {
                """
                <div class="reply"><p class="meta">\(words("reviews.advice.became", ["name": $0.name])) \(words.element($0.at))</p>\(lines($0.words))</div>
                """
            } ?? .empty
        let due: Markup = Self.due(one, on: today, words).map { "<p class=\"meta\">\($0)</p>" } ?? .empty
        return """
            <li id="conseil-\(one.id)"><div class="words">\(lines(one.text))</div><p class="state-line">\(Self.state(one.state, words)) <span class="meta">\(words("reviews.advice.by", ["name": one.row.author]))</span></p>\(answer)\(followUp)\(due)\(earlier(one))</li>
            """
    }

    /// Answers that were changed since: kept as they were.
    private func earlier(_ one: Advice) -> Markup {
        let before =
            one.answers.filter { $0.replacedAt != nil }.map { given -> Markup in
                "<li>\(words.name("reviews.answer", of: given.answer)), \(given.name), \(words.element(given.at)) \(given.words)</li>"
            }
            + one.followUps.filter { $0.replacedAt != nil }.map { told -> Markup in
                "<li>\(words.name("reviews.outcome", of: told.outcome)), \(told.name), \(words.element(told.at)) \(told.words)</li>"
            }
        guard !before.isEmpty else { return .empty }
        return "<details class=\"no-print\"><summary>\(words("reviews.advice.earlier", ["n": before.count]))</summary><ul>\(before)</ul></details>"
    }

    private func lines(_ text: String) -> Markup {
        text.split(separator: "\n").map { "<p>\(String($0))</p>" as Markup }.joined()
    }

    /// When it is asked what became of it; nothing once that is said, or when it was declined.
    static func due(_ one: Advice, on today: Day, _ words: Words) -> String? {
        guard one.answer?.answer != .declined, one.followUp == nil || one.followUp?.outcome == .underWay else { return nil }
        return words(one.isToFollow(on: today) ? "reviews.advice.dueNow" : "reviews.advice.due", ["day": one.row.due])
    }

    /// « Piste retenue », with its shape.
    static func state(_ state: Advice.State, _ words: Words) -> Markup {
        let shape =
            switch state {
            case .waiting: "waiting"
            case .kept, .answered, .underWay: "draft"
            case .done: "validated"
            case .declined, .givenUp: "none"
            }
        return "<span class=\"state\" data-state=\"\(shape)\">\(words.name("reviews.state", of: state))</span>"
    }

    /// The questions put to the host, all on one form: each is answered when there is something to say.
    private var answers: Markup {
        guard mayAnswer else { return .empty }
        let form = FormView(request, values: typed ?? AdviceForm.values(advice), problems: problems)
        let title = words(advice.contains { $0.answer == nil } ? "reviews.answer.title" : "reviews.answer.again")
        return """
            <section id="repondre" class="no-print"><h2>\(title)</h2><p>\(words("reviews.answer.lede"))</p>
            \(form.form(to: "\(open.base)/reponses", button: words("reviews.answer.button"), keep: "advice-\(open.review?.id ?? "")", Self.questions(advice, form, words)))</section>
            """
    }

    static func questions(_ advice: [Advice], _ form: FormView, _ words: Words) -> Markup {
        let options = Advice.Answer.allCases.map { (value: $0.rawValue, label: words.name("reviews.answer", of: $0)) }
        return advice.enumerated().map { number, one -> Markup in
            """
            <div class="question"><blockquote>\(one.text)</blockquote>\(form.choices("answer-\(one.id)", words("reviews.answer.which", ["number": number + 1]), options: options))\(form.area("words-\(one.id)", words("reviews.answer.words", ["number": number + 1]), hint: words("reviews.answer.wordsHint"), rows: 3))</div>
            """
        }.joined()
    }

    /// What became of the advice, once the day has come, or before when somebody has something to say.
    private var outcomes: Markup {
        guard mayAnswer || mayRecord else { return .empty }
        let open = advice.filter { $0.answer?.answer != .declined }
        guard !open.isEmpty else { return .empty }
        let isDue = open.contains { $0.isToFollow(on: today) }
        let isTyped = problems.contains { $0.field?.hasPrefix("outcome-") == true || $0.field?.hasPrefix("told-") == true }
        let form = FormView(request, values: typed ?? AdviceForm.values(advice), problems: problems)
        let options = Advice.Outcome.allCases.map { (value: $0.rawValue, label: words.name("reviews.outcome", of: $0)) }
        let fields = open.enumerated().map { number, one -> Markup in
            """
            <div class="question"><blockquote>\(one.text)</blockquote>\(form.choices("outcome-\(one.id)", words("reviews.followUp.which", ["number": number + 1]), options: options))\(form.area("told-\(one.id)", words("reviews.followUp.words", ["number": number + 1]), rows: 2))</div>
            """
        }.joined()
        let content = form.form(to: "\(self.open.base)/suites", button: words("reviews.followUp.button"), style: isDue ? "button" : "button quiet", fields)
        guard isDue || isTyped else {
            return "<details class=\"no-print\"><summary>\(words("reviews.followUp.early"))</summary>\(content)</details>"
        }
        return "<section id=\"suites\" class=\"no-print\"><h2>\(words("reviews.followUp.title"))</h2><p>\(words("reviews.followUp.lede"))</p>\(content)</section>"
    }
}
