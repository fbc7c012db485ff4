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
            <tr><th scope="row">\(words("library.side.\(person.side.rawValue)"))</th><td>\(who(person))</td><td>\(answer(person))</td></tr>
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
        let interests: Markup =
            given.answer.interests.isEmpty
            ? .empty : "<br><small>\(words("library.vouching.interests", ["text": given.answer.interests]))</small>"
        return """
            <span class="state" data-state="\(state)">\(words.name("library.answer", of: given.answer.kind))</span>\(outcome.map { " — \($0)" }), \(words.date(given.answeredAt.day()))\(interests)
            """
    }

    /// Reservations and objections are printed whole, with what was decided and the reply.
    private func said(_ validation: Validation) -> Markup {
        let items = validation.people.compactMap { person -> Markup? in
            guard let given = person.answer, given.answer.kind != .endorse else { return nil }
            let kind = words("library.vouching.\(given.answer.kind == .object ? "objection" : "reservation")", ["who": who(person)])
            let outcome = given.outcome.map { outcome -> Markup in
                """
                <p>\(words.name("library.outcome", of: outcome.outcome)). \(outcome.reason)</p>\(outcome.reply.isEmpty ? .empty : "<p>\(words("library.vouching.reply", ["text": outcome.reply]))</p>" as Markup)
                """
            }
            return "<li><h3>\(kind)</h3>\(Markdown.html(given.answer.text, idPrefix: "v-\(given.id)-"))\(outcome)</li>"
        }
        return items.isEmpty ? .empty : "<ol class=\"entries\">\(items)</ol>"
    }

    private var arbitration: Markup {
        guard let reason = resource.arbitration else { return .empty }
        return "<h3>\(words("library.vouching.arbitration"))</h3>\(Markdown.html(reason, idPrefix: "a-"))"
    }

    /// What was rewritten after the validation, in its form only.
    private var changes: Markup {
        guard let validated = resource.validated else { return .empty }
        let diffs = resource.revision.sections.compactMap { section -> Markup? in
            let before = validated.section(section.key)?.body ?? ""
            return before == section.body ? nil : "<h3>\(section.title)</h3>\(ChangeView.html(from: before, to: section.body, words))"
        }
        guard !diffs.isEmpty else { return .empty }
        return """
            <details id="changements"><summary>\(words("library.vouching.changed", ["from": validated.number, "to": resource.revision.number]))</summary>\(diffs)</details>
            """
    }

    private var dimensions: Markup {
        guard !resource.covered.isEmpty || !resource.blanks.isEmpty else { return .empty }
        let covered = resource.covered.map { name -> Markup in "<li data-ok=\"true\">\(words("library.dimension.covered", ["name": name]))</li>" }
        let blanks = resource.blanks.map { blank -> Markup in
            let reason = blank.reason.isEmpty ? words("library.dimension.noReason") : blank.reason
            return "<li data-ok=\"false\">\(words("library.dimension.blank", ["name": blank.dimension, "reason": reason]))</li>"
        }
        return """
            <section id="dimensions"><h2>\(words("library.dimension.title"))</h2><ul class="reasons">\(covered)\(blanks)</ul></section>
            """
    }
}

/// What changed between two texts, said in words as well as shown.
enum ChangeView {
    static func html(from old: String, to new: String, _ words: Words) -> Markup {
        func removed(_ text: String) -> Markup {
            "<del><span class=\"unseen\">[\(words("library.diff.removed")) </span>\(text)<span class=\"unseen\">]</span></del>"
        }
        func added(_ text: String) -> Markup {
            "<ins><span class=\"unseen\">[\(words("library.diff.added")) </span>\(text)<span class=\"unseen\">]</span></ins>"
        }
        let blocks = Difference.between(old, new).compactMap { block -> Markup? in
            switch block {
            case .same: nil
            case .removed(let text): "<p class=\"removed\">\(removed(text))</p>"
            case .added(let text): "<p class=\"added\">\(added(text))</p>"
            case .changed(let runs):
                "<p>\(runs.map { $0.kind == .same ? Markup.text($0.text) : $0.kind == .removed ? removed($0.text) : added($0.text) })</p>"
            }
        }
        return "<div class=\"diff\">\(blocks)</div>"
    }
}
