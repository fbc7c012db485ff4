import Database

/// An organisation of the site: it may be in several programmes, host visits, employ people.
package struct Organization: Sendable, Equatable, Decodable {
    package let id: String
    package let name: String
    package let shortName: String?
    package let kind: Kind

    package enum Kind: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case nationalNetwork = "national_network"
        case regionalNetwork = "regional_network"
        case association, cooperative
        case employmentEnterprise = "employment_enterprise"
        case research
        case localAuthority = "local_authority"
        case state, foundation, other
    }

    /// What people call it: its acronym when it has one.
    package var shown: String { shortName ?? name }
}
