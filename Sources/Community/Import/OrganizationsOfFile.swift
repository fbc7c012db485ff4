import Database
import Formats
import Platform

/// The organisations of a programme file: those the site knows already are found by name, the others are entered.
enum OrganizationsOfFile {
    static func save(_ file: ProgrammeFile, _ keys: inout ImportKeys, _ change: Change) throws {
        var taken: Set<String> = []
        for organization in file.organizations {
            let known = try Organization.called(organization.name, change).first { !taken.contains($0.id) }
            let id =
                try known?.id
                ?? Organization.create(
                    organization.name, shortName: organization.acronym, kind: kind(organization.kind), in: change)
            taken.insert(id)
            keys.organizations[organization.id] = id
            try Organization.enter(id, programme: keys.programmeId, key: organization.id, in: change)
        }
    }

    private static func kind(_ kind: ProgrammeFile.Organization.Kind) -> Organization.Kind {
        switch kind {
        case .nationalNetwork: .nationalNetwork
        case .regionalNetwork: .regionalNetwork
        case .association: .association
        case .cooperative: .cooperative
        case .employmentEnterprise: .employmentEnterprise
        case .research: .research
        case .localAuthority: .localAuthority
        case .state: .state
        case .foundation: .foundation
        case .other: .other
        }
    }
}
