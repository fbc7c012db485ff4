import Community
import Database
import Platform

/// What the question grids offer to the application.
public enum GridsFeature {
    public static let feature: Feature = {
        var feature = Feature("Grids")
        feature.routes = [
            .get("/programmes/{programme}/grille", asks: .anyone, for: "everybody") { request in
                try await request.site.database.read { reader in
                    let programme = try Programme.load(request["programme"], reader, request)
                    return .page(
                        GridView(
                            request: request, programme: programme,
                            dimensions: try Grids.dimensions(programme.id, reader),
                            questions: try Grids.questions(programme.id, reader)
                        ).page)
                }
            }
        ]
        feature.panels = [GridPanel.panel]
        feature.personal = GridsPersonalData.data
        return feature
    }()

    /// The grid of a programme file.
    package static let part = ProgrammePart("grid", save: GridOfFile.save)
}
