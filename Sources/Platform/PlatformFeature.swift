/// What the platform itself shows: the way in, accounts, what there is to do, histories, the policy, mails of the
/// demonstration.
public enum PlatformFeature {
    public static let feature: Feature = {
        var feature = Feature("Platform")
        feature.routes =
            SignInRoutes.routes + CodeRoutes.routes + InvitationRoutes.routes + AccountRoutes.routes + ProofRoutes.routes
            + FactorRoutes.routes + FactorResetRoutes.routes + TodoPage.routes + AdministrationPage.routes + AccountAdministration.routes
            + HistoryRoutes.routes + JournalRoutes.routes
            + PolicyPage.routes + SecurityFile.routes + MailRoutes.routes + OutboxRoutes.routes + HealthRoutes.routes + FilePage.routes
            + PersonalPages.routes + ErasurePages.routes + RetentionPage.routes + RegisterPages.routes + PrivacyPages.routes + ReminderPages.routes
        feature.openAddresses = [.links]
        feature.personal = PlatformPersonalData.data
        feature.checks = FileChecks.problems
        feature.gauges = HealthRoutes.gauges
        feature.todos = { reader, request in
            try OutboxTodos.todos(reader, request) + FactorTodo.todos(reader, request)
        }
        return feature
    }()
}
