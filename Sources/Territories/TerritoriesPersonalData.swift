import Platform

/// The territories say nothing of anybody.
enum TerritoriesPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.apart = ["territory": "a place", "territory_place": "official codes of places"]
        return data
    }()
}
