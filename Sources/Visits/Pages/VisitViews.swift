import Events
import Formats
import Platform

/// The pieces of the page of a visit.
struct VisitViews {
    let request: Request
    let facts: VisitFacts
    let mayManage: Bool
    var problems: [Problem] = []
    var words: Words { request.words }
    var visit: Visit { facts.visit }

    func content(_ panels: Markup) -> Markup {
        """
        <p class="kind">\(words("visits.page.kind"))</p><h1>\(visit.name)</h1>
        <p class="state-line">\
        \(StageViews.state(visit, words)) <span class="audience" data-audience="programme">\
        \(words("visits.page.audience"))</span></p>
        \(cancelled)\(outside)\(next)\(newDates)\(warnings)\(StageViews.stages(facts.marks, words))
        \(about)\(MeetingViews(request: request, visit: visit, mayManage: mayManage).overview(facts))
        \(GroupViews(request: request, visit: visit, mayManage: mayManage).overview(facts))
        \(panels)\(turns)
        <p class="meta no-print"><a href="/historique/\(visit.id)" data-icon="history">\
        \(words("visits.page.history"))</a></p>
        """
    }

    private var cancelled: Markup {
        guard let reason = visit.cancelledReason else { return .empty }
        let act = mayManage ? request.act("\(visit.path)/reprise", words("visits.act.resume")) : .empty
        return "<div class=\"notice warning\"><p>\(words("visits.page.cancelled", ["reason": reason]))</p>\(act)</div>"
    }

    private var outside: Markup { mayManage && !visit.isCancelled ? TeamActs.offer(visit, request) : .empty }

    /// The dates changed after the invitations left.
    private var newDates: Markup {
        guard mayManage, !visit.isCancelled, !facts.toldOtherwise.isEmpty else { return .empty }
        return """
            <div class="notice warning"><p>\(words("visits.page.newDates", ["names": words.list(facts.toldOtherwise)]))</p>\
            \(request.act("\(visit.path)/nouvelles-dates", words("visits.act.tellDates")))</div>
            """
    }

    /// Calling the visit off, or taking back that it took place.
    private var turns: Markup {
        guard mayManage, !visit.isCancelled else { return .empty }
        if visit.stage == .held {
            return "<p class=\"acts no-print\">\(request.act("\(visit.path)/tenue/annulation", words("visits.act.notHeld"), style: "link"))</p>"
        }
        guard !visit.isHeld else { return .empty }
        let isTyped = problems.contains { $0.field == "cancellation" }
        let form = FormView(request, values: isTyped ? request.form : Fields(), problems: problems)
        let field = form.area("cancellation", words("visits.cancel.reason"), hint: words("visits.cancel.reasonHint"), rows: 2)
        return """
            <details class="no-print"\(Markup.flag("open", if: isTyped))><summary>\(words("visits.cancel.open"))</summary><p>\(words("visits.cancel.text"))</p>\
            \(form.form(to: "\(visit.path)/annulation", button: words("visits.cancel.button"), style: "button danger", field))</details>
            """
    }

    /// What is to be done first, and the button that does it when it is this person's.
    private var next: Markup {
        guard let mark = facts.marks.next else { return waiting }
        let sentence = mark.missing ?? words("visits.page.nextStage", ["stage": mark.label, "detail": mark.detail])
        return "<div class=\"next\"><p><strong>\(sentence)</strong></p>\(act(for: mark))\(alsoMissing(besides: mark))\(held)</div>"
    }

    /// All the rest that is missing, as the board says it.
    private func alsoMissing(besides first: StageMark) -> Markup {
        let items = facts.marks.filter { $0.isMissing && $0 != first }.map { mark -> Markup in
            let path = mayManage ? elsewhere(mark) : nil
            let way: Markup = path.map { " <a class=\"no-print\" href=\"\($0)\">\(label(mark))</a>" } ?? .empty
            return "<li>\(mark.missing ?? "")\(way)</li>"
        }
        return items.isEmpty ? .empty : "<div class=\"rest\"><p>\(words("visits.page.alsoMissing"))</p><ul>\(items)</ul></div>"
    }

    /// From its last day on it may be noted as held; once its days have passed, that is what comes first.
    private var held: Markup {
        guard mayManage, !visit.isCancelled, !visit.isHeld, facts.agenda.lastDay == request.now.day(in: visit.zone) else { return .empty }
        return request.act("\(visit.path)/tenue", words("visits.act.held"))
    }

    /// Everything is ready: the day of the visit, and the notebook that waits for it.
    private var waiting: Markup {
        guard !visit.isCancelled, !visit.isHeld, let first = facts.agenda.firstDay, let last = facts.agenda.lastDay else { return .empty }
        let today = request.now.day()
        guard today <= last else { return .empty }
        let sentence = today < first ? words("visits.page.begins", ["day": words.date(first)]) : words("visits.page.underWay", ["day": words.date(last)])
        guard request.viewer.isMember(of: visit.delegationId) else { return "<div class=\"next\"><p><strong>\(sentence)</strong></p>\(held)</div>" }
        return """
            <div class="next"><p><strong>\(sentence)</strong> \(words("visits.page.notebookOpen"))</p>\
            <p><a class="button" href="\(visit.path)/notes">\(words("visits.act.notebook"))</a></p>\(held)</div>
            """
    }

    private func act(for mark: StageMark) -> Markup {
        guard mayManage else { return .empty }
        if mark.place == .dates, mark.state == .late {
            return """
                \(request.act("\(visit.path)/tenue", words("visits.act.held"), style: "button"))\
                <p><a class="button quiet" href="\(visit.path)/dates">\(VisitWarning.past.act(in: words))</a></p>
                """
        }
        guard let path = elsewhere(mark) else { return .empty }
        return "<p><a class=\"button\" href=\"\(path)\">\(label(mark))</a></p>"
    }

    /// Where a mark leads besides this page: what this person may not open leads no further than here.
    private func elsewhere(_ mark: StageMark) -> String? {
        mark.path.flatMap { path in path.split(separator: "#").first.map(String.init) == visit.path ? nil : path }
    }

    private func label(_ mark: StageMark) -> String {
        switch mark.place {
        case .dates: words("visits.act.dates")
        case .meetings: words("visits.act.meetings")
        case .stage(.delegation): words(mark.path?.hasSuffix("/invitations") == true ? "visits.act.invite" : "visits.act.group")
        default: mark.stage.map { words.name("visits.act.open", of: $0) } ?? words("visits.act.open", ["stage": mark.label])
        }
    }

    private var warnings: Markup {
        guard mayManage else { return .empty }
        // That the days have passed is said above, with what to do about it.
        return facts.warnings.filter { $0 != .past || facts.marks.next?.missing == nil }.map { warning -> Markup in
            """
            <p class="notice warning">\(warning.sentence(in: words)) <a href="\(visit.path)\(warning.page)">\
            \(warning.act(in: words))</a></p>
            """
        }.joined()
    }

    private var about: Markup {
        let dates: Markup =
            facts.agenda.slots.isEmpty
            ? .text(words("visits.page.noDates"))
            : facts.agenda.slots.map { .text($0.said(in: words)) }.joined(separator: "<br>")
        let length =
            facts.agenda.slots.isEmpty ? visit.lengthWritten : facts.agenda.length(in: words)
        let rows: [Markup] = [
            fact("dates", dates), fact("length", .text(length)),
            fact("host", .text(visit.hostName ?? words("visits.choice.noHost"))), fact("coHosts", .text(words.list(facts.coHosts))),
            fact("place", .text(visit.place)), fact("territory", .text(visit.territoryName ?? "")),
            fact("focus", paragraphs(visit.focus)), fact("initiative", paragraphs(visit.flagshipInitiative)),
        ]
        let acts: Markup =
            mayManage
            ? """
            <p class="acts no-print"><a class="button quiet" href="\(visit.path)/dates" data-icon="calendar">\
            \(words(facts.agenda.slots.isEmpty ? "visits.act.dates" : "visits.act.changeDates"))</a>\
             <a class="button quiet" href="\(visit.path)/objet" data-icon="pencil">\(words("visits.act.subject"))</a>\
             <a class="button quiet" href="\(visit.path)/adresse">\(words("visits.act.address"))</a></p>
            """
            : .empty
        return "<section><h2>\(words("visits.page.about"))</h2><dl class=\"facts\">\(rows)</dl>\(acts)\(going)</section>"
    }

    /// What the people of the visit come for: its programme, its sheet, their agenda.
    private var going: Markup {
        let isInside = mayManage || request.viewer.isMember(of: visit.circleId)
        var links: [Markup] = []
        if isInside { links.append("<a class=\"button quiet\" href=\"\(visit.path)/programme\">\(words("visits.programme.short"))</a>") }
        if isInside, !facts.agenda.slots.isEmpty { links.append("<a class=\"button quiet\" href=\"\(visit.path)/presence\">\(words("events.attendance.title"))</a>") }
        if !facts.agenda.slots.isEmpty { links.append("<a class=\"button quiet\" href=\"\(visit.path)/visite.ics\" data-icon=\"calendar\">\(words("events.calendar.add"))</a>") }
        if facts.hasPoll { links.append("<a class=\"button quiet\" href=\"\(visit.path)/sondage\">\(words("events.poll.open"))</a>") }
        return links.isEmpty ? .empty : "<p class=\"acts no-print\">\(links.joined(separator: " "))</p>"
    }

    private func fact(_ name: String, _ value: Markup) -> Markup {
        value.isEmpty ? .empty : "<div><dt>\(words("visits.fact.\(name)"))</dt><dd>\(value)</dd></div>"
    }

    /// A text of several lines, as it was typed.
    private func paragraphs(_ text: String) -> Markup {
        text.split(separator: "\n", omittingEmptySubsequences: true).map { .text(String($0)) }.joined(separator: "<br>")
    }
}
