import Community
import Formats
import Platform

extension Validation {
    /// Whether those asked found the text right by the rule of the programme: the host's signatory and enough of the visiting
    /// group endorsed it, with or without reservation, and no objection is open. Silence counts for nothing.
    package func isEndorsed(by rule: Programme.Rule) -> Bool {
        isEndorsed(requiresSignatory: rule.requiresSignatory, requiredShare: rule.requiredShare)
    }

    func isEndorsed(requiresSignatory: Bool, requiredShare: Double) -> Bool {
        func endorsing(_ people: [Person]) -> Int { people.filter { $0.answer.map { $0.answer.kind != .object } ?? false }.count }
        guard !isClosed, !objections.contains(where: { $0.outcome == nil }) else { return false }
        if requiresSignatory, endorsing(signatories) == 0 || endorsing(signatories) < signatories.count { return false }
        return endorsing(visitors) >= max(1, Int((Double(visitors.count) * requiredShare).rounded(.up)))
    }

    /// Refuses an answer from somebody who was not asked, or on a request that is over.
    func admit(_ personId: String?) throws -> Person {
        guard let person = person(personId) else { throw Forbidden(.answerValidation) }
        guard !isClosed else { throw Refused("texts.refusal.closed") }
        return person
    }

    /// Whether an answer came after the deadline: taken, and said late.
    func isLate(_ given: Given) -> Bool { given.answeredAt.day() > request.deadline }

    /// Somebody who found the text right may ask for a new validation once it has changed, even in its form only.
    func mayReopen(_ personId: String?) -> Bool {
        guard !isClosed, !since.isEmpty, let answer = person(personId)?.answer else { return false }
        return answer.answer.kind != .object
    }

    /// Refuses to ask again while an objection has no outcome, or about the very revision that is being answered.
    func admitNew(on revisionId: String) throws {
        guard !objections.contains(where: { $0.outcome == nil }) else { throw Refused("texts.refusal.openObjection") }
        guard isClosed || request.revisionId != revisionId else { throw Refused("texts.refusal.alreadyAsked") }
    }

    /// Checks what is said to have become of an objection.
    func settle(_ outcome: Outcome.Kind, reason: String) throws {
        if outcome == .changed, since.isEmpty { throw Refused("texts.refusal.notChanged", field: "outcome") }
        if outcome == .arbitrated, Markdown.isBlank(reason) { throw Refused("texts.refusal.arbitrationReason", field: "reason") }
    }
}
