/// May the words of an excerpt be read beyond the visiting group?
public enum Allowance: String, Sendable, Codable, CaseIterable {
    case pending, given, refused, withdrawn

    /// The latest answers count: a yes on other words or another attribution is no yes on these. A yes to the name is one to
    /// the quotation too; a no to the name says nothing of the quotation. A name shown takes a yes to the name.
    public static func of(_ excerpt: Excerpt, consents: [Consent]) -> Allowance {
        if excerpt.withdrawnAt != nil { return .withdrawn }
        let answers = consents.filter { $0.holds && $0.shownHash == excerpt.shownHash }
            .sorted { ($0.recordedAt, $0.id) < ($1.recordedAt, $1.id) }
        guard let last = answers.last(where: { $0.isGiven || $0.purpose == .quote }) else { return .pending }
        guard last.isGiven else { return .refused }
        guard excerpt.attribution == .name else { return .given }
        return answers.last { $0.purpose == .name }?.isGiven == true ? .given : .pending
    }

    /// Nobody reads the words any more: the person said no, or took their yes back.
    public var isHidden: Bool { self == .refused || self == .withdrawn }
}
