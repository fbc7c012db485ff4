import Events
import Formats
import Notes
import Platform
import Visits

/// The readable part of the page of an excerpt: words in their context, where they come from, where they are quoted.
struct ExcerptView {
    let request: Request
    let facts: ExcerptFacts
    let typed: Fields?
    let problems: [Problem]
    var words: Words { request.words }
    private var excerpt: Excerpt { facts.excerpt }

    var content: Markup {
        """
        <p class="kind">\(words("evidence.page.kind"))</p><h1>\(words("evidence.page.title", ["visit": facts.visit.name]))</h1>
        <p class="state-line">\(AllowanceMark.shown(facts.allowance, words))</p>\(audience)
        \(warning)<figure class="quotation\(excerpt.isSpeech ? "" : " reworded")"><blockquote><p>\(excerpt.said(words))</p></blockquote><figcaption>\(excerpt.shownAs(words))</figcaption></figure>
        <section><h2>\(words("evidence.page.provenance"))</h2><dl class="facts">\(rows)</dl></section>
        \(context)\(quotedIn)\(attribution)\(RemovalView(request: request, facts: facts, typed: typed, problems: problems).section)
        """
    }

    private var audience: Markup {
        let isPublic = facts.thing.audience == .everyone
        let name = isPublic ? "everyone" : facts.thing.scopeId == facts.visit.circleId ? "circle" : "delegation"
        return "<p class=\"audience\" data-audience=\"\(isPublic ? "public" : "group")\">\(words("evidence.audience.\(name)"))</p>"
    }

    /// Who could be recognised, and what to do about it; for those who choose how the person is shown.
    private var warning: Markup {
        guard facts.mayRecord, !facts.recognition.isEmpty else { return .empty }
        let reasons = facts.recognition.map { "<li>\($0.sentence(words))</li>" as Markup }
        return """
            <div class="notice warning"><p>\(words("evidence.recognition.title"))</p><ul>\(reasons)</ul>
            <p>\(words("evidence.recognition.advice"))</p><div class="acts">\(coarser)</div></div>
            """
    }

    /// One button for each less precise way to show the person.
    private var coarser: Markup {
        let address = "/extraits/\(excerpt.id)/attribution"
        var acts: [Markup] = []
        if let kind = Excerpt.function(excerpt.speaker, words), kind != excerpt.shownAs {
            acts.append(
                request.act(
                    address, words("evidence.recognition.kindOnly", ["kind": kind]),
                    hidden: ["attribution": "function", "shown_as": kind]))
        }
        if excerpt.attribution != .none {
            acts.append(request.act(address, words("evidence.recognition.nobody"), hidden: ["attribution": "none"]))
        }
        if facts.recognition.contains(where: \.isEncounter) {
            acts.append(
                request.act(
                    "/extraits/\(excerpt.id)/provenance", words("evidence.recognition.hideEncounter"), hidden: ["encounter": "hidden"]))
        }
        return acts.joined(separator: " ")
    }

    private var rows: [Markup] {
        let isInside = facts.source != nil
        let encounter = facts.encounter.flatMap { encounter in isInside || !excerpt.hidesEncounter ? encounter : nil }.map { isInside ? "\($0.title) (\($0.kind.said(in: words)))" : $0.kind.said(in: words) }
        let rows: [(String, Markup?)] = [
            ("visit", "<a href=\"\(facts.visit.path)\">\(facts.visit.name)</a>"),
            ("encounter", encounter.map(Markup.text)),
            ("halfDay", isInside ? facts.halfDay.map { .text($0.said(in: words)) } : nil),
            ("dimension", facts.dimension.map(Markup.text)),
            ("manner", .text(words.name("evidence.manner", of: excerpt.manner))),
            ("attribution", .text("\(words.name("evidence.attribution", of: excerpt.attribution)) : \(excerpt.shownAs(words))")),
            ("source", sourceVersion),
        ]
        return rows.compactMap { name, value in
            value.map { "<div><dt>\(words("evidence.fact.\(name)"))</dt><dd>\($0)</dd></div>" }
        }
    }

    /// Which version of the note; the excerpt stays on it when the note has changed.
    private var sourceVersion: Markup? {
        guard let source = facts.source else { return nil }
        let name =
            source.source == .block
            ? words("evidence.source.block", ["name": source.author, "n": source.version])
            : words("evidence.source.revision", ["name": source.author])
        return source.isOutdated ? "\(name) <span class=\"badge\">\(words("evidence.source.outdated"))</span>" : .text(name)
    }

    /// The note around the words, for those who may read it.
    private var context: Markup {
        guard let source = facts.source, let before = CodePoints.slice(source.text, from: 0, to: excerpt.startPoint),
            let after = CodePoints.slice(source.text, from: excerpt.endPoint, to: CodePoints.count(source.text))
        else { return .empty }
        return """
            <section><h2>\(words("evidence.page.context"))</h2><ol class="blocks"><li class="block" data-manner="\(excerpt.manner.rawValue)"><p class="words">\(before)<mark>\(excerpt.words)</mark>\(after)</p></li></ol></section>
            """
    }

    private var quotedIn: Markup {
        let list = facts.quotedIn.map { "<li><a href=\"/textes/\($0.id)\">\($0.title)</a></li>" as Markup }
        let body: Markup = list.isEmpty ? "<p>\(words("evidence.page.quotedNowhere"))</p>" : "<ul>\(list)</ul>"
        return "<section><h2>\(words("evidence.page.quotedIn"))</h2>\(body)</section>"
    }

    private var attribution: Markup {
        guard facts.mayRecord else { return .empty }
        let isTyped = typed?.has("attribution") ?? false
        let known = Fields([("attribution", excerpt.attribution.rawValue), ("shown_as", excerpt.shownAs)])
        let form = FormView(request, values: isTyped ? typed ?? known : known, problems: isTyped ? problems : [])
        let change = form.form(
            to: "/extraits/\(excerpt.id)/attribution", button: words("evidence.attribution.button"), style: "button quiet",
            AttributionFields.markup(form))
        let hidden: Markup =
            excerpt.hidesEncounter
            ? """
            <p>\(words("evidence.recognition.encounterHidden"))</p>\(facts.allowance == .given ? .empty : request.act("/extraits/\(excerpt.id)/provenance", words("evidence.recognition.sayEncounter"), hidden: ["encounter": "said"]))
            """ : .empty
        return """
            <section id="attribution-form" class="no-print"><h2>\(words("evidence.attribution.title"))</h2><details\(Markup.flag("open", if: isTyped))><summary>\(words("evidence.attribution.change"))</summary><p>\(words("evidence.attribution.again"))</p>\(change)</details>\(hidden)</section>
            """
    }
}

/// The two fields that say how a person quoted is shown.
enum AttributionFields {
    static func markup(_ form: FormView) -> Markup {
        let words = form.request.words
        return form.choices(
            "attribution", words("evidence.attribution.legend"), hint: words("evidence.attribution.hint"),
            options: Excerpt.Attribution.allCases.map { ($0.rawValue, words.name("evidence.attribution", of: $0)) })
            + form.input("shown_as", words("evidence.attribution.shownAs"), hint: words("evidence.attribution.shownAsHint"))
    }
}

/// The state of a consent, in a word and a shape.
enum AllowanceMark {
    static func shown(_ allowance: Allowance, _ words: Words) -> Markup {
        let state =
            switch allowance {
            case .pending: "waiting"
            case .given: "validated"
            case .refused, .withdrawn: "none"
            }
        return "<span class=\"state\" data-state=\"\(state)\">\(words.name("evidence.allowance", of: allowance))</span>"
    }
}
