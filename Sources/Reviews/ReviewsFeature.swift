import Platform

/// What the reviews offer to the application: the review of a visit, the advice it leaves, where visits stand with it.
public enum ReviewsFeature {
    public static let feature: Feature = {
        var feature = Feature("Reviews")
        feature.routes = ReviewsRoutes.routes
        feature.panels = [ReviewPanel.onVisit, AdviceList.panel]
        feature.stages = ReviewMarks.stages
        feature.todos = ReviewTodos.todos
        feature.personal = ReviewsPersonalData.data
        feature.checks = ReviewMarks.problems
        return feature
    }()
}
