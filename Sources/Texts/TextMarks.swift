import Database
import Formats
import Platform
import Visits

/// Where the texts of visits stand among the nine stages: sheet, its sending, synthesis, validation.
enum TextMarks {
    static func marks(_ visitIds: [String], _ reader: any Reader, _ request: Request) throws -> [String: [StageMark]] {
        try visitIds.reduce(into: [:]) { all, id in
            let visit = try VisitQueries.load(id: id, reader)
            let sheet = try TextQueries.texts(about: id, kind: .sheet, reader).first
            let synthesis = try TextQueries.texts(about: id, kind: .synthesis, reader).first
            all[id] =
                try sheetMarks(sheet, visit, reader, request) + synthesisMarks(synthesis, visit, reader, request)
        }
    }

    private static func sheetMarks(_ text: Text?, _ visit: Visit, _ reader: any Reader, _ request: Request) throws -> [StageMark] {
        let words = request.words
        let labels = (words("texts.mark.sheet"), words("texts.mark.sending"))
        let head = try text.map { try TextQueries.head($0.id, reader) }
        let path = try address(text, visit, reader, request)
        guard let text, let head, !head.isBlank else {
            let writer = visit.hostName ?? words("texts.mark.host")
            return [
                StageMark(
                    rank: 3, label: labels.0, state: visit.stage == .candidate ? .todo : .now,
                    detail: words("texts.mark.toWriteBy", ["name": writer]), path: path,
                    missing: visit.stage == .candidate ? nil : words("texts.missing.sheet", ["name": writer])),
                StageMark(rank: 4, label: labels.1, state: .todo, detail: words("texts.mark.notYet"), path: path),
            ]
        }
        let sendings = try Sending.of(text.id, reader)
        let sent = Set(sendings.map(\.personId)).count
        return [
            StageMark(rank: 3, label: labels.0, state: .done, detail: words("texts.revision.number", ["n": head.number]), path: path),
            StageMark(
                rank: 4, label: labels.1, state: sent == 0 ? .now : .done,
                detail: sent == 0 ? words("texts.mark.toSend") : words("texts.mark.sentTo", ["n": sent]), path: path,
                missing: sent == 0 ? words("texts.missing.sending") : nil),
        ]
    }

    private static func synthesisMarks(_ text: Text?, _ visit: Visit, _ reader: any Reader, _ request: Request) throws -> [StageMark] {
        let words = request.words
        let labels = (words("texts.mark.synthesis"), words("texts.mark.validation"))
        let head = try text.map { try TextQueries.head($0.id, reader) }
        let path = try address(text, visit, reader, request)
        guard let text, let head, !head.isBlank else {
            return [
                StageMark(
                    rank: 7, label: labels.0, state: visit.isHeld ? .now : .todo, detail: words("texts.mark.notYet"), path: path,
                    missing: visit.isHeld ? words("texts.missing.synthesis") : nil),
                StageMark(rank: 8, label: labels.1, state: .todo, detail: words("texts.mark.notYet")),
            ]
        }
        guard let validation = try Validation.summary(text.id, reader), !validation.isClosed else {
            let written = head.sections.filter { !Markdown.isBlank($0.body) }.count
            return [
                StageMark(
                    rank: 7, label: labels.0, state: .now,
                    detail: words("texts.mark.sections", ["n": written, "all": head.sections.count]), path: path,
                    missing: words("texts.missing.ask")),
                StageMark(rank: 8, label: labels.1, state: .todo, detail: words("texts.mark.notYet"), path: path),
            ]
        }
        return [
            StageMark(rank: 7, label: labels.0, state: .done, detail: words("texts.revision.number", ["n": head.number]), path: path),
            validationMark(
                validation, labels.1, path.hasPrefix("/textes/") ? "\(path)/validation" : path,
                isPublished: visit.stage == .published, request),
        ]
    }

    /// The text for who may read it; the visit for the others.
    private static func address(_ text: Text?, _ visit: Visit, _ reader: any Reader, _ request: Request) throws -> String {
        guard let text, let thing = try reader.protection(of: text.id), request.site.policy.allows(.see, request.viewer, on: thing)
        else { return "\(visit.path)#textes" }
        return "/textes/\(text.id)"
    }

    /// « 3 réponses sur 6 ». Once published, who did not answer stays « sans réponse » and nothing is waited for.
    private static func validationMark(
        _ validation: Validation, _ label: String, _ path: String, isPublished: Bool, _ request: Request
    ) -> StageMark {
        let words = request.words
        let silent = validation.silent.count
        let open = validation.objections.filter { $0.outcome == nil }.count
        let missing =
            open > 0
            ? words("texts.missing.objections", ["n": open])
            : silent > 0 && !isPublished
                ? words("texts.missing.answers", ["n": silent])
                : validation.hasChanged ? words("texts.missing.askAgain") : nil
        let isLate = silent > 0 && validation.request.deadline < request.now.day()
        return StageMark(
            rank: 8, label: label, state: missing == nil ? .done : isLate ? .late : .now,
            detail: words("texts.mark.answers", ["n": validation.people.count - silent, "all": validation.people.count]), path: path,
            missing: missing)
    }
}
