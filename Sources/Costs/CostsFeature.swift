import Platform

/// What the costs offer to the application: the money advanced for a visit, its ceilings and its claims.
public enum CostsFeature {
    public static let feature: Feature = {
        var feature = Feature("Costs")
        feature.routes = CostsRoutes.routes
        feature.panels = [CostsPanel.onVisit]
        feature.todos = CostsTodos.todos
        feature.personal = CostsPersonalData.data
        feature.checks = CostsTodos.problems
        return feature
    }()
}
