import Community
import Platform

/// What the question grids offer to the application.
public enum GridsFeature {
    public static let feature: Feature = {
        var feature = Feature("Grids")
        feature.routes = GridsRoutes.routes
        feature.panels = [GridPanel.panel]
        feature.readWithProgramme = ["grid"]
        feature.todos = GridTodos.todos
        feature.personal = GridsPersonalData.data
        feature.checks = GridChecks.problems
        return feature
    }()

    /// The grid of a programme file.
    package static let part = ProgrammePart("grid", save: GridOfFile.save)
}
