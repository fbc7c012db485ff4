import Platform

/// The grid says nothing of anybody.
enum GridsPersonalData {
    static let data: PersonalData = {
        var data = PersonalData()
        data.apart = ["grid": "a grid of questions", "dimension": "a dimension of the grid", "question": "a question of the grid"]
        return data
    }()
}
