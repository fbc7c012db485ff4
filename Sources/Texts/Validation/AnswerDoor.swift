import Database
import Platform
import Visits

/// The private link by which somebody without account answers about a text of a visit, made anew when they are written to: those that they
/// hold stay as they are.
enum AnswerDoor {
    /// For somebody whose answer is waited for, at the stage of the text that asks it.
    @Sendable static func open(_ visitId: String, _ stage: StageMark.Stage?, for personId: String, in change: Change) throws -> Door? {
        guard let stage, let kind = TextKind.allCases.first(where: { $0.asking == stage }),
            let text = try TextQueries.texts(about: visitId, kind: kind, change).first, let thing = try change.protection(of: text.id),
            change.site.policy.allows(.askValidation, change.viewer, on: thing),
            let validation = try Validation.summary(text.id, change), !validation.isClosed, validation.silent.contains(where: { $0.personId == personId })
        else { return nil }
        let link = try TextMail.link(to: personId, about: text.id, until: validation.request.deadline, in: change)
        return Door(stage, link.path, lastDay: link.lastDay)
    }
}

extension TextKind {
    /// The stage of a visit at which people are asked about it.
    var asking: StageMark.Stage? {
        switch self {
        case .synthesis: .validation
        case .minutes: .minutes
        case .sheet, .impression, .publicVersion, .grid: nil
        }
    }
}
