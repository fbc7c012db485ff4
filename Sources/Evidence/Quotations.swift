import Database
import Formats
import Notes
import Platform

/// What `[[citation:ID]]` shows: the words to those who may read them, a neutral mark to the others.
enum Quotations {
    static let directive = Directive(
        "citation", render: render,
        commitments: { ids, reader in
            Dictionary(uniqueKeysWithValues: try ExcerptQueries.excerpts(ids, reader).map { ($0.id, $0.commitment) })
        },
        noted: { textId, ids, change in try ExcerptQueries.note(textId, ids, in: change) })

    @Sendable private static func render(_ ids: [String], _ reader: any Reader, _ request: Request) throws -> [String: Markup] {
        let excerpts = try ExcerptQueries.excerpts(ids, reader)
        let allowances = try ExcerptQueries.allowances(of: excerpts, reader)
        let (readable, quoted) = (try readable(ids, reader, request), try quoted(ids, reader, request))
        return Dictionary(
            uniqueKeysWithValues: excerpts.map { excerpt in
                let quotation = Quotation(
                    excerpt: excerpt, allowance: allowances[excerpt.id] ?? .pending, isReadable: readable.contains(excerpt.id),
                    isQuoted: quoted.contains(excerpt.id), request: request)
                return (excerpt.id, quotation.markup)
            })
    }

    /// Those that the policy lets this person see. A guest's link opens one text: for what it quotes, their circles decide.
    private static func readable(_ ids: [String], _ reader: any Reader, _ request: Request) throws -> Set<String> {
        var viewer = request.viewer
        viewer.onlyObject = nil
        let seen = try reader.texts(
            """
            SELECT object_id FROM access WHERE object_id IN \(list: ids) AND \(request.site.policy.condition(.see, viewer))
            """)
        return Set(seen)
    }

    /// Those that a text which this person may read quotes, as somebody who could read them wrote it: an identifier alone opens nothing.
    private static func quoted(_ ids: [String], _ reader: any Reader, _ request: Request) throws -> Set<String> {
        let quoted = try reader.texts(
            """
            SELECT DISTINCT excerpt_id FROM quotation_ever CROSS JOIN access
            WHERE excerpt_id IN \(list: ids) AND access.object_id = text_id AND \(request.site.policy.condition(.see, request.viewer))
            """)
        return Set(quoted)
    }
}

/// One quotation as one person may read it.
struct Quotation {
    let excerpt: Excerpt
    let allowance: Allowance
    /// Of the visiting group, as long as the consent is awaited.
    let isReadable: Bool
    /// By a text that this person may read.
    let isQuoted: Bool
    let request: Request
    private var words: Words { request.words }

    /// A yes to be quoted is one to every reader of a text that quotes; until then the visiting group reads the words, nobody else;
    /// after a no, nobody at all.
    var markup: Markup {
        switch allowance {
        case .withdrawn, .refused: mark("withdrawn")
        case .pending: isReadable ? figure : mark("pending")
        case .given: isReadable || isQuoted ? figure : mark("pending")
        }
    }

    private func mark(_ state: String) -> Markup {
        "<p class=\"quotation \(state)\" id=\"citation-\(excerpt.id)\" lang=\"\(words.language.rawValue)\">\(words("evidence.quotation.\(state)"))</p>"
    }

    private var figure: Markup {
        """
        <figure class="quotation\(excerpt.isSpeech ? "" : " reworded")" id="citation-\(excerpt.id)"><blockquote>\(excerpt.said(words))</blockquote><figcaption lang="\(words.language.rawValue)">\(caption)</figcaption></figure>
        """
    }

    private var caption: Markup {
        var parts: [Markup] = [.text(excerpt.shownAs(words))]
        if !excerpt.isSpeech { parts.append(.text(words.name("evidence.manner", of: excerpt.manner))) }
        if allowance == .pending {
            parts.append("<span class=\"state\" data-state=\"waiting\">\(words("evidence.quotation.onlyGroup"))</span>")
        }
        if let source { parts.append("<a href=\"\(source)\">\(words("evidence.quotation.source"))</a>") }
        return parts.joined(separator: " · ")
    }

    /// The address of « D'où vient ce texte »: the public one on public pages; none for whoever may not open it.
    private var source: String? {
        let parts = request.path.split(separator: "/")
        if parts.count >= 2, parts[0] == "ressources" { return "/ressources/\(parts[1])/sources/\(excerpt.id)" }
        return isReadable && request.viewer.onlyObject == nil ? "/extraits/\(excerpt.id)" : nil
    }
}

extension Excerpt {
    /// Who the words are said to come from.
    public func shownAs(_ words: Words) -> String {
        attribution == .none || shownAs.isEmpty ? words("evidence.attribution.nobody") : shownAs
    }

    /// The words as they are printed: between quotation marks only when they were noted word for word, and once: those of
    /// the note give way. The words that are kept, and agreed on, stay exact.
    public func said(_ words: Words) -> String { isSpeech ? words.quoted(BareWords.of(self.words)) : self.words }
}
