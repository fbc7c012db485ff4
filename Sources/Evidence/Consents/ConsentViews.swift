import Formats
import Platform

/// The part of the page of an excerpt that belongs to consent: what was answered, asking, taking back.
struct ConsentViews {
    let request: Request
    let facts: ExcerptFacts
    let typed: Fields?
    let problems: [Problem]
    var words: Words { request.words }
    private var excerpt: Excerpt { facts.excerpt }
    private var license: String { words("community.licence.\(facts.license)") }
    private var address: String { "/extraits/\(excerpt.id)" }

    var sections: Markup {
        guard facts.mayRecord else { return .empty }
        return """
            <section id="accord"><h2>\(words("evidence.consent.title"))</h2>\(answers)\(cancellation)\(warning)
            <h3>\(words("evidence.consent.readTitle"))</h3><blockquote>\(toRead)</blockquote>
            <h3>\(words("evidence.consent.recordTitle"))</h3>\(form)</section>
            <section class="no-print"><h2>\(words("evidence.withdrawal.title"))</h2>\(withdrawal)</section>
            \(history)
            """
    }

    private var history: Markup {
        "<p class=\"meta no-print\"><a href=\"\(address)/historique\" data-icon=\"history\">\(words("evidence.page.history"))</a></p>"
    }

    private var cancellation: Markup {
        CancellationView(request: request, facts: facts, typed: typed, problems: problems).section
    }

    /// After a withdrawal the words are nowhere; a new yes of the person brings them back.
    var afterWithdrawal: Markup {
        guard facts.mayRecord else { return .empty }
        let isTyped = typed?.has("answer") ?? typed?.has("proof") ?? false
        return """
            <section id="accord"><h2>\(words("evidence.consent.title"))</h2>\(answers)</section>
            <section class="no-print"><h2>\(words("evidence.tombstone.mistakeTitle"))</h2>\(cancellation)<p>\(words("evidence.tombstone.mistake"))</p>\(warning)
            <details\(Markup.flag("open", if: isTyped))><summary>\(words("evidence.consent.recordTitle"))</summary>\(form)</details></section>
            \(history)
            """
    }

    private var warning: Markup {
        "<p class=\"notice warning\">\(words("evidence.consent.copies", ["license": license]))</p>"
    }

    /// What is said to the person: their words, how they will be shown, what cannot be undone.
    private var toRead: Markup {
        let arguments = ["words": excerpt.said(words), "shown": excerpt.shownAs(words), "license": license]
        return """
            <p>\(words("evidence.consent.read.\(excerpt.isSpeech ? "what" : "whatReworded")", arguments))</p><p>\(words("evidence.consent.read.shown", arguments))</p>
            <p>\(words("evidence.consent.read.where", arguments))</p><p>\(words("evidence.consent.read.copies", arguments))</p>
            """
    }

    private var answers: Markup {
        guard !facts.consents.isEmpty else { return "<p>\(words("evidence.consent.none"))</p>" }
        let heads = ["answer", "purpose", "how", "by", "day", "proof"].map { name -> Markup in
            "<th scope=\"col\">\(words("evidence.consent.column.\(name)"))</th>"
        }
        return """
            <div class="scroll" role="region" aria-label="\(words("evidence.consent.answers"))" tabindex="0"><table class="table"><caption>\(words("evidence.consent.answers"))</caption><thead><tr>\(heads)</tr></thead><tbody>\(facts.consents.map(row))</tbody></table></div>
            """
    }

    private func row(_ answered: ExcerptFacts.Answered) -> Markup {
        let consent = answered.consent
        let answer = words("evidence.consent.\(consent.isGiven ? "yes" : "no")")
        let old: Markup =
            answered.counts
            ? .empty
            : " <span class=\"badge\">\(words(consent.cancelledAt == nil ? "evidence.consent.old" : "evidence.consent.cancelled"))</span>"
        let why: Markup = consent.cancelledReason.map { "<br><small>\(words("evidence.consent.cancelledBecause", ["reason": $0]))</small>" } ?? .empty
        let file = consent.proofFileId.map { id -> Markup in
            " <a href=\"\(address)/preuves/\(id)\" data-icon=\"download\">\(words("evidence.consent.file"))</a>"
        }
        return """
            <tr><th scope="row">\(answer)\(old)</th><td>\(words.name("evidence.purpose", of: consent.purpose))</td><td>\(words.name("evidence.channel", of: consent.askedHow))</td><td>\(answered.collector ?? "—")</td><td>\(words.day(consent.collectedOn))</td><td>\(consent.proof)\(file)\(why)</td></tr>
            """
    }

    private var form: Markup {
        let isTyped = typed?.has("proof") ?? false
        let known = Fields([
            ("purpose", excerpt.attribution == .name ? "name" : "quote"), ("collected_by", request.viewer.personId ?? ""),
            ("collected_on", request.now.day().typed),
        ])
        let form = FormView(request, values: isTyped ? typed ?? known : known, problems: isTyped ? problems : [])
        let fields: [Markup] = [
            form.choices(
                "answer", words("evidence.consent.answer"),
                options: [("yes", words("evidence.consent.yes")), ("no", words("evidence.consent.no"))]),
            form.choices("purpose", words("evidence.consent.purpose"), options: options(Consent.Purpose.allCases, "evidence.purpose")),
            form.choices("asked_how", words("evidence.consent.how"), options: options(Consent.Channel.allCases, "evidence.channel")),
            form.select("collected_by", words("evidence.consent.by"), options: facts.collectors.map { ($0.id, $0.name) }),
            form.input("collected_on", words("evidence.consent.day"), hint: words("platform.form.dayHint"), width: "short"),
            form.area("proof", words("evidence.consent.proof"), hint: words("evidence.consent.proofHint"), rows: 3),
            form.file("file", words("evidence.consent.fileLabel"), hint: words("evidence.consent.fileHint"), accept: ".pdf,.png,.jpg,.jpeg,.txt"),
            form.check("warned", words("evidence.consent.warned")), excerpt.base.field(form),
        ]
        return form.form(
            to: "\(address)/accords", button: words("evidence.consent.button"), keep: Self.kept(excerpt.id), isMultipart: true,
            fields.joined())
    }

    /// Under which name the browser keeps what is typed in the answer.
    static func kept(_ excerptId: String) -> String { "extrait-\(excerptId)-accord" }

    private func options<Value: RawRepresentable<String>>(_ values: [Value], _ key: String) -> [(value: String, label: String)] {
        values.map { ($0.rawValue, words.name(key, of: $0)) }
    }

    /// The other excerpts that leave with this one.
    private var sharing: Markup {
        guard !facts.sharing.isEmpty else { return .empty }
        let list = facts.sharing.map { "<li><a href=\"/extraits/\($0.id)\">\($0.said(words))</a></li>" as Markup }
        return "<p>\(words("evidence.withdrawal.sharing", ["n": facts.sharing.count]))</p><ul>\(list)</ul>"
    }

    private var withdrawal: Markup {
        let isTyped = problems.contains { $0.field == "confirmed" } && typed?.has("reason") != true
        let form = FormView(request, values: isTyped ? typed ?? Fields() : Fields(), problems: isTyped ? problems : [])
        return """
            <details\(Markup.flag("open", if: isTyped))><summary>\(words("evidence.withdrawal.open"))</summary><p>\(words("evidence.withdrawal.text"))</p>\(sharing)
            \(form.form(to: "\(address)/retrait", button: words("evidence.withdrawal.button"), style: "button danger", form.check("confirmed", words("evidence.withdrawal.confirm"))))</details>
            """
    }
}
