import Platform

/// The public commons: what was published, and the rule that lets it in.
public enum LibraryFeature {
    public static let feature: Feature = {
        var feature = Feature("Library")
        feature.routes = LibraryRoutes.routes
        feature.panels = [PublicationPanels.next, PublicationPanels.text, PublicationPanels.visit]
        feature.todos = PublicationTodos.todos
        feature.stages = PublicationMarks.marks
        feature.searchKinds = ["resource": "library.search.kind.resource"]
        feature.settled = { try Publishing.follow($0, in: $1) }
        feature.opensFile = PublicFiles.opens
        feature.personal = LibraryPersonalData.data
        feature.checks = LibraryChecks.problems
        return feature
    }()
}
