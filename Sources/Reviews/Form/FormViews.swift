import Formats
import Platform
import Visits

/// The review while it is written: each part with what is said already and the place to add to it.
struct FormViews {
    let request: Request
    let open: OpenReview
    let facts: ReviewPage.Facts
    let typed: Fields?
    let problems: [Problem]
    var words: Words { request.words }
    private var mayManage: Bool { open.allows(.manageVisit, request) }
    private var me: String? { request.viewer.personId }
    private var side: Review.Side? { facts.people.first { $0.id == me }?.side }

    var content: Markup {
        let key = facts.review.isOpenToHost ? "circle" : "group"
        return """
            <p class="kind">\(open.visit.name)</p><h1>\(words("reviews.title"))</h1>
            <p class="state-line" data-live-part="review-state"><span class="state" data-state="draft">\(words("reviews.state.open"))</span> <span class="audience" data-audience="group">\(words("reviews.audience.\(key)"))</span></p>
            <p class="lede">\(words("reviews.lede"))</p>\(ReviewLive.line(open, facts, request))
            \(present)\(Review.Part.allCases.map(part))\(removed)\(turns)
            """
    }

    /// Who is there: the visiting group and the host, to be put right.
    private var present: Markup {
        let there = facts.people.filter(\.wasThere)
        let hosts = facts.review.isOpenToHost ? [] : there.filter { $0.side == .host }.map(\.name)
        let unread = hosts.isEmpty ? "" : " \(words("reviews.present.unread", ["n": hosts.count, "names": words.list(hosts)]))"
        let form = FormView(request, values: Fields(there.map { ("present", $0.id) }))
        let options = facts.people.map { (value: $0.id, label: "\($0.name), \(words.name("reviews.side", of: $0.side))") }
        return """
            <section><h2>\(words("reviews.present.who"))</h2><p>\(words(there.isEmpty ? "reviews.present.nobody" : "reviews.present.counted", ["names": words.list(there.map(\.name))]))\(unread)</p>
            <details class="no-print"><summary>\(words("reviews.present.change"))</summary>\(form.form(to: "\(open.base)/presents", button: words("reviews.present.button"), style: "button quiet", form.choices("present", words("reviews.present.who"), options: options, several: true)))</details></section>
            """
    }

    private func part(_ part: Review.Part) -> Markup {
        """
        <section id="\(part.rawValue)"><h2>\(words.name("reviews.part", of: part))</h2><p>\(words("reviews.help.\(part.rawValue)"))</p>
        <div data-live-part="review-\(part.rawValue)">\(part == .learning ? learnt : LineViews.list(lines(part), words, acts: acts))</div>\(add(part))</section>
        """
    }

    private func lines(_ part: Review.Part) -> [ReviewLine] { facts.lines.filter { $0.part == part } }

    /// One line for each: what each visitor learnt, and who has not said it yet.
    private var learnt: Markup {
        let lines = lines(.learning)
        let silent = Review.silent(facts.people, facts.lines)
        let missing: Markup =
            silent.isEmpty
            ? .empty : "<p class=\"meta\">\(words("reviews.learning.missing", ["n": silent.count, "names": words.list(silent.map(\.name))]))</p>"
        return LineViews.list(lines, words, acts: acts) + missing
    }

    private func add(_ part: Review.Part) -> Markup {
        if part == .advice, side == .host { return "<p class=\"meta\">\(words("reviews.help.hostAdvice"))</p>" }
        let isTyped = typed?["part"] == part.rawValue
        let values = isTyped ? typed! : Fields(part == .learning ? [("about", first)] : [])
        let form = FormView(request, values: values, problems: isTyped ? problems : [])
        let about: Markup =
            part == .learning
            ? form.select("about", words("reviews.learning.who"), options: facts.people.map { (value: $0.id, label: $0.name) }, width: "medium") : .empty
        return """
            <div class="no-print">\(form.form(to: "\(open.base)/lignes", button: words("reviews.act.add.\(part.rawValue)"), keep: "review-\(facts.review.id)-\(part.rawValue)", style: "button quiet", form.hidden("part", part.rawValue) + about + form.area(part.field, words("reviews.field.\(part.rawValue)"), rows: 2)))</div>
            """
    }

    /// Oneself while one has not said it; then whoever has not.
    private var first: String {
        let said = Set(lines(.learning).compactMap(\.aboutId))
        if let me, facts.people.contains(where: { $0.id == me }), !said.contains(me) { return me }
        return facts.people.first { $0.side == .visitor && !said.contains($0.id) }?.id ?? me ?? ""
    }

    private func acts(_ line: ReviewLine) -> Markup {
        guard line.isOwn(of: me) else { return .empty }
        return """
            <div class="acts no-print"><a href="\(open.base)/lignes/\(line.id)">\(words("reviews.act.edit"))</a> \(request.act("\(open.base)/lignes/\(line.id)/retrait", words("reviews.act.remove"), style: "link"))</div>
            """
    }

    /// What one took away, to put it back.
    private var removed: Markup {
        guard !facts.removed.isEmpty else { return .empty }
        let items = facts.removed.map { line -> Markup in
            "<li><p>\(line.text)</p>\(request.act("\(open.base)/lignes/\(line.id)/retour", words("reviews.act.restore"), style: "link"))</li>"
        }
        return "<details class=\"no-print\"><summary>\(words("reviews.removed", ["n": facts.removed.count]))</summary><ul class=\"entries\">\(items)</ul></details>"
    }

    private var turns: Markup {
        guard mayManage else { return "<p class=\"meta\">\(words("reviews.close.byOfficer"))</p>" }
        let opening: Markup =
            facts.review.isOpenToHost
            ? .empty
            : """
            <section class="no-print"><h2>\(words("reviews.open.title"))</h2><p>\(words("reviews.open.text"))</p>\(request.act("\(open.base)/structure", words("reviews.act.open")))</section>
            """
        let advice = lines(.advice).count
        let silent = Review.silent(facts.people, facts.lines)
        let form = FormView(request, problems: problems.filter { $0.field == "silent" })
        let confirmed = silent.isEmpty ? Markup.empty : form.check("silent", words("reviews.close.silent", ["n": silent.count, "names": words.list(silent.map(\.name))]))
        return """
            \(opening)<section class="no-print"><h2>\(words("reviews.close.title"))</h2><p>\(words("reviews.close.text", ["n": advice]))</p>\(form.form(to: "\(open.base)/cloture", button: words("reviews.act.close"), style: silent.isEmpty ? "button" : "button quiet", confirmed))</section>
            """
    }
}

/// Lines of a review, each with who wrote it.
enum LineViews {
    static func list(_ lines: [ReviewLine], _ words: Words, acts: (ReviewLine) -> Markup) -> Markup {
        guard !lines.isEmpty else { return "<p class=\"meta\">\(words("reviews.nothingYet"))</p>" }
        let items = lines.map { line -> Markup in
            let who: Markup = line.about.map { about in "<strong>\(about)</strong> " } ?? .empty
            let by = line.aboutId == line.authorId ? "" : words("reviews.line.by", ["name": line.author])
            let text =
                line.erasedAt != nil && line.text.isEmpty
                ? "<p class=\"meta\">\(words("reviews.line.erased"))</p>" : line.text.split(separator: "\n").map { "<p>\(String($0))</p>" as Markup }.joined()
            return """
                <li id="ligne-\(line.id)">\(who)<div class="words">\(text)</div><p class="meta">\(by) \(words.element(line.writtenAt))</p>\(acts(line))</li>
                """
        }
        return "<ol class=\"review-lines\">\(items)</ol>"
    }
}

/// The review once closed: the record, as it stays.
struct RecordViews {
    let request: Request
    let open: OpenReview
    let facts: ReviewPage.Facts
    var words: Words { request.words }

    var content: Markup {
        let there = facts.people.filter(\.wasThere).map(\.name)
        let parts = Review.Part.allCases.filter { $0 != .advice }.map { part -> Markup in
            """
            <section id="\(part.rawValue)"><h2>\(words.name("reviews.part", of: part))</h2>\(LineViews.list(facts.lines.filter { $0.part == part }, words) { _ in .empty })</section>
            """
        }
        let closed: Markup = facts.review.closedAt.map { words.element($0) } ?? .empty
        let print: Markup = "<button type=\"button\" class=\"link\" data-print data-icon=\"print\">\(words("reviews.print"))</button>"
        return """
            <p class="kind">\(open.visit.name)</p><h1>\(words("reviews.title"))</h1>
            <p class="state-line" data-live-part="review-state"><span class="state" data-state="validated">\(words("reviews.state.closed"))</span> <span class="audience" data-audience="group">\(words("reviews.audience.circle"))</span></p>
            <dl class="facts"><div><dt>\(words("reviews.record.closed"))</dt><dd>\(closed)\(facts.closer.map { ", \($0)" })</dd></div><div><dt>\(words("reviews.present.title"))</dt><dd>\(words.list(there))</dd></div></dl>
            <details class="no-print"><summary>\(words("reviews.record.hash"))</summary><p class="meta">\(words("reviews.record.hashText")) <code class="hash">\(facts.review.hash ?? "")</code></p></details>
            <p class="acts no-print">\(print)</p>\(open.isGuest ? .empty : request.exports("\(open.base)/export"))
            \(parts)\(reopen)
            """
    }

    private var reopen: Markup {
        guard open.allows(.manageVisit, request), !open.isGuest, facts.advice.allSatisfy({ $0.answer == nil && $0.followUp == nil }) else { return .empty }
        return "<p class=\"acts no-print\">\(request.act("\(open.base)/reouverture", words("reviews.act.reopen"), style: "link"))</p>"
    }
}
