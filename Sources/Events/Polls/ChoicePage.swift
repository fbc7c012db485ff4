import Database
import Formats
import Platform

/// Before a date is retained: who said nothing yet, until when answers are expected, who will be written to.
enum ChoicePage {
    static func show(_ request: Request, _ frame: EventFrame) async throws -> Response {
        let board = try await request.site.database.read { try Polls.last(about: frame.event.id, $0) }
        guard let board, !board.poll.isClosed, let option = board.options.first(where: { $0.id == request.query["option"] }) else {
            return .redirect("\(frame.path)/sondage")
        }
        let words = request.words
        let dates = option.said(board.poll.halfDays, in: words)
        let title = words("events.poll.choose", ["dates": dates])
        let today = request.now.day(in: frame.event.zone)
        let silent = board.silent.map(\.name)
        let told = board.voters.filter { $0.email != nil && $0.personId != request.viewer.personId }.map(\.name)
        let waiting = board.poll.answerBy.flatMap { silent.isEmpty || $0 < today ? nil : words("events.poll.sure.until", ["day": $0]) }
        let missing = silent.isEmpty ? words("events.poll.sure.all") : words("events.poll.sure.silent", ["n": silent.count, "names": words.list(silent)])
        let mails = told.isEmpty ? words("events.poll.sure.toldNobody") : words("events.poll.sure.told", ["names": words.list(told)])
        let others = frame.event.kind == .visit ? words("events.poll.sure.others") : nil
        let form = FormView(request)
        return .page(
            frame.page(
                title, request,
                """
                <h1>\(title)</h1><p class="lede">\([missing, waiting].compactMap(\.self).joined(separator: " "))</p>
                <p>\([mails, others].compactMap(\.self).joined(separator: " "))</p>
                \(form.form(to: "\(frame.path)/sondage/choix", button: words("events.poll.sure.button"), cancel: "\(frame.path)/sondage", form.hidden("option", option.id)))
                """))
    }
}
