import Platform
import Visits

/// Long writing: sheets, syntheses, impressions; their revisions, their validation.
public enum TextsFeature {
    public static let feature: Feature = {
        var feature = Feature("Texts")
        feature.routes = TextsRoutes.routes
        feature.navigation = [NavigationEntry(rank: 40, key: "texts.navigation", path: "/textes", opens: VisitQueries.opens)]
        feature.panels = [VisitTexts.panel, GridPanels.versions, GridPanels.freezing, SeminarMinutes.panel]
        feature.stages = TextMarks.marks
        feature.todos = { reader, request in
            try TextTodos.todos(reader, request) + MinutesTodos.todos(reader, request) + SheetTodos.todos(reader, request) + NotMe.todos(reader, request)
        }
        feature.door = { visit, stage, person, change in
            try SheetDoor.open(visit, stage, for: person, in: change) ?? AnswerDoor.open(visit, stage, for: person, in: change)
        }
        feature.dated = { visit, change in try SheetDoor.follow(visit, in: change) }
        feature.searchKinds = ["text": "texts.search"]
        feature.opensFile = TextFiles.opens
        feature.unusedFiles = TextFiles.unused
        feature.personal = TextsPersonalData.data
        feature.checks = TextChecks.problems
        return feature
    }()
}
