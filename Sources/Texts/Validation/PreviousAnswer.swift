import Database
import Formats
import Platform

/// What somebody had answered before they were asked again, and the revision it was about.
struct PreviousAnswer: Sendable {
    let given: Validation.Given
    let revision: Revision

    /// - Parameter earlier: the requests before the one that stands, newest first.
    static func of(_ personId: String?, _ earlier: [Validation], _ reader: any Reader) throws -> PreviousAnswer? {
        guard let last = earlier.first(where: { $0.person(personId)?.answer != nil }), let given = last.person(personId)?.answer else { return nil }
        return PreviousAnswer(given: given, revision: try TextQueries.revision(last.request.revisionId, of: last.request.textId, reader))
    }

    /// One's earlier answer, and what has changed up to the revision asked about now.
    func view(_ asked: Revision, _ words: Words) -> Markup {
        let said = words.name("texts.answer.said", of: given.answer.kind)
        let sentence = words("texts.previous.answer", ["number": revision.number, "day": given.answeredAt.day(), "said": said])
        return """
            <div class="notice"><p>\(sentence)</p>\(AnswerViews.paragraphs(given.answer.text))
            <details open><summary>\(words("texts.previous.difference", ["from": revision.number, "to": asked.number]))</summary>\(DifferenceView.show(revision, asked, isBrief: true, words))</details></div>
            """
    }
}
