import Platform

/// What visits ask: the common grid adapted to each, what was answered, which questions were really taken up.
public enum InquiriesFeature {
    public static let feature: Feature = {
        var feature = Feature("Inquiries")
        feature.routes = InquiriesRoutes.routes
        feature.panels = [InquiryPanels.visit, InquiryPanels.grid, ProgrammeGrid.panel]
        feature.leaves = [ProgrammeGrid.leaf]
        feature.stages = GridMark.marks
        feature.todos = InquiryTodos.todos
        feature.personal = InquiriesPersonalData.data
        feature.checks = InquiryChecks.problems
        return feature
    }()
}
