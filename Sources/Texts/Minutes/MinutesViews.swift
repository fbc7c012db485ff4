import Formats
import Platform

/// What comes next for minutes: written, sent for remarks, amended, approved; and whose move it is.
struct MinutesViews {
    let request: Request
    let open: OpenText
    let state: TextState
    let approval: Approval?
    /// Whose answer is waited for.
    let waited: [Validation.Person]
    let values: Fields
    let problems: [Problem]
    private var words: Words { request.words }
    private var mayAsk: Bool { open.allows(.askValidation, request) }

    var next: Markup {
        "<div class=\"next\"><p><strong>\(words("texts.minutes.\(key)"))</strong></p>\(given)\(acts)</div>\(approving)"
    }

    private var key: String {
        switch state {
        case .inReview: "inReview"
        case .remarked: "remarked"
        case .objected: "objected"
        case .toSendAgain: "toSendAgain"
        case .amended: "amended"
        case .approved: "approved"
        case .approvedBefore: "approvedBefore"
        default: open.head.blankSections.isEmpty ? "ready" : "write"
        }
    }

    /// On which revision, when, by whom.
    private var given: Markup {
        guard let approval else { return .empty }
        let sentence = words(
            approval.isNoted ? "texts.minutes.noted" : "texts.minutes.answered",
            ["number": approval.revisionNumber, "day": approval.day, "name": approval.notedBy ?? "—"])
        let said: Markup = approval.isNoted ? "<p>\(words.quoted(approval.said))</p>" : .empty
        let back: Markup =
            mayAsk && approval.isNoted && approval.isStanding
            ? request.act("\(open.base)/approbation/retrait", words("texts.minutes.withdraw"), style: "link") : .empty
        return "<p class=\"meta\">\(sentence)</p>\(said)\(back)"
    }

    private var acts: Markup {
        let read: Markup = "<a class=\"button quiet\" href=\"\(open.validation)\">\(words("texts.minutes.remarks"))</a>"
        let send: Markup = "<a class=\"button\" href=\"\(open.validation)/demande\">\(words(open.text.kind.key("texts.act.\(["ready", "toSendAgain"].contains(key) ? "ask" : "askAgain")", words)))</a>"
        switch key {
        case "ready": return mayAsk ? "<p class=\"acts\">\(send)</p>" : .empty
        case "inReview", "remarked", "objected": return "<p class=\"acts\">\(read)</p>"
        case "amended", "approvedBefore", "toSendAgain": return "<p class=\"acts\">\(mayAsk ? send : .empty) \(read)</p>"
        default: return .empty
        }
    }

    /// Minutes are often approved at the next meeting: it is noted with who decided.
    private var approving: Markup {
        guard mayAsk, !open.isGuest, !open.head.isBlank, state != .approved, state != .objected else { return .empty }
        let isTyped = problems.contains { $0.field?.hasPrefix("approved_") == true }
        let form = FormView(request, values: isTyped ? values : Fields([("approved_on", request.now.day().typed)]), problems: problems)
        let silent =
            waited.isEmpty ? Markup.empty : form.check("approved_silent", words("texts.minutes.silent", ["n": waited.count, "names": words.list(waited.map(\.name))]))
        let fields: [Markup] = [
            form.input("approved_on", words("texts.minutes.day"), hint: words("platform.form.dayHint"), width: "short", isRequired: true),
            form.area("approved_how", words("texts.minutes.how"), hint: words("texts.minutes.howHint"), rows: 2, isRequired: true), silent,
            open.head.base.field(form),
        ]
        return """
            <details class="no-print" id="approbation"\(Markup.flag("open", if: isTyped))><summary>\(words("texts.minutes.note"))</summary><p>\(words("texts.minutes.noteText", ["number": open.head.number]))</p>\(form.form(to: "\(open.base)/approbation", button: words("texts.minutes.noteButton"), style: "button quiet", fields.joined()))</details>
            """
    }
}
