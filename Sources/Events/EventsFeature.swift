import Community
import Platform

/// What gathers people: events, their half-days, encounters; and the pages of seminars.
public enum EventsFeature {
    public static let feature: Feature = {
        var feature = Feature("Events")
        feature.routes = EventsRoutes.routes
        feature.navigation = [NavigationEntry(rank: 30, key: "events.navigation", path: "/seminaires", for: .community)]
        feature.reminders = [SeminarReminders.kind, "poll"]
        feature.openAddresses = [CalendarFeed.addresses]
        feature.personal = EventsPersonalData.data
        return feature
    }()

    /// What it takes from a programme file: the seminars.
    package static let part = ProgrammePart("seminars", save: Seminars.save)
}
