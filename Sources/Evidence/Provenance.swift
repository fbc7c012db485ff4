import Database
import Events
import Formats
import Notes
import Platform

/// « D'où vient ce texte », as anybody may read it: the visit, the kind of meeting, how it was noted, who is said to speak, where
/// the consent stands. Never the note, and no word of a quotation that is not allowed.
package struct Provenance: Sendable, Equatable {
    package let excerptId: String
    /// Nil unless the person quoted agreed.
    package let words: String?
    package let manner: Manner
    package let visit: String
    package let encounter: StakeholderKind?
    package let dimension: String?
    /// Nil for a quotation that is attributed to nobody, or hidden.
    package let shownAs: String?
    package let allowance: Allowance

    /// The provenance of one quotation, for a page that the reader may see. A hidden one keeps the visit alone.
    /// - Throws: `NotFound`
    package static func of(_ excerptId: String, _ reader: any Reader) throws -> Provenance {
        let excerpt = try ExcerptQueries.excerpt(excerptId, reader)
        let allowance = try ExcerptQueries.allowances(of: [excerpt], reader)[excerptId] ?? .pending
        let place = try reader.first(
            ProvenanceRow.self,
            """
            SELECT visit.name AS visit, encounter.kind AS encounter, dimension.name AS dimension FROM excerpt
            JOIN visit ON visit.id = excerpt.visit_id
            LEFT JOIN encounter ON encounter.id = excerpt.encounter_id
            LEFT JOIN dimension ON dimension.id = excerpt.dimension_id
            WHERE excerpt.id = \(excerptId)
            """)
        guard let place else { throw NotFound() }
        let isHidden = allowance.isHidden
        return Provenance(
            excerptId: excerptId, words: allowance == .given ? excerpt.words : nil, manner: excerpt.manner, visit: place.visit,
            encounter: isHidden || excerpt.hidesEncounter ? nil : place.encounter, dimension: isHidden ? nil : place.dimension,
            shownAs: isHidden || excerpt.attribution == .none ? nil : excerpt.shownAs, allowance: allowance)
    }

    /// The facts as one line, for a note of a paper.
    package func said(_ words: Words) -> String { rows(words).map { words("evidence.fact.said", ["fact": words("evidence.fact.\($0.0)"), "value": $0.1]) }.joined(separator: ". ") + "." }

    /// The facts, for a page of « D'où vient ce texte »; `<dl class="facts">`.
    package func facts(_ words: Words) -> Markup {
        let items = rows(words).map { name, value -> Markup in "<div><dt>\(words("evidence.fact.\(name)"))</dt><dd>\(value)</dd></div>" }
        return "<dl class=\"facts\">\(items)</dl>"
    }

    private func rows(_ words: Words) -> [(String, String)] {
        let isHidden = allowance.isHidden
        let rows: [(String, String?)] = [
            ("visit", visit), ("encounter", encounter.map { $0.said(in: words) }), ("dimension", dimension),
            ("manner", isHidden ? nil : words.name("evidence.manner", of: manner)),
            ("attribution", isHidden ? nil : shownAs ?? words("evidence.attribution.nobody")),
            ("state", words.name("evidence.allowance", of: allowance)),
        ]
        return rows.compactMap { name, value in value.map { (name, $0) } }
    }
}

private struct ProvenanceRow: Decodable {
    var visit: String
    var encounter: StakeholderKind?
    var dimension: String?
}
