import Platform
import Visits

/// What the notes offer to the application: notebooks, impressions, where visits stand with them.
public enum NotesFeature {
    public static let feature: Feature = {
        var feature = Feature("Notes")
        feature.routes = NotesRoutes.routes
        feature.navigation = [NavigationEntry(rank: 50, key: "notes.navigation", path: "/notes", opens: VisitQueries.opens)]
        feature.administration = [StrayMail.entry]
        feature.panels = [NotesPanel.onVisit, ImpressionPanel.underText, ImpressionPanel.besideEditor, ByMailPanels.underText]
        feature.stages = { visits, reader, request in try NotesMarks.stages(visits, reader, request) }
        feature.todos = { reader, request in try NotesMarks.todos(reader, request) + ByMailPanels.todos(reader, request) + GuestNote.todos(reader, request) }
        feature.reminders = [ImpressionReminders.kind]
        feature.opensFile = NotePhotos.opens
        feature.openAddresses = [ReplyAddress.addresses]
        feature.personal = NotesPersonalData.data
        feature.checks = NotesMarks.problems
        return feature
    }()
}
