import Database
import Formats
import Platform
import Texts
import Visits

/// Many plausible resources, always the same: for measures of speed, never for a real site.
package enum LibrarySeed {
    /// Writes `count` open resources about a visit of the site that has a territory, spread over the territories of its
    /// programme. They rest on no validation.
    /// - Throws: `NotFound` when no visit has a territory.
    package static func resources(_ count: Int, in change: Change) throws {
        guard
            let visitId = try change.text("SELECT id FROM visit WHERE territory_id IS NOT NULL ORDER BY position, id LIMIT 1")
        else { throw NotFound() }
        let visit = try VisitQueries.load(id: visitId, change)
        let territories = try change.texts("SELECT id FROM territory WHERE programme_id = \(visit.programmeId) ORDER BY slug")
        let dimensions = try change.texts(
            """
            SELECT dimension.id FROM dimension JOIN grid ON grid.id = grid_id
            WHERE programme_id = \(visit.programmeId) ORDER BY position
            """)
        for number in 1...max(1, count) {
            var words = SeedWords(number)
            let title = "\(words.title()) \(number)"
            let sections = TextKind.publicVersion.sections.map {
                Section(key: $0, title: words.title(), body: words.paragraphs(3))
            }
            let textId = try Texts.create(
                .publicVersion, about: visit.id, programme: visit.programmeId, title: title, sections: sections,
                audience: .scope, scope: visit.circleId, in: change)
            let revision = try TextQueries.head(textId, change)
            let territory = territories[words.number(below: territories.count)]
            let id = try PublicationRow(
                text: (textId, visit.programmeId, TextKind.publicVersion.rawValue), revisionId: revision.id, requestId: nil,
                slug: French.slug(title), title: title, lede: words.sentence(),
                particulars: PublicationRule.Particulars(
                    license: "CC-BY-SA-4.0", authors: ["Groupe de visite \(number)"], territoryId: territory, notBefore: nil),
                territoryId: territory
            ).save(in: change)
            try change.protect(Protection("publication", id, programme: visit.programmeId, author: nil, audience: .everyone))
            try change.run("UPDATE publication SET opened_at = \(change.now + .minutes(number)) WHERE id = \(id)")
            if !dimensions.isEmpty {
                try change.run(
                    """
                    INSERT INTO publication_dimension (publication_id, dimension_id)
                    VALUES (\(id), \(dimensions[words.number(below: dimensions.count)]))
                    """)
            }
            guard let publication = try PublicationQueries.of(textId, change) else { throw NotFound() }
            try change.index(try PublicationIndex.document(publication, revision, change))
        }
        try change.trace("programme", visit.programmeId, programme: visit.programmeId, ["seeded": String(count)])
    }
}

/// French sentences drawn from a few lists by a generator that always gives the same.
private struct SeedWords {
    private var state: UInt64

    init(_ seed: Int) {
        state = UInt64(bitPattern: Int64(seed)) &* 0x9E37_79B9_7F4A_7C15 | 1
    }

    /// xorshift64*.
    mutating func number(below limit: Int) -> Int {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return Int((state &* 0x2545_F491_4F6C_DD1D) >> 33) % max(1, limit)
    }

    private mutating func one(of words: [String]) -> String { words[number(below: words.count)] }

    mutating func title() -> String { "\(one(of: Self.subjects).capitalizedFirst) \(one(of: Self.places))" }

    mutating func sentence() -> String {
        "\(one(of: Self.subjects).capitalizedFirst) \(one(of: Self.places)) \(one(of: Self.verbs)) \(one(of: Self.objects)), \(one(of: Self.turns))."
    }

    mutating func paragraphs(_ count: Int) -> String {
        (0..<count).map { _ in (0..<(3 + number(below: 4))).map { _ in sentence() }.joined(separator: " ") }.joined(separator: "\n\n")
    }

    private static let subjects = [
        "la coopérative", "l’atelier partagé", "le jardin collectif", "la maison de quartier", "l’épicerie solidaire",
        "la ressourcerie", "le tiers-lieu", "la régie de territoire", "le pôle d’économie sociale", "l’entreprise à but d’emploi",
        "le comité local", "la caisse alimentaire", "le café associatif", "la filière de réemploi", "le réseau d’accompagnement",
    ]
    private static let places = [
        "du bassin d’emploi", "de la vallée", "du bourg", "des trois communes", "de la métropole", "du plateau", "du littoral",
        "de l’ancienne usine", "du pays voisin", "de la cité", "du canal", "des Hauts",
    ]
    private static let verbs = [
        "réunit", "transforme", "accompagne", "questionne", "relie", "soutient", "fait naître", "met en commun", "documente",
        "renforce", "partage", "éprouve",
    ]
    private static let objects = [
        "les habitantes et les habitants", "des activités utiles", "une gouvernance à plusieurs", "les personnes privées d’emploi",
        "des savoir-faire de réparation", "la transition écologique du territoire", "les financements publics et privés",
        "des récits de coopération", "une alimentation accessible", "les élues et les élus", "l’innovation sociale", "la mobilité de proximité",
    ]
    private static let turns = [
        "sans rien décréter d’avance", "malgré des budgets fragiles", "avec l’appui de la collectivité", "au rythme des saisons",
        "en gardant la porte ouverte", "après deux ans d’essais", "depuis une simple table ronde", "avec trois structures voisines",
        "en comptant les heures données", "comme le raconte l’équipe",
    ]
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
