import Database
import Formats
import Platform

/// The people of a programme and its groups, as the page of the community shows them.
struct Roster: Sendable {
    let programme: Programme
    let people: [Entry]
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

    static func load(_ slug: String, _ reader: any Reader, _ request: Request) throws -> Roster {
        let programme = try Programme.inside(slug, reader, request)
        let members = try Members.list(programme.id, reader)
        return Roster(
            programme: programme, people: entries(members), seats: try Seat.of(programme: programme.id, reader),
            organizations: try Organization.of(programme: programme.id, reader),
            mayManage: request.site.policy.allows(.managePeople, request.viewer, on: programme.community))
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

    /// Those that the address asks for, in its order.
    func shown(_ query: Fields) -> [Entry] {
        let found = filtered(by: query.line("nom"), role: Role(rawValue: query.line("role")))
        return Self.sorted(found, by: Order(rawValue: query.line("tri")) ?? .name)
    }

    /// Those who match what was typed (name, function, organisation, group; accents aside) and hold the role asked for.
    func filtered(by typed: String, role: Role?) -> [Entry] {
        let words = French.fold(typed).split(separator: " ")
        return people.filter { person in
            let text = French.fold(
                ([person.name, person.position] + person.roles.map(\.scopeName)).joined(separator: " "))
            return words.allSatisfy { text.contains($0) } && (role == nil || person.roles.contains { $0.role == role })
        }
    }
}
