import Formats
import Platform
import Texts

/// Who validated a text, with what reservations, what changed since, what it covers: by side and function, never by name.
struct Vouching {
    let request: Request
    let resource: Resource
    var words: Words { request.words }

    var view: Markup { validation + changes + dimensions }

    private var validation: Markup {
        guard let validation = resource.validation else { return .empty }
        let rows = validation.people.map { person -> Markup in
            """
            <tr><th scope="row">\(words("library.side.\(person.isStaff ? "staff" : person.side.rawValue)"))</th><td>\(who(person))</td><td>\(answer(person))</td></tr>
            """
        }
        let caption = words(
            "library.vouching.caption",
            ["number": validation.request.revisionNumber, "asked": validation.request.askedAt.day(), "deadline": validation.request.deadline])
        let title = words("library.vouching.title")
        return """
            <section id="validation"><h2>\(title)</h2>
            <div class="scroll" role="region" aria-label="\(title)" tabindex="0"><table class="table"><caption>\(caption)</caption><thead><tr><th scope="col">\(words("library.vouching.side"))</th><th scope="col">\(words("library.vouching.function"))</th><th scope="col">\(words("library.vouching.answer"))</th></tr></thead><tbody>\(rows)</tbody></table></div>
            \(said(validation))\(arbitration)</section>
            """
    }

    private func who(_ person: Validation.Person) -> String {
        let function = person.function.isEmpty ? words("library.vouching.noFunction") : person.function
        return [function, person.organization].compactMap { $0 }.joined(separator: ", ")
    }

    private func answer(_ person: Validation.Person) -> Markup {
        guard let given = person.answer else {
            return "<span class=\"state\" data-state=\"none\">\(words("library.answer.none"))</span>"
        }
        let state =
            switch given.answer.kind {
            case .endorse: "validated"
            case .reservation: "reserved"
            case .object: "refused"
            }
        let outcome = given.outcome.map { words.name("library.outcome", of: $0.outcome) }
        let late: Markup =
            resource.validation?.isLate(given) == true ? " <span class=\"badge\">\(words("library.answer.late"))</span>" : .empty
        let entered: Markup =
            given.receivedBy.map { channel in
                "<br><small>\(words("library.vouching.entered", ["channel": words.name("library.channel", of: channel)]))</small>"
            } ?? .empty
        let interests: Markup =
            given.answer.interests.isEmpty
            ? .empty : "<br><small>\(words("library.vouching.interests", ["text": given.answer.interests]))</small>"
        return """
            <span class="state" data-state="\(state)">\(words.name("library.answer", of: given.answer.kind))</span>\(outcome.map { " — \($0)" }), \(words.date(given.answeredAt.day()))\(late)\(entered)\(interests)
            """
    }

    /// Reservations and objections are printed whole, with what was decided and the reply: those of the validation, then
    /// those of the requests before it.
    private func said(_ validation: Validation) -> Markup {
        let items = entries(validation).joined() + resource.earlier.flatMap { entries($0, isEarlier: true) }.joined()
        return items.isEmpty ? .empty : "<ol class=\"entries\">\(items)</ol>"
    }

    private func entries(_ validation: Validation, isEarlier: Bool = false) -> [Markup] {
        validation.people.flatMap { person in person.printed.map { entry($0, of: person, validation, isEarlier: isEarlier) } }
    }

    private func entry(_ given: Validation.Given, of person: Validation.Person, _ validation: Validation, isEarlier: Bool) -> Markup {
        let kind = words("library.vouching.\(given.answer.kind == .object ? "objection" : "reservation")", ["who": who(person)])
        let request: Markup =
            isEarlier
            ? """
            <p class="meta">\(words("library.vouching.earlier", ["number": validation.request.revisionNumber, "day": words.date(validation.request.askedAt.day())]))</p>
            """ : .empty
        let outcome = given.outcome.map { outcome -> Markup in
            """
            <p>\(words.name("library.outcome", of: outcome.outcome)). \(outcome.reason)</p>\(outcome.reply.isEmpty ? .empty : "<p>\(words("library.vouching.reply", ["text": outcome.reply]))</p>" as Markup)
            """
        }
        return "<li><h3>\(kind)</h3>\(request)\(Markdown.html(given.answer.text, idPrefix: "v-\(given.id)-"))\(outcome)</li>"
    }

    private var arbitration: Markup {
        guard let reason = resource.arbitration else { return .empty }
        return "<h3>\(words("library.vouching.arbitration"))</h3>\(Markdown.html(reason, idPrefix: "a-"))"
    }

    /// What was rewritten after the validation, in its form only.
    private var changes: Markup {
        guard let validated = resource.validated, validated.hash != resource.revision.hash else { return .empty }
        return """
            <details id="changements"><summary>\(words("library.vouching.changed", ["from": validated.number, "to": resource.revision.number]))</summary>\(DifferenceView.show(validated, resource.revision, isBrief: true, words))</details>
            """
    }

    private var dimensions: Markup {
        guard !resource.covered.isEmpty || !resource.blanks.isEmpty else { return .empty }
        let covered = resource.covered.map { name -> Markup in "<li data-ok=\"true\">\(words("library.dimension.covered", ["name": name]))</li>" }
        let blanks = resource.blanks.filter { !$0.reason.isEmpty }.map { blank -> Markup in
            "<li data-ok=\"false\">\(words("library.dimension.blank", ["name": blank.dimension, "reason": blank.reason]))</li>"
        }
        let unexplained = resource.blanks.filter(\.reason.isEmpty).map(\.dimension)
        let others: Markup =
            unexplained.isEmpty
            ? .empty
            : "<li data-ok=\"false\">\(words("library.dimension.unexplained", ["n": unexplained.count, "names": words.list(unexplained)]))</li>"
        return """
            <section id="dimensions"><h2>\(words("library.dimension.title"))</h2><ul class="reasons">\(covered)\(blanks)\(others)</ul></section>
            """
    }
}

extension Validation.Person {
    /// The reservation or the objection that stands, and the objections that had an outcome before another answer.
    fileprivate var printed: [Validation.Given] {
        ([answer].compactMap { $0 }.filter { $0.answer.kind != .endorse }) + earlier.filter { $0.outcome != nil }
    }
}
