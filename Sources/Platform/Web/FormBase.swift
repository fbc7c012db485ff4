import Formats

/// What a form was filled from: a page left open does not overwrite what somebody saved meanwhile, nor answers what it did
/// not show.
public struct FormBase: Sendable {
    private let hash: String

    /// - Parameter known: the fields as they are stored now.
    public init(_ known: Fields) {
        hash = Secrets.sha256(known.pairs.map { "\($0.0)=\($0.1)" }.sorted().joined(separator: "\n"))
    }

    /// - Parameter shown: names what the page shows: a request, a revision, what was quoted.
    public init(shown: String) { hash = shown }

    /// The field that goes with the form.
    public func field(_ form: FormView) -> Markup { form.hidden("base", hash) }
    /// The same for a lone button.
    public var hidden: [String: String] { ["base": hash] }

    /// Refuses what was filled from something else; a form without base is taken as it is.
    public func check(_ form: Fields, otherwise refusal: Refused = Refused("platform.form.changedMeanwhile")) throws {
        if isOther(than: form) { throw refusal }
    }

    /// What is stored now, above the form that came back for it; nothing otherwise.
    public func now(_ form: Fields, _ rows: [(label: String, value: String)], _ words: Words) -> Markup {
        guard isOther(than: form) else { return .empty }
        let items = rows.map { "<div><dt>\($0.label)</dt><dd>\($0.value.isEmpty ? "—" : $0.value)</dd></div>" as Markup }
        return "<section class=\"notice\"><h2>\(words("platform.form.now"))</h2><dl class=\"facts\">\(items)</dl></section>"
    }

    private func isOther(than form: Fields) -> Bool { form.optional("base").map { $0 != hash } ?? false }
}
