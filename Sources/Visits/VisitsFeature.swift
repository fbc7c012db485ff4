import Community
import Platform

/// Learning visits: from the idea to the visiting group, and « Où en est-on ? ».
public enum VisitsFeature {
    public static let feature: Feature = {
        var feature = Feature("Visits")
        feature.routes = VisitsRoutes.routes
        feature.navigation = [
            NavigationEntry(rank: 20, key: "visits.navigation", path: "/visites", opens: VisitQueries.opens)
        ]
        feature.panels = [BoardPage.panel, TerritoryPanel.panel, VisitDocuments.panel]
        feature.stages = VisitMarks.marks
        feature.todos = { reader, request in try VisitTodos.todos(reader, request) + OwnTodos.todos(reader, request) }
        feature.opensFile = VisitDocuments.opens
        feature.personal = VisitsPersonalData.data
        feature.reminders = VisitReminders.Kind.allCases.map(\.rawValue) + [Nudges.kind]
        feature.privateAddresses = [CalendarPages.address]
        feature.checks = VisitChecks.problems
        return feature
    }()

    /// What it takes from a programme file: the visits.
    package static let part = ProgrammePart("visits", save: VisitsOfFile.save)

    /// How a programme that begins with one visit gives it its dates.
    package static let start = ProgrammeStart(plan: FirstVisit.plan)
}
