import Community
import Database
import Formats
import Platform

/// What the territories offer to the application.
public enum TerritoriesFeature {
    public static let feature: Feature = {
        var feature = Feature("Territories")
        feature.routes = TerritoryRoutes.routes
        feature.navigation = [
            NavigationEntry(rank: 60, key: "territories.navigation", path: "/territoires", for: .everyone)
        ]
        feature.personal = TerritoriesPersonalData.data
        feature.checks = { reader in
            try reader.texts(
                """
                SELECT territory.slug FROM territory LEFT JOIN access ON object_id = territory.id
                WHERE object_id IS NULL ORDER BY territory.slug
                """
            ).map { "territory \($0): no access row" }
        }
        return feature
    }()

    /// The territories of a programme file.
    package static let part = ProgrammePart("territories") { file, keys, change in
        for territory in file.territories {
            keys.territories[territory.id] = try NewTerritory(
                name: territory.name, codes: territory.codes, key: territory.id
            ).add(to: keys.programmeId, change)
        }
    }
}
