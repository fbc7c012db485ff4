import Database
import Platform

/// The groups of a programme file, and their seats by function: nobody holds them yet.
enum GroupsOfFile {
    static func save(_ file: ProgrammeFile, _ keys: inout ImportKeys, _ change: Change) throws {
        let members = Dictionary(file.members.map { ($0.id, $0) }) { first, _ in first }
        for group in file.groups {
            let scope = try Scopes.create(kind(group.kind), group.name, programme: keys.programmeId, in: change)
            keys.scopes[group.id] = scope
            let seats =
                group.constituencies.flatMap { constituency in
                    constituency.seats.map { ($0, constituency.name as String?) }
                }
                + group.seats.map { ($0, nil) }
            for (position, (seat, constituency)) in seats.enumerated() {
                guard let member = members[seat.member] else { continue }
                try change.run(
                    """
                    INSERT INTO seat (id, scope_id, position, function, organization_id, constituency)
                    VALUES (\(change.newId()), \(scope), \(position), \(member.function),
                        \(keys.organizations[member.organization]), \(constituency))
                    """)
            }
        }
    }

    private static func kind(_ kind: ProgrammeFile.Group.Kind) -> Scopes.Kind {
        switch kind {
        case .steering: .steering
        case .facilitators: .cohort
        case .team, .experts, .other: .group
        }
    }
}
