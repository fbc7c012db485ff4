import Community
import Database
import Formats
import Platform
import Visits

/// What a text is about: a visit, or the question grid of a programme.
enum TextSubject: Sendable {
    case visit(Visit)
    case grid(Programme)

    static func of(_ text: Text, _ reader: any Reader) throws -> TextSubject {
        guard text.kind == .grid else { return .visit(try VisitQueries.load(id: text.subjectId, reader)) }
        return .grid(try Programme.load(id: text.programmeId, reader))
    }

    var visit: Visit? { if case .visit(let visit) = self { visit } else { nil } }

    /// The page of the thing that the text is about.
    var path: String {
        switch self {
        case .visit(let visit): visit.path
        case .grid(let programme): "\(programme.path)/grille"
        }
    }

    var programmePath: String {
        switch self {
        case .visit(let visit): "/programmes/\(visit.programmeSlug)"
        case .grid(let programme): programme.path
        }
    }

    /// A page about it, in its frame.
    func page(_ title: String, _ request: Request, shape: Page.Shape, _ content: Markup) -> Page {
        switch self {
        case .visit(let visit): visit.page(title, request, shape: shape, content)
        case .grid(let programme):
            programme.page(title, at: "/textes", crumbs: [Crumb(request.words("texts.kind.grid"), path)], request, shape: shape, content)
        }
    }

    /// Who may be asked to validate the text: the host’s people then the visiting group; of a grid, the people of the programme.
    func candidates(_ reader: any Reader) throws -> [ValidationWrites.Asked] {
        switch self {
        case .visit(let visit): AskPage.candidates(try Delegation.people(visit, reader))
        case .grid(let programme):
            try ProgrammeMembers.of(programme.id, reader).map { .init(person: $0, side: .member) }
        }
    }
}

/// The people of a programme as a validation asks them, each once, in the order of their names.
enum ProgrammeMembers {
    static func of(_ programmeId: String, _ reader: any Reader) throws -> [VisitPerson] {
        try reader.all(
            VisitPerson.self,
            """
            SELECT person.id, person.name, person.email, coalesce(person_profile.function, '') AS function,
                coalesce(organization.short_name, organization.name) AS organization,
                CASE WHEN EXISTS (SELECT 1 FROM account WHERE account.person_id = person.id AND closed_at IS NULL) THEN 1 ELSE 0 END AS has_account,
                (SELECT min(role) FROM membership WHERE membership.person_id = person.id AND scope_id = \(programmeId) AND until IS NULL) AS role
            FROM person LEFT JOIN person_profile ON person_profile.person_id = person.id
            LEFT JOIN organization ON organization.id = person_profile.organization_id
            WHERE person.id IN (SELECT person_id FROM membership WHERE scope_id = \(programmeId) AND until IS NULL AND role <> 'partner')
            ORDER BY person.sort_key, person.id
            """)
    }
}
