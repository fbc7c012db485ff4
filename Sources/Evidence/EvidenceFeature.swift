import Platform

/// What the evidence offers to the application: excerpts, consents, quotations in texts, coverage.
public enum EvidenceFeature {
    public static let feature: Feature = {
        var feature = Feature("Evidence")
        feature.routes = EvidenceRoutes.routes
        feature.panels = CoveragePanel.panels + [NotesPanel.panel, ExcerptList.link]
        feature.directives = [Quotations.directive]
        feature.todos = EvidenceMarks.todos
        feature.searchKinds = [ExcerptIndex.kind: "evidence.search"]
        feature.personal = EvidencePersonalData.data
        feature.checks = EvidenceMarks.problems
        return feature
    }()
}
