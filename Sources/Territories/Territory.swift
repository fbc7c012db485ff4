import Database
import Platform

/// A territory of a programme: a name and the official places it is made of.
package struct Territory: Sendable, Equatable, Decodable {
    package let id: String
    package let programmeId: String
    /// The last part of its address: `/programmes/{programme}/territoires/{territory}`.
    package let slug: String
    package let name: String
}

/// An official place, by its code: INSEE for communes, departments and regions, SIREN for groups of communes.
package struct TerritoryPlace: Sendable, Equatable, Decodable {
    package let territoryId: String
    package let kind: Kind
    package let code: String

    package enum Kind: String, Sendable, Codable, CaseIterable, SQLConvertible {
        case commune, epci, department, region
    }
}
