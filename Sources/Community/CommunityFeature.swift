import Platform

/// What the community offers to the application: programmes, their file, their people.
public enum CommunityFeature {
    /// - Parameters:
    ///   - parts: what each capability takes from a programme file, in an order where each finds what it refers to.
    ///   - start: how a programme that begins with one visit gives it its dates.
    package static func feature(parts: [ProgrammePart], start: ProgrammeStart) -> Feature {
        var feature = Feature("Community")
        let programmeImport = ProgrammeImport(parts: parts)
        feature.routes =
            ProgrammeRoutes.routes + ImportRoutes(programmeImport: programmeImport, start: start).routes
            + FindingPages.routes + JournalPages.routes + PeopleRoutes.routes + UnmanagedPages.routes
        feature.navigation = [
            NavigationEntry(rank: 10, key: "community.navigation.overview", path: "", for: .everyone),
            NavigationEntry(rank: 80, key: "community.navigation.people", path: "/communaute", for: .community),
        ]
        feature.searchKinds = ["programme": "community.search.programme"]
        feature.personal = CommunityPersonalData.data
        feature.todos = Unmanaged.todos
        feature.checks = CommunityChecks.problems
        return feature
    }
}
