import Formats
import Platform
import Visits

/// The part of a sheet's page about its people: the private link, who was sent what and when.
struct SheetViews {
    let request: Request
    let open: OpenText
    let facts: SheetFacts
    let problems: [Problem]
    var words: Words { request.words }

    var sharing: Markup {
        guard !open.isGuest else { return .empty }
        let maySend = open.allows(.sendSheet, request)
        return """
            \(maySend ? link : .empty)<section id="envoi"><h2>\(words("texts.sending.title"))</h2>\(maySend ? send : .empty)\(sendings)</section>
            """
    }

    /// Asking the host to write.
    private var link: Markup {
        let title = words("texts.link.title")
        guard !facts.hosts.isEmpty else {
            return """
                <section class="no-print"><h2>\(title)</h2><p>\(words("texts.link.nobody")) <a href="\(facts.visit.path)/groupe">\(words("texts.link.addPeople"))</a></p></section>
                """
        }
        let people = facts.hosts.map { (value: $0.id, label: $0.email == nil ? "\($0.said) (\(words("texts.link.noEmail")))" : $0.said) }
        let form = FormView(request, values: request.form, problems: problems)
        return """
            <section class="no-print"><h2>\(title)</h2><p>\(words("texts.link.text"))</p>
            \(form.form(to: "\(open.base)/liens", button: words("texts.link.button"), style: "button quiet", form.select("person", words("texts.link.person"), options: people)))\(links)</section>
            """
    }

    /// The links already sent: who, when, until when.
    private var links: Markup {
        guard !facts.links.isEmpty else { return .empty }
        let now = request.now
        let items = facts.links.map { link -> Markup in
            let state =
                link.revokedAt != nil
                ? words("texts.link.ended") : words(link.expiresAt > now ? "texts.link.until" : "texts.link.over", ["day": link.lastDay])
            return "<li>\(link.name)\(link.asker.map { ", \(words("texts.link.by", ["name": $0]))" }), \(words.element(link.sentAt)). \(state)</li>"
        }
        return "<h3>\(words("texts.link.sent"))</h3><ul>\(items)</ul>"
    }

    /// To whoever holds a link: who asks, why, until when.
    var invitation: Markup {
        guard open.isGuest, let link = request.link else { return .empty }
        let known = facts.links.first { $0.personId == link.personId && $0.expiresAt == link.expiresAt }
        let lines = facts.when.lines.map { line -> Markup in "<li>\(line)</li>" }
        let visit: Markup = lines.isEmpty ? .empty : "<ul>\(lines)</ul>"
        guard let known else { return visit }
        let asker = known.asker ?? words("texts.link.team")
        return "<p class=\"lede\">\(words("texts.link.invitation", ["name": asker, "visit": facts.visit.name, "day": known.lastDay]))</p>\(visit)"
    }

    private var isHost: Bool { open.mayWrite(request) && SheetFinish.belongs(to: request.viewer, facts.visit) }

    /// Whether this reader is the one who says that it is finished, and has not yet.
    var mayFinish: Bool { isHost && facts.finish == nil && SheetFinish.isWaited(facts.visit) && !open.head.isBlank }

    /// That the host has finished, with the way back; before that, the button that says it.
    var finishing: Markup {
        if let finish = facts.finish {
            let since: Markup = open.head.number > finish.revisionNumber ? " \(words("texts.finish.since"))" : .empty
            return """
                <p class="meta">\(words("texts.finish.said", ["name": finish.name, "number": finish.revisionNumber])), \(words.element(finish.finishedAt)).\(since)</p>\(isHost ? request.act("\(open.base)/fin/retrait", words("texts.act.resume")) : .empty)
                """
        }
        guard mayFinish else { return .empty }
        let blank = open.head.blankSections
        let form = FormView(request, values: request.form, problems: problems)
        let unwritten = blank.isEmpty ? Markup.empty : form.check("unwritten", words("texts.finish.unwritten", ["sections": words.list(blank.map { words.quoted($0.title) })]))
        return """
            <p class="meta">\(words("texts.finish.hint"))</p>\(form.form(to: "\(open.base)/fin", button: words("texts.act.finish"), style: blank.isEmpty ? "button no-print" : "button quiet no-print", unwritten))
            """
    }

    private var send: Markup {
        guard !open.head.isBlank else { return "<p>\(words("texts.sending.empty"))</p>" }
        guard !facts.waiting.isEmpty else { return "<p>\(words("texts.sending.done", ["n": open.head.number]))</p>" }
        let names = words.list(facts.waiting.map(\.name))
        return """
            <p>\(words("texts.sending.waiting", ["n": facts.waiting.count, "names": names, "number": open.head.number]))</p>
            \(open.head.blankSections.isEmpty ? request.act("\(open.base)/envois", words("texts.act.send"), style: "button no-print") : incomplete)
            """
    }

    /// A part is empty: sending it so is meant, or is not done.
    private var incomplete: Markup {
        let form = FormView(request, values: request.form, problems: problems)
        let titles = words.list(open.head.blankSections.map { words.quoted($0.title) })
        return form.form(
            to: "\(open.base)/envois", button: words("texts.act.send"), style: "button quiet no-print",
            form.check("incomplete", words("texts.sending.incomplete", ["sections": titles])))
    }

    private var sendings: Markup {
        guard !facts.sendings.isEmpty else { return "<p class=\"meta\">\(words("texts.sending.none"))</p>" }
        let rows = facts.sendings.map { sending -> Markup in
            """
            <tr><th scope="row">\(sending.name)</th><td><a href="\(open.base)/revisions/\(sending.revisionId)">\(words("texts.revision.number", ["n": sending.number]))</a></td><td>\(words.element(sending.sentAt))</td></tr>
            """
        }
        return """
            <div class="scroll" role="region" aria-label="\(words("texts.sending.table"))" tabindex="0"><table class="table" aria-label="\(words("texts.sending.table"))"><thead><tr><th scope="col">\(words("texts.column.person"))</th><th scope="col">\(words("texts.column.revision"))</th><th scope="col">\(words("texts.column.when"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }
}
