import Database
import Formats
import Platform
import Visits

/// Where the texts of visits stand among the nine stages: sheet, its sending, synthesis, validation. Who may not read a text
/// is told how far it has come, and nothing that it holds.
enum TextMarks {
    static func marks(_ visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [String: [StageMark]] {
        let texts = try TextMarkQueries.texts(about: visitIds, reader, request)
        let silent = try TextMarkQueries.silent(texts, reader)
        let officers = try TextMarkQueries.officers(of: visitIds, reader)
        let byVisit = Dictionary(grouping: texts, by: \.subjectId)
        return Dictionary(
            uniqueKeysWithValues: try VisitQueries.all(ids: visitIds, reader).map { visit in
                let own = byVisit[visit.id] ?? []
                let marks = TextMark(visit: visit, request: request, officers: officers[visit.id] ?? [], silent: silent)
                func text(_ kind: TextKind) -> MarkedText? { own.first { $0.kind == kind } }
                return (visit.id, marks.sheet(text(.sheet)) + [marks.minutes(text(.minutes))] + marks.synthesis(text(.synthesis)))
            })
    }
}

/// A text as its marks need it.
struct MarkedText: Sendable {
    var id: String
    var kind: TextKind
    var subjectId: String
    var number: Int
    /// Sections with something to read, and all of them.
    var written: Int
    var sections: Int
    /// People who were sent any revision.
    var sentTo: Int
    /// Its host said that it has finished.
    var isFinished: Bool
    var isReadable: Bool
    /// Minutes approved as they are now.
    var isApproved: Bool
    var request: Asked?

    /// The request that stands.
    struct Asked: Sendable, Decodable {
        var textId: String
        var deadline: Day
        var people: Int
        var silent: Int
        var objections: Int
        var changes: Int
    }
}

/// The marks of one visit.
private struct TextMark {
    let visit: Visit
    let request: Request
    /// Those who carry out the programme.
    let officers: [String]
    /// Who has not answered, by text.
    let silent: [String: [String]]
    var words: Words { request.words }

    func sheet(_ text: MarkedText?) -> [StageMark] {
        let labels = (words("texts.mark.sheet"), words("texts.mark.sending"))
        // A sheet that is not begun is begun by those of the visit.
        let path = text == nil && request.viewer.isMember(of: visit.circleId) ? "\(visit.path)/fiche" : address(text)
        guard let text, text.written > 0 else {
            // Nobody writes it as long as no structure receives the visit.
            let writer = visit.hostName
            let isCandidate = visit.stage == .candidate
            return [
                StageMark(
                    .stage(.sheet), label: labels.0, state: isCandidate || writer == nil ? .todo : .now,
                    detail: writer.map { words("texts.mark.toWriteBy", ["name": $0]) } ?? words("texts.mark.noHost"), path: path,
                    missing: isCandidate ? nil : writer.map { words("texts.missing.sheet", ["name": $0]) }),
                StageMark(.stage(.sheet), label: labels.1, state: .todo, detail: words("texts.mark.notYet"), path: path),
            ]
        }
        let isSent = text.sentTo > 0
        let isWhole = text.written == text.sections || isSent || text.isFinished
        let parts = words("texts.mark.sections", ["n": text.written, "all": text.sections])
        let sending = isSent ? words("texts.mark.sentTo", ["n": text.sentTo]) : words("texts.mark.toSend")
        return [
            StageMark(
                .stage(.sheet), label: labels.0, state: isWhole ? .done : .now,
                detail: text.isFinished ? finished(text) : text.written == text.sections ? shown(text, number(text)) : shown(text, parts, else: isWhole ? "texts.mark.done" : "texts.mark.underWay"),
                path: path, missing: isWhole ? nil : words("texts.missing.sheetPart", ["n": text.written, "all": text.sections])),
            StageMark(
                .stage(.sheet), label: labels.1, state: isSent ? .done : isWhole ? .now : .todo, detail: isSent ? shown(text, sending) : sending, path: path,
                missing: isSent || !isWhole ? nil : words("texts.missing.sending")
            ).waiting(for: isSent || !isWhole ? [] : officers, turn: isSent || !isWhole ? nil : words("texts.mark.turnOfficer")),
        ]
    }

    /// « terminée par la structure, 1 section sur 2 ».
    private func finished(_ text: MarkedText) -> String {
        text.isReadable && text.written < text.sections
            ? words("texts.mark.finishedPart", ["n": text.written, "all": text.sections]) : words("texts.mark.finished")
    }

    /// Written, sent for remarks, amended, approved. Once the synthesis is published nothing is waited for any more.
    func minutes(_ text: MarkedText?) -> StageMark {
        func mark(_ state: StageMark.State, _ detail: String, _ missing: String? = nil) -> StageMark {
            StageMark(.stage(.minutes), label: words("texts.mark.minutes"), state: state, detail: detail, path: address(text), missing: missing)
        }
        guard let text, text.written > 0 else {
            if visit.stage == .published { return mark(.skipped, words("texts.mark.unwritten")) }
            return mark(visit.isHeld ? .now : .todo, words(visit.isHeld ? "texts.mark.toWrite" : "texts.mark.notYet"), visit.isHeld ? words("texts.missing.minutes") : nil)
        }
        let isWritten = text.written == text.sections
        if text.isApproved || (isWritten && visit.stage == .published) { return mark(.done, shown(text, words("texts.mark.approved"))) }
        guard let asked = text.request, visit.stage != .published else {
            let written = shown(text, words("texts.mark.sections", ["n": text.written, "all": text.sections]), else: "texts.mark.underWay")
            if visit.stage == .published { return mark(.skipped, written) }
            return mark(.now, written, words(isWritten ? "texts.missing.minutesSending" : "texts.missing.minutes"))
        }
        let answers = shown(text, words("texts.mark.answers", ["n": asked.people - asked.silent, "all": asked.people]), else: "texts.mark.underWay")
        if asked.objections > 0 { return mark(.now, answers, words("texts.missing.objections", ["n": asked.objections])) }
        if asked.changes > 0 { return mark(.now, answers, words("texts.missing.minutesAmended")) }
        guard asked.silent > 0 else { return mark(.now, answers, words("texts.missing.minutesRemarked")) }
        return mark(.now, answers, words("texts.missing.minutesAnswers", ["n": asked.silent])).waiting(
            for: silent[text.id] ?? [], until: asked.deadline, turn: words("texts.mark.turnAsked"))
    }

    func synthesis(_ text: MarkedText?) -> [StageMark] {
        let labels = (words("texts.mark.synthesis"), words("texts.mark.validation"))
        let path = address(text)
        guard let text, text.written > 0 else {
            return [
                StageMark(
                    .stage(.synthesis), label: labels.0, state: visit.isHeld ? .now : .todo, detail: words(visit.isHeld ? "texts.mark.toWrite" : "texts.mark.notYet"), path: path,
                    missing: visit.isHeld ? words("texts.missing.synthesis") : nil
                ).asking(words("texts.todo.synthesis.write", ["visit": visit.name])),
                StageMark(.stage(.validation), label: labels.1, state: .todo, detail: words("texts.mark.notYet")),
            ]
        }
        guard let asked = text.request else {
            let written = words("texts.mark.sections", ["n": text.written, "all": text.sections])
            return [
                StageMark(
                    .stage(.synthesis), label: labels.0, state: .now, detail: shown(text, written, else: "texts.mark.underWay"), path: path,
                    missing: words("texts.missing.ask")
                ).asking(words(text.written < text.sections ? "texts.todo.synthesis.finish" : "texts.todo.synthesis.ask", ["visit": visit.name])),
                StageMark(.stage(.validation), label: labels.1, state: .todo, detail: words("texts.mark.notYet"), path: path),
            ]
        }
        return [
            StageMark(.stage(.synthesis), label: labels.0, state: .done, detail: shown(text, number(text)), path: path),
            validation(asked, of: text, labels.1, text.isReadable ? "\(path)/validation" : path),
        ]
    }

    /// « 3 réponses sur 6 », and whose answer is waited for. Once published, who did not answer stays « sans réponse » and nothing is waited for.
    private func validation(_ asked: MarkedText.Asked, of text: MarkedText, _ label: String, _ path: String) -> StageMark {
        let missing =
            asked.objections > 0
            ? words("texts.missing.objections", ["n": asked.objections])
            : asked.silent > 0 && visit.stage != .published
                ? words("texts.missing.answers", ["n": asked.silent])
                : asked.changes > 0 ? words("texts.missing.askAgain") : nil
        let waited = visit.stage == .published ? [] : silent[text.id] ?? []
        // The day that people were given is the one that counts, whatever the usual time of the stage.
        func waiting(_ mark: StageMark) -> StageMark {
            mark.waiting(for: waited, until: asked.deadline, turn: waited.isEmpty ? nil : words("texts.mark.turnAsked"))
        }
        guard text.isReadable else {
            let isDone = missing == nil
            return waiting(
                StageMark(
                    .stage(.validation), label: label, state: isDone ? .done : .now, detail: words(isDone ? "texts.mark.done" : "texts.mark.underWay"),
                    path: path))
        }
        let isLate = asked.silent > 0 && asked.deadline < request.now.day()
        return waiting(
            StageMark(
                .stage(.validation), label: label, state: missing == nil ? .done : isLate ? .late : .now,
                detail: words("texts.mark.answers", ["n": asked.people - asked.silent, "all": asked.people]), path: path, missing: missing))
    }

    private func number(_ text: MarkedText) -> String { words("texts.revision.number", ["n": text.number]) }

    /// A detail for who may read the text, a neutral word for the others.
    private func shown(_ text: MarkedText, _ detail: String, else key: String = "texts.mark.done") -> String {
        text.isReadable ? detail : words(key)
    }

    /// The text for who may read it; the visit for the others.
    private func address(_ text: MarkedText?) -> String {
        text.flatMap { $0.isReadable ? "/textes/\($0.id)" : nil } ?? "\(visit.path)#textes"
    }
}
