import Formats
import Platform

/// The answers of a validation, one row a person: silence is a row too, and is never a yes.
struct AnswerViews {
    let request: Request
    let open: OpenText
    let facts: ValidationFacts
    var words: Words { request.words }

    func table(_ validation: Validation) -> Markup {
        let rows = validation.people.map { row($0, validation) }
        let columns = ["person", "answer", "exact", "publishable", "when", "interests"].map { column -> Markup in
            "<th scope=\"col\">\(words("texts.column.\(column)"))</th>"
        }
        return """
            <div class="scroll" role="region" aria-label="\(words("texts.validation.table"))" tabindex="0"><table class="table"><thead><tr>\(columns)</tr></thead><tbody>\(rows)</tbody></table></div>
            """
    }

    private func row(_ person: Validation.Person, _ validation: Validation) -> Markup {
        let who: Markup = """
            <th scope="row">\(person.name)<p class="meta">\([person.function, person.organization ?? "", person.isStaff ? words("texts.side.staff") : words.name("texts.side", of: person.side)].filter { !$0.isEmpty }.joined(separator: ", "))</p></th>
            """
        guard let given = person.answer else {
            let reminded: Markup = person.remindedAt.map { "\(words("texts.validation.remindedAt")) \(words.element($0))" } ?? .empty
            return "<tr>\(who)<td><span class=\"state\" data-state=\"none\">\(words("texts.answer.silent"))</span></td><td>—</td><td>—</td><td>\(reminded)</td><td></td></tr>"
        }
        let earlier: Markup =
            person.earlier.isEmpty
            ? .empty
            : """
            <details><summary>\(words("texts.answer.earlier", ["n": person.earlier.count]))</summary><ul>\(person.earlier.map { "<li>\(answer($0, validation)) \(words.element($0.answeredAt))</li>" as Markup })</ul></details>
            """
        return """
            <tr>\(who)<td>\(answer(given, validation))\(earlier)</td><td>\(yes(given.answer.isExact))</td><td>\(yes(given.answer.isPublishable))</td><td>\(words.element(given.answeredAt))\(receipt(given))</td><td>\(given.answer.interests)</td></tr>
            """
    }

    private func answer(_ given: Validation.Given, _ validation: Validation) -> Markup {
        let mark = given.answer.kind == .endorse ? "validated" : given.answer.kind == .reservation ? "reserved" : "refused"
        let kind = given.answer.objection.map { " (\(words.name("texts.objection.short", of: $0)))" } ?? ""
        let late: Markup = validation.isLate(given) ? " <span class=\"badge\">\(words("texts.answer.late"))</span>" : .empty
        return """
            <span class="state" data-state="\(mark)">\(words.name("texts.answer.said", of: given.answer.kind))\(kind)</span>\(late)\(Self.paragraphs(given.answer.text))
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

    private func yes(_ value: Bool) -> String { words(value ? "texts.answer.yes" : "texts.answer.no") }

    /// A text of several lines, as it was typed.
    static func paragraphs(_ text: String) -> Markup {
        text.split(separator: "\n").map { "<p>\($0)</p>" as Markup }.joined()
    }
}
