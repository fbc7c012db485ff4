import Formats

/// What a form was filled from: a page left open does not overwrite what somebody saved meanwhile.
public struct FormBase: Sendable {
    private let hash: String

    /// - Parameter known: the fields as they are stored now.
    public init(_ known: Fields) {
        hash = Secrets.sha256(known.pairs.map { "\($0.0)=\($0.1)" }.sorted().joined(separator: "\n"))
    }

    /// The field that goes with the form.
    public func field(_ form: FormView) -> Markup { form.hidden("base", hash) }

    /// Refuses what was filled from something else; a form without base is taken as it is.
    public func check(_ form: Fields) throws {
        if isOther(than: form) { throw Refused("platform.form.changedMeanwhile") }
    }

    /// What is stored now, above the form that came back for it; nothing otherwise.
    public func now(_ form: Fields, _ rows: [(label: String, value: String)], _ words: Words) -> Markup {
        guard isOther(than: form) else { return .empty }
        let items = rows.map { "<div><dt>\($0.label)</dt><dd>\($0.value.isEmpty ? "—" : $0.value)</dd></div>" as Markup }
        return "<section class=\"notice\"><h2>\(words("platform.form.now"))</h2><dl class=\"facts\">\(items)</dl></section>"
    }

    private func isOther(than form: Fields) -> Bool { form.optional("base").map { $0 != hash } ?? false }
}
