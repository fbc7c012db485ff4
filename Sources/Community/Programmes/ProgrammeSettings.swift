import Database
import Formats
import Platform

/// What whoever manages a programme may set: its title, its summary, its licence, its rule of publication.
struct ProgrammeSettings: Sendable, Equatable {
    let title: String
    let summary: String
    let license: ProgrammeFile.Licence
    let requiresSignatory: Bool
    /// In percent.
    let share: Int
    let answerDays: Int
    let audience: Audience?

    /// - Throws: `Refusals`, one for each field.
    init(_ form: Fields) throws {
        var refusals: [any Refusal] = []
        title = form.line("title")
        summary = form.text("summary")
        license = ProgrammeFile.Licence(rawValue: form.line("license")) ?? .attributionShareAlike
        requiresSignatory = form.has("requires_signatory")
        share = form.integer("share") ?? -1
        answerDays = form.integer("answer_days") ?? -1
        audience = ProgrammeAudience.read(form)
        if title.isEmpty { refusals.append(Refused("community.settings.titleMissing", field: "title")) }
        if title.unicodeScalars.count > 500 {
            refusals.append(Refused("community.settings.titleTooLong", field: "title"))
        }
        if summary.unicodeScalars.count > 50_000 {
            refusals.append(Refused("community.settings.summaryTooLong", field: "summary"))
        }
        if ProgrammeFile.Licence(rawValue: form.line("license")) == nil {
            refusals.append(Refused("community.settings.licenceUnknown", field: "license"))
        }
        if !(0...100).contains(share) { refusals.append(Refused("community.settings.shareRange", field: "share")) }
        if !(1...365).contains(answerDays) {
            refusals.append(Refused("community.settings.delayRange", field: "answer_days"))
        }
        guard refusals.isEmpty else { throw Refusals(refusals) }
    }

    func save(_ programme: String, in change: Change) throws {
        try change.run(
            """
            UPDATE programme SET title = \(title), summary = \(summary), license = \(license.rawValue),
                requires_signatory = \(requiresSignatory), required_share = \(Double(share) / 100), answer_days = \(answerDays)
            WHERE id = \(programme)
            """)
        if let audience { try ProgrammeAudience.set(audience, of: programme, in: change) }
        try Scopes.rename(programme, to: title, in: change)
        try Programme.index(programme, in: change)
        try Programme.rename(programme, to: title, in: change)
    }

    /// What is known, for the form.
    static func fields(of programme: Programme) -> Fields {
        let rule = programme.rule
        return Fields(
            [
                ("title", programme.title), ("summary", programme.summary), ("license", programme.license),
                ("share", String(rule.sharePercent)), ("answer_days", String(rule.answerDays)),
                ("audience", programme.audience.rawValue),
            ] + (rule.requiresSignatory ? [("requires_signatory", "1")] : []))
    }
}
