import Formats
import Platform

/// The answers of a validation, one entry a person: silence is an entry too, and is never a yes.
struct AnswerViews {
    let request: Request
    let open: OpenText
    let facts: ValidationFacts
    /// Whether the objections are on this page, with what became of them.
    var tellsObjections = false
    var words: Words { request.words }

    func list(_ validation: Validation) -> Markup { "<ul class=\"rows\">\(validation.people.map { entry($0, validation) })</ul>" }

    private func entry(_ person: Validation.Person, _ validation: Validation) -> Markup {
        let side = person.isStaff ? words("texts.side.staff") : words(open.text.kind.key("texts.side.\(person.side.rawValue)", words))
        let facts = [person.function, person.organization ?? "", side].filter { !$0.isEmpty }.joined(separator: ", ")
        let who: Markup = "<strong>\(person.name)</strong>, \(facts)"
        guard let given = person.answer else {
            let reminded: Markup = person.remindedAt.map { " · \(words("texts.validation.remindedAt")) \(words.element($0))" } ?? .empty
            return "<li>\(who) · <span class=\"state\" data-state=\"none\">\(words("texts.answer.silent"))</span>\(reminded)</li>"
        }
        let asked = words(
            open.text.kind.key("texts.answer.asked", words), ["exact": yes(given.answer.isExact), "publishable": yes(given.answer.isPublishable)])
        let interests: Markup =
            given.answer.interests.isEmpty ? .empty : "<p class=\"meta\">\(words("texts.answer.declared", ["text": given.answer.interests]))</p>"
        let earlier: Markup =
            person.earlier.isEmpty
            ? .empty
            : """
            <details><summary>\(words("texts.answer.earlier", ["n": person.earlier.count]))</summary><ul>\(person.earlier.map { "<li>\(answer($0, validation)) \(words.element($0.answeredAt))</li>" as Markup })</ul></details>
            """
        return """
            <li>\(who) · \(answer(given, validation, "\(asked), \(words.element(given.answeredAt))", isTold: tellsObjections))\(receipt(given))\(interests)\(earlier)</li>
            """
    }

    private func answer(_ given: Validation.Given, _ validation: Validation, _ asked: Markup = .empty, isTold: Bool = false) -> Markup {
        let mark = given.answer.kind == .endorse ? "validated" : given.answer.kind == .reservation ? "reserved" : "refused"
        let kind = given.answer.objection.map { " (\(words.name("texts.objection.short", of: $0)))" } ?? ""
        let late: Markup = validation.isLate(given) ? " <span class=\"badge\">\(words("texts.answer.late"))</span>" : .empty
        // An objection is read whole below, with what became of it.
        let text: Markup =
            isTold && given.answer.kind == .object
            ? " · <a href=\"#objection-\(given.id)\">\(words("texts.answer.readObjection"))</a>" : Self.paragraphs(given.answer.text)
        return """
            <span class="state" data-state="\(mark)">\(words(open.text.kind.key("texts.answer.said.\(given.answer.kind.rawValue)", words)))\(kind)</span>\(late) \(asked)\(text)
            """
    }

    /// How an answer came to whoever entered it, with its proof.
    private func receipt(_ given: Validation.Given) -> Markup {
        guard let channel = given.receivedBy else { return .empty }
        let file: Markup =
            given.proofFileId.flatMap { id in
                open.allows(.recordAnswer, request) && !open.isGuest
                    ? " <a href=\"\(open.validation)/preuves/\(id)\">\(words("texts.record.openFile"))</a>" : nil
            } ?? .empty
        let by = given.enteredBy.flatMap { facts.names[$0] } ?? ""
        return """
            <p class="meta">\(words("texts.answer.received", ["channel": words.name("texts.channel", of: channel), "name": by])) \(given.proof)\(file)</p>
            """
    }

    private func yes(_ value: Bool) -> String { words("texts.answer.short.\(value ? "yes" : "no")") }

    /// A text of several lines, as it was typed.
    static func paragraphs(_ text: String) -> Markup {
        text.split(separator: "\n").map { "<p>\($0)</p>" as Markup }.joined()
    }
}
