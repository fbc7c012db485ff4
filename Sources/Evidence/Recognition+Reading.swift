import Database
import Events
import Platform
import Visits

extension Recognition {
    /// The same from the excerpt alone.
    static func reasons(_ excerpt: Excerpt, _ reader: any Reader) throws -> [Recognition] {
        let encounter = try Encounters.of(excerpt.visitId, reader).first { $0.id == excerpt.encounterId }
        return try reasons(excerpt, VisitQueries.load(id: excerpt.visitId, reader), encounter, reader)
    }

    /// What the database knows of the visit around an excerpt, and the reasons that follow.
    static func reasons(_ excerpt: Excerpt, _ visit: Visit, _ encounter: Encounter?, _ reader: any Reader) throws -> [Recognition] {
        let host = try reader.texts(
            "SELECT name FROM organization WHERE id = \(visit.hostId) UNION SELECT short_name FROM organization WHERE id = \(visit.hostId)")
        let kind = excerpt.speaker.flatMap(StakeholderKind.init)
        let said = excerpt.hidesEncounter ? nil : encounter?.kind
        func met(_ kind: StakeholderKind?) throws -> Int? {
            guard let kind else { return nil }
            let count = try reader.count(
                """
                SELECT COUNT(*) FROM visit_stakeholder
                WHERE visit_id = \(visit.id) AND kind = \(kind) AND removed_at IS NULL
                """)
            return count == 0 ? nil : count
        }
        let names = [visit.name, visit.place, visit.territoryName ?? "", encounter?.place ?? ""] + host
        return reasons(
            excerpt.attribution, shownAs: excerpt.shownAs,
            Setting(
                names: names.filter { !$0.isEmpty }, peopleOfKind: try met(kind), encounter: said, peopleOfEncounter: try met(said)))
    }

    /// The sentence of a warning.
    func sentence(_ words: Words) -> String {
        switch self {
        case .place(let name): words("evidence.recognition.place", ["name": name])
        case .soleRole(let role): words("evidence.recognition.role", ["role": role])
        case .encounter(let kind): words("evidence.recognition.encounter", ["kind": kind.said(in: words)])
        case .few(let count): words("evidence.recognition.few", ["n": count])
        }
    }
}
