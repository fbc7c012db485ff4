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
        let people = validation.people.map { person -> Markup in
            "<li>\(state(person)) · \(details(person).joined(separator: " · "))\(person.standing.map { Markdown.html($0.answer.text, idPrefix: "v-\($0.id)-") })</li>"
        }
        let about = words(
            "library.vouching.about",
            ["number": validation.request.revisionNumber, "asked": validation.request.askedAt.day(), "deadline": validation.request.deadline])
        return """
            <section id="validation"><h2>\(words("library.vouching.title"))</h2><p class="meta">\(about)</p><ul class="rows">\(people)</ul>
            \(said(validation))\(arbitration)</section>
            """
    }

    static func who(_ person: Validation.Person, _ words: Words) -> String {
        let function = person.function.isEmpty ? words("library.vouching.noFunction") : person.function
        return [function, person.organization].compactMap { $0 }.joined(separator: ", ")
    }

    private func state(_ person: Validation.Person) -> Markup {
        guard let given = person.answer else {
            return "<span class=\"state\" data-state=\"none\">\(words("library.answer.none"))</span>"
        }
        let state =
            switch given.answer.kind {
            case .endorse: "validated"
            case .reservation: "reserved"
            case .object: "refused"
            }
        return "<span class=\"state\" data-state=\"\(state)\">\(words.name("library.answer", of: given.answer.kind))</span>"
    }

    /// Who, of which side, when, and what a reader must know of the answer.
    private func details(_ person: Validation.Person) -> [String] {
        let side = words("library.side.\(person.isStaff ? "staff" : person.side.rawValue)")
        guard let given = person.answer else { return [Self.who(person, words), side] }
        let day = words.date(given.answeredAt.day())
        return [
            Self.who(person, words), side,
            resource.validation?.isLate(given) == true ? "\(day) (\(words("library.answer.late")))" : day,
            given.outcome.map { words.name("library.outcome", of: $0.outcome) },
            given.receivedBy.map { words("library.vouching.entered", ["channel": words.name("library.channel", of: $0)]) },
            given.answer.interests.isEmpty ? nil : words("library.vouching.interests", ["text": given.answer.interests]),
        ].compactMap { $0 }
    }

    /// Objections are printed whole, with what was decided and the reply: those of the validation, then those of the
    /// requests before it, whose reservations are printed too. A reservation that stands is beside its answer.
    private func said(_ validation: Validation) -> Markup {
        let items = entries(validation).joined() + resource.earlier.flatMap { entries($0, isEarlier: true) }.joined()
        return items.isEmpty ? .empty : "<ol class=\"entries\">\(items)</ol>"
    }

    private func entries(_ validation: Validation, isEarlier: Bool = false) -> [Markup] {
        validation.people.flatMap { person in person.printed(isEarlier: isEarlier).map { entry($0, of: person, validation, isEarlier: isEarlier) } }
    }

    private func entry(_ given: Validation.Given, of person: Validation.Person, _ validation: Validation, isEarlier: Bool) -> Markup {
        let kind = words("library.vouching.\(given.answer.kind == .object ? "objection" : "reservation")", ["who": Self.who(person, words)])
        let request: Markup =
            isEarlier
            ? """
            <p class="meta">\(words("library.vouching.earlier", ["number": validation.request.revisionNumber, "day": words.date(validation.request.askedAt.day())]))</p>
            """ : .empty
        let outcome = given.outcome.map { outcome -> Markup in
            """
            <p>\(words("library.vouching.outcome", ["outcome": words.name("library.outcome", of: outcome.outcome)])) \(outcome.reason)</p>\(outcome.reply.isEmpty ? .empty : "<p>\(words("library.vouching.reply", ["text": outcome.reply]))</p>" as Markup)
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
        let covered: Markup =
            resource.covered.isEmpty
            ? .empty
            : """
            <li data-ok="true">\(words("library.dimension.covered", ["n": resource.covered.count, "names": words.list(resource.covered)]))</li>
            """
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
    /// The reservation that stands.
    fileprivate var standing: Validation.Given? { answer?.answer.kind == .reservation ? answer : nil }

    /// What has an entry of its own: the objection that stands, a reservation of an earlier request, and the objections
    /// that had an outcome before another answer.
    fileprivate func printed(isEarlier: Bool) -> [Validation.Given] {
        [answer].compactMap { $0 }.filter { $0.answer.kind == .object || isEarlier && $0.answer.kind == .reservation }
            + earlier.filter { $0.outcome != nil }
    }
}
