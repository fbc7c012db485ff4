import Database
import Formats
import Platform

/// The people of a programme and its groups, as the page of the community shows them.
struct Roster: Sendable {
    let programme: Programme
    /// Those of the page that the address asks for.
    let people: Paged<Entry>
    /// The roles that somebody holds.
    let roles: Set<Role>
    let seats: [Seat]
    let organizations: [Organization]
    let mayManage: Bool

    /// Somebody, with all they are in the programme.
    struct Entry: Sendable {
        let personId: String
        let name: String
        let email: String?
        let function: String
        let organization: String?
        let roles: [ProgrammeMember]

        /// « direction, PES 21 ».
        var position: String {
            [function, organization ?? ""].filter { !$0.isEmpty }.joined(separator: ", ")
        }
    }

    static let size = 30

    /// - Parameter whole: all the people that the address asks for, for a file.
    static func load(_ slug: String, whole: Bool = false, _ reader: any Reader, _ request: Request) throws -> Roster {
        let programme = try Programme.inside(slug, reader, request)
        return Roster(
            programme: programme, people: try people(of: programme.id, whole: whole, reader, request),
            roles: Set(try reader.texts("SELECT DISTINCT role FROM \(held(in: programme.id))").compactMap(Role.init)), seats: try Seat.of(programme: programme.id, reader),
            organizations: try Organization.of(programme: programme.id, reader),
            mayManage: request.site.policy.allows(.managePeople, request.viewer, on: programme.community))
    }

    /// In the order of the names and without words to find, a page is read alone; otherwise everybody is.
    private static func people(of programme: String, whole: Bool, _ reader: any Reader, _ request: Request) throws -> Paged<Entry> {
        let query = request.query
        let order = Order(rawValue: query.line("tri")) ?? .name
        let role = Role(rawValue: query.line("role"))
        guard !whole, order == .name, query.line("nom").isEmpty else {
            let found = filtered(entries(try Members.list(programme, reader)), by: query.line("nom"), role: role)
            return Paged(sorted(found, by: order), by: whole ? max(1, found.count) : size, request)
        }
        let holders = held(in: programme) + (role.map { " AND role = \($0)" } ?? "")
        return try Paged(of: reader.count("SELECT COUNT(DISTINCT person_id) FROM \(holders)"), by: size, request) { limit, offset in
            let ids = try reader.texts(
                """
                SELECT id FROM person WHERE id IN (SELECT person_id FROM \(holders)) ORDER BY sort_key, id LIMIT \(limit) OFFSET \(offset)
                """)
            return entries(try Members.list(programme, of: ids, reader))
        }
    }

    private static func held(in programme: String) -> SQL {
        "membership JOIN scope ON scope.id = scope_id WHERE scope.programme_id = \(programme) AND until IS NULL"
    }

    static func entries(_ members: [ProgrammeMember]) -> [Entry] {
        var order: [String] = []
        var held: [String: [ProgrammeMember]] = [:]
        for member in members {
            if held[member.personId] == nil { order.append(member.personId) }
            held[member.personId, default: []].append(member)
        }
        return order.compactMap { id in
            held[id]?.first.map { first in
                Entry(
                    personId: id, name: first.name, email: first.email, function: first.function,
                    organization: first.organization, roles: held[id] ?? [])
            }
        }
    }

    /// How the list is ordered, in the address: `?tri=structure`.
    enum Order: String, CaseIterable, Sendable {
        case name = "nom"
        case organization = "structure"
        case function = "fonction"
    }

    /// In that order; the names decide between equals.
    static func sorted(_ people: [Entry], by order: Order) -> [Entry] {
        func key(_ person: Entry) -> String {
            switch order {
            case .name: ""
            // Who has no organisation comes last.
            case .organization: person.organization.map { French.sortKey($0) } ?? "\u{FFFF}"
            case .function: French.sortKey(person.function)
            }
        }
        return people.enumerated().sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }.map(\.element)
    }

    /// Those who match what was typed (name, function, organisation, group; accents aside) and hold the role asked for.
    static func filtered(_ people: [Entry], by typed: String, role: Role?) -> [Entry] {
        let words = French.fold(typed).split(separator: " ")
        return people.filter { person in
            let text = French.fold(
                ([person.name, person.position] + person.roles.map(\.scopeName)).joined(separator: " "))
            return words.allSatisfy { text.contains($0) } && (role == nil || person.roles.contains { $0.role == role })
        }
    }
}
