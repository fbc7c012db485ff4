import Formats
import Platform
import Texts

/// Who validated a text, with what reservations, what it covers, on its paper: what `Vouching` shows on its page.
struct VouchingPaper {
    let words: Words
    let resource: Resource

    var blocks: [Prose.Block] { validation + dimensions }

    private var validation: [Prose.Block] {
        guard let validation = resource.validation else { return [] }
        let head = ["side", "function", "answer"].map { [Prose.Inline.text(words("library.paper.\($0)"))] }
        let rows = validation.people.map { person in
            [words("library.side.\(person.isStaff ? "staff" : person.side.rawValue)"), Vouching.who(person, words), answer(person)].map { [Prose.Inline.text($0)] }
        }
        let about = words(
            "library.vouching.about",
            ["number": validation.request.revisionNumber, "asked": validation.request.askedAt.day(), "deadline": validation.request.deadline])
        var blocks: [Prose.Block] = [
            .heading(1, [.text(words("library.vouching.title"))]), .paragraph([.text(about)]), .table(Prose.Table(sides: [], head: head, rows: rows)),
        ]
        blocks += said(validation) + resource.earlier.flatMap { said($0, isEarlier: true) }
        if let reason = resource.arbitration {
            blocks += [.heading(2, [.text(words("library.vouching.arbitration"))])] + ProseReader.blocks(reason)
        }
        if let validated = resource.validated, validated.hash != resource.revision.hash {
            blocks.append(.paragraph([.text("\(words("library.vouching.changed", ["from": validated.number, "to": resource.revision.number])).")]))
        }
        return blocks
    }

    private func answer(_ person: Validation.Person) -> String {
        guard let given = person.answer else { return words("library.answer.none") }
        var parts = [words.name("library.answer", of: given.answer.kind)]
        if let outcome = given.outcome { parts.append("— \(words.name("library.outcome", of: outcome.outcome))") }
        var said = parts.joined(separator: " ") + ", \(words.date(given.answeredAt.day()))"
        if resource.validation?.isLate(given) == true { said += " (\(words("library.answer.late")))" }
        if let channel = given.receivedBy { said += ". \(words("library.vouching.entered", ["channel": words.name("library.channel", of: channel)]))" }
        if !given.answer.interests.isEmpty { said += ". \(words("library.vouching.interests", ["text": given.answer.interests]))" }
        return said
    }

    /// Reservations and objections, whole, with what was decided and the reply.
    private func said(_ validation: Validation, isEarlier: Bool = false) -> [Prose.Block] {
        validation.people.flatMap { person in
            Self.printed(person).flatMap { given -> [Prose.Block] in
                let kind = given.answer.kind == .object ? "objection" : "reservation"
                var blocks: [Prose.Block] = [.heading(2, [.text(words("library.vouching.\(kind)", ["who": Vouching.who(person, words)]))])]
                if isEarlier {
                    let day = words.date(validation.request.askedAt.day())
                    blocks.append(.line(.particulars, [.text(words("library.vouching.earlier", ["number": validation.request.revisionNumber, "day": day]))]))
                }
                blocks += ProseReader.blocks(given.answer.text)
                if let outcome = given.outcome {
                    blocks.append(.paragraph([.text("\(words("library.vouching.outcome", ["outcome": words.name("library.outcome", of: outcome.outcome)])) \(outcome.reason)")]))
                    if !outcome.reply.isEmpty { blocks.append(.paragraph([.text(words("library.vouching.reply", ["text": outcome.reply]))])) }
                }
                return blocks
            }
        }
    }

    /// The reservation or the objection that stands, and the objections that had an outcome before another answer.
    private static func printed(_ person: Validation.Person) -> [Validation.Given] {
        [person.answer].compactMap { $0 }.filter { $0.answer.kind != .endorse } + person.earlier.filter { $0.outcome != nil }
    }

    private var dimensions: [Prose.Block] {
        var lines: [String] = []
        if !resource.covered.isEmpty { lines.append(words("library.dimension.covered", ["n": resource.covered.count, "names": words.list(resource.covered)])) }
        lines += resource.blanks.filter { !$0.reason.isEmpty }.map { words("library.dimension.blank", ["name": $0.dimension, "reason": $0.reason]) }
        let unexplained = resource.blanks.filter(\.reason.isEmpty).map(\.dimension)
        if !unexplained.isEmpty { lines.append(words("library.dimension.unexplained", ["n": unexplained.count, "names": words.list(unexplained)])) }
        guard !lines.isEmpty else { return [] }
        return [.heading(1, [.text(words("library.dimension.title"))]), .list(Prose.List(items: lines.map { [.paragraph([.text($0)])] }))]
    }
}
