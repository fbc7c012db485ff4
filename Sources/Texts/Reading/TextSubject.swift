import Community
import Database
import Events
import Formats
import Platform
import Visits

/// What a text is about: a visit, a seminar, or the question grid of a programme.
enum TextSubject: Sendable {
    case visit(Visit)
    case seminar(Event, Programme)
    case grid(Programme)

    static func of(_ text: Text, _ reader: any Reader) throws -> TextSubject {
        if text.kind == .grid { return .grid(try Programme.load(id: text.programmeId, reader)) }
        if text.kind == .minutes {
            let event = try EventQueries.event(text.subjectId, reader)
            if event.kind != .visit { return .seminar(event, try Programme.load(id: text.programmeId, reader)) }
        }
        return .visit(try VisitQueries.load(id: text.subjectId, reader))
    }

    var visit: Visit? { if case .visit(let visit) = self { visit } else { nil } }

    /// The page of the thing that the text is about.
    var path: String {
        switch self {
        case .visit(let visit): visit.path
        case .seminar(let event, let programme): "\(programme.path)/seminaires/\(event.id)"
        case .grid(let programme): "\(programme.path)/grille"
        }
    }

    var programmePath: String {
        switch self {
        case .visit(let visit): "/programmes/\(visit.programmeSlug)"
        case .seminar(_, let programme), .grid(let programme): programme.path
        }
    }

    /// A page about it, in its frame.
    func page(_ title: String, _ request: Request, shape: Page.Shape, _ content: Markup) -> Page {
        switch self {
        case .visit(let visit): visit.page(title, request, shape: shape, content)
        case .seminar(let event, let programme):
            programme.page(
                title, at: "/seminaires", crumbs: [Crumb(request.words("events.list.title"), "\(programme.path)/seminaires"), Crumb(event.title, path)], request,
                shape: shape, content)
        case .grid(let programme):
            programme.page(title, at: "/textes", crumbs: [Crumb(request.words("texts.kind.grid"), path)], request, shape: shape, content)
        }
    }

    /// Who may be asked about a text of a kind: the host’s people then the visiting group; of a grid, the people of the programme; of
    /// a seminar, those who came too. About minutes each answers for oneself, whatever one’s side.
    func candidates(for kind: TextKind, _ reader: any Reader) throws -> [ValidationWrites.Asked] {
        switch self {
        case .visit(let visit):
            let asked = AskPage.candidates(try Delegation.people(visit, reader))
            return kind == .minutes ? asked.map { .init(person: $0.person, side: .member) } : asked
        case .seminar(let event, let programme):
            return try ProgrammeMembers.of(programme.id, at: event.id, reader).map { .init(person: $0, side: .member) }
        case .grid(let programme):
            return try ProgrammeMembers.of(programme.id, reader).map { .init(person: $0, side: .member) }
        }
    }
}

/// The people of a programme as a validation asks them, each once, in the order of their names.
enum ProgrammeMembers {
    /// - Parameter eventId: those who came to an event, or said that they come, whether they are of the programme or not.
    static func of(_ programmeId: String, at eventId: String? = nil, _ reader: any Reader) throws -> [VisitPerson] {
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
                OR person.id IN (SELECT person_id FROM signature WHERE event_id = \(eventId) AND withdrawn_at IS NULL)
                OR person.id IN (SELECT person_id FROM registration WHERE event_id = \(eventId) AND answer = 'yes')
            ORDER BY person.sort_key, person.id
            """)
    }
}
