import Community
import Formats
import Platform

extension Validation {
    /// Whether those asked found the text right by the rule of the programme: the host's signatory and enough of the visiting
    /// group endorsed it, with or without reservation, in time, and no objection is open. Silence counts for nothing.
    package func isEndorsed(by rule: Programme.Rule, on today: Day) -> Bool {
        // A grid has no host: those asked answer for themselves.
        let hasHost = !people.contains { $0.side == .member }
        return isEndorsed(requiresSignatory: rule.requiresSignatory && hasHost, requiredShare: rule.requiredShare, on: today)
    }

    func isEndorsed(requiresSignatory: Bool, requiredShare: Double, on today: Day) -> Bool {
        guard !isClosed, hasHadTime(on: today), !objections.contains(where: { $0.outcome == nil }) else { return false }
        if requiresSignatory, signatory.map({ isCounted($0) { $0.kind != .object } }) != true { return false }
        let endorsing = visitors.filter { isCounted($0) { $0.kind != .object } }.count
        return endorsing >= max(1, Int((Double(groupSize) * requiredShare).rounded(.up)))
    }

    /// Whether everybody had the time to object: the deadline is over, or nobody is waited for.
    package func hasHadTime(on today: Day) -> Bool { silent.isEmpty || today > request.deadline }

    /// Whether somebody's answer is of a kind, and was so by the deadline: what comes late counts for nothing, and takes
    /// nothing away from the same answer given in time.
    package func isCounted(_ person: Person, _ isSo: (Answer) -> Bool) -> Bool {
        guard let given = person.answer, isSo(given.answer) else { return false }
        return ([given] + person.earlier).contains { !isLate($0) && isSo($0.answer) }
    }

    /// Refuses an answer from somebody who was not asked, or on a request that is over.
    func admit(_ personId: String?) throws -> Person {
        guard let person = person(personId) else { throw Forbidden(.answerValidation) }
        guard !isClosed else { throw Refused("texts.refusal.closed") }
        return person
    }

    /// Whether an answer came after the deadline: taken, and said late.
    package func isLate(_ given: Given) -> Bool { given.answeredAt.day() > request.deadline }

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

    /// Whether the text has changed, in more than its form, since somebody objected.
    func hasChanged(since given: Given) -> Bool { since.contains { !$0.isFormOnly && $0.createdAt > given.answeredAt } }

    /// Checks what is said to have become of an objection.
    func settle(_ objection: Given, as outcome: Outcome.Kind, reason: String) throws {
        if outcome == .changed, !hasChanged(since: objection) { throw Refused("texts.refusal.notChanged", field: "outcome") }
        if outcome != .withdrawn, Markdown.isBlank(reason) {
            throw Refused("texts.refusal.\(outcome == .arbitrated ? "arbitration" : "change")Reason", field: "reason")
        }
    }

    /// Whether the host's signatory let the deadline pass, asked and reminded: the steering group may then decide.
    package func isHostSilent(on today: Day) -> Bool {
        guard let signatory, signatory.answer == nil, today > request.deadline else { return false }
        return signatory.wasReminded
    }

    /// Whether the host's signatory keeps the text unpublishable without objecting to it: there is then nothing to change.
    package var isHeldBack: Bool {
        guard let answer = signatory?.answer?.answer else { return false }
        return answer.kind != .object && !answer.isPublishable
    }

    /// Whether something waits for the steering group: an open objection, a silent host, a text held back.
    func mayRefer(on today: Day) -> Bool {
        guard !isClosed else { return false }
        return objections.contains { $0.outcome == nil } || isHostSilent(on: today) || isHeldBack
    }
}

extension Validation.Person {
    /// A mail was sent again; nobody is reminded by mail who has no address.
    package var wasReminded: Bool { remindedAt != nil || email == nil }

    /// The same form sent twice is one answer, unless somebody else had entered it, or it was taken back meanwhile.
    func isNews(_ answer: Answer) -> Bool {
        guard let given = self.answer else { return true }
        return given.answer != answer || given.receivedBy != nil || given.outcome?.outcome == .withdrawn
    }
}
