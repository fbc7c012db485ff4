import Community
import Database
import Evidence
import Formats
import Platform
import Texts
import Visits

/// Everything the rule of publication needs to know of one text: what is written, who answered, who may be quoted.
struct PublicationCase {
    let text: Text
    let head: Revision
    let programme: Programme
    let visit: Visit
    var validation: Validation?
    let arbitration: PublicationRule.Arbitration?
    let publication: Publication?
    /// The quotations of the revision, and where each stands; one that whoever wrote it could not read is never allowed here.
    let excerpts: [Excerpt]
    let allowances: [String: Allowance]
    /// How many of its images show people who can be recognised and did not agree yet.
    let awaited: Int
    /// The dimensions that no quotation covers and that no reason explains.
    let unexplained: [String]

    var rule: PublicationRule {
        PublicationRule(requiresSignatory: programme.rule.requiresSignatory, requiredShare: programme.rule.requiredShare)
    }

    /// The case of a text as it is now.
    /// - Parameter revisionId: the revision looked at; the latest when nil.
    /// - Throws: `NotFound` for what is not a text that people validate.
    static func load(_ textId: String, revision revisionId: String? = nil, _ reader: any Reader) throws -> PublicationCase {
        let text = try TextQueries.text(textId, reader)
        guard text.kind.isPublishable else { throw NotFound() }
        let revision =
            if let revisionId { try TextQueries.revision(revisionId, of: textId, reader) } else { try TextQueries.head(textId, reader) }
        let excerpts = try ExcerptQueries.excerpts(revision.citations.values.flatMap { $0 }, reader)
        var allowances = try ExcerptQueries.allowances(of: excerpts, reader)
        let quoted = try ExcerptQueries.quoted(excerpts.map(\.id), by: textId, reader)
        for excerpt in excerpts where !quoted.contains(excerpt.id) { allowances[excerpt.id] = .refused }
        var validation = try Validation.summary(textId, reader)
        validation?.since.removeAll { $0.number > revision.number }
        return PublicationCase(
            text: text, head: revision, programme: try Programme.load(id: text.programmeId, reader),
            visit: try VisitQueries.load(id: text.subjectId, reader), validation: validation,
            arbitration: try validation.flatMap { try Arbitrations.of($0.request.id, reader) },
            publication: try PublicationQueries.of(textId, reader), excerpts: excerpts, allowances: allowances,
            awaited: try TextFiles.awaited(in: revision.id, reader).count,
            unexplained: try Coverage.of(text, reader).lines.filter { !$0.isCovered }.map(\.name))
    }

    /// The checklist, with what the publication would say.
    func lines(_ particulars: PublicationRule.Particulars, today: Day) -> [PublicationRule.Line] {
        rule.lines(
            validation, allowances: excerpts.compactMap { allowances[$0.id] }, awaited: awaited, particulars, arbitration: arbitration, today: today)
    }

    /// What the publication says already, or what is proposed: the programme's licence, whoever wrote, the visit's territory.
    func particulars(_ reader: any Reader) throws -> PublicationRule.Particulars {
        if let publication {
            return PublicationRule.Particulars(
                license: publication.license, authors: publication.authorNames, territoryId: publication.territoryId,
                notBefore: publication.notBefore)
        }
        let writers = try reader.texts(
            """
            SELECT person.name FROM revision JOIN person ON person.id = revision.author_id WHERE text_id = \(text.id)
            GROUP BY person.id, person.name ORDER BY min(revision.number)
            """)
        return PublicationRule.Particulars(
            license: programme.license, authors: writers, territoryId: visit.territoryId, notBefore: nil)
    }
}
